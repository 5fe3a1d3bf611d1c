// Tested by tests/session/settings_test.cpp and tests/apps/bad_input.
#include "session/requests.h"

#include <filesystem>

#include "backgrounds/background.h"
#include "base/text.h"
#include "devices/outputs.h"
#include "effects/effect.h"
#include "segmenters/segmenter.h"
#include "session/arguments.h"
#include "sinks/sink.h"
#include "sources/source.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

Expected<Look> parse_look(const Settings& settings) {
  Look look;
  for (const LookChain& each : kLookChains) {
    const SettingKind& kind = setting_of(each.role);
    auto parsed = chain_argument(fmt::format("--{}", kind.name), settings.*kind.text);
    if (!parsed) return std::unexpected(parsed.error());
    look.*each.chain = *std::move(parsed);
  }
  return look;
}

/// What `hash` and `sheet` write is for one run, and stays as it was said.
bool lasts(Argument argument) {
  return argument != Argument::kFileOrStdout && argument != Argument::kPngToWrite;
}

template <class AnyKind>
bool names_path(std::span<const AnyKind> kinds, const Spec& spec) {
  const AnyKind* kind = find_kind(kinds, spec.kind);
  return kind && names_path(kind->argument) && lasts(kind->argument);
}

/// Names of files from the root on.
std::string print_in_full(Chain chain, const std::string& folder) {
  for (Spec& spec : chain) {
    const bool is_path = names_path(source_kinds(), spec) || names_path(sink_kinds(), spec) ||
                         names_path(background_kinds(), spec) || names_path(effect_kinds(), spec) ||
                         names_path(segmenter_kinds(), spec);
    if (!spec.argument.empty() && spec.argument != "-" && is_path)
      spec.argument = fs::absolute(folder / fs::path(spec.argument));
  }
  return print(chain);
}

Expected<std::string> camera_in_full(const std::string& option, const std::string& text,
                                     const std::string& folder) {
  auto camera = source_argument(text, folder);
  if (!camera) return fail_in(option, camera.error());
  return print_in_full({*std::move(camera)}, folder);
}

Expected<std::string> outputs_in_full(const std::string& text, const std::string& folder) {
  auto outputs = sink_arguments({text}, Content::kPicture, folder);
  if (!outputs) return std::unexpected(outputs.error());
  return print_in_full(*std::move(outputs), folder);
}

/// What no option has said, each for itself: so it is known whose a mistake is.
Expected<void> check_places(const GivenSettings& given) {
  for (const SettingKind& kind : setting_kinds()) {
    const std::string& place = given.places[index_of(kind)];
    if (place.empty()) continue;
    if (auto ok = check_setting(kind, values_of(given.values, kind)); !ok)
      return fail_in(place, ok.error());
  }
  return {};
}

}  // namespace

const SettingKind& setting_of(Role role) {
  return **find_setting(name_of(role));
}

Expected<LookRequest> look_request(const Settings& settings) {
  auto look = parse_look(settings);
  if (!look) return std::unexpected(look.error());
  return look_request(*std::move(look), {settings.segmenter, settings.matte, settings.effort});
}

Expected<LookRequest> look_request(const GivenSettings& given) {
  if (auto ok = check_places(given); !ok) return std::unexpected(ok.error());
  return look_request(given.values);
}

Expected<Spec> camera_request(const Settings& settings) {
  auto camera = source_argument(settings.camera);
  if (!camera) return fail_in("--camera", camera.error());
  return camera;
}

Expected<std::vector<Spec>> outputs_request(const Settings& settings) {
  return settings.output.empty() ? default_outputs(list_video_devices(), list_pipewire())
                                 : sink_arguments(settings.output);
}

Expected<std::optional<Spec>> pause_request(const Settings& settings) {
  if (settings.pause_picture.empty()) return std::nullopt;
  auto pause = chain_argument("--pause-picture", settings.pause_picture);
  if (!pause) return std::unexpected(pause.error());
  if (pause->size() != 1)
    return fail(Errc::kRequest, "--pause-picture: one background, such as image:FILE");
  return pause->front();
}

Expected<void> check_setting(const SettingKind& kind, const std::vector<std::string>& values) {
  Settings alone;
  if (auto ok = set_values(alone, kind, values); !ok) return ok;
  if (const auto look = look_request(alone); !look) return std::unexpected(look.error());
  if (const auto size = size_argument(alone.size); !size) return std::unexpected(size.error());
  const auto camera = camera_request(alone);
  if (!camera) return std::unexpected(camera.error());
  if (const auto known = choose(source_kinds(), *camera, "camera"); !known)
    return fail_in("--camera", known.error());
  if (const auto sinks = sink_arguments(alone.output); !sinks)
    return std::unexpected(sinks.error());
  const auto pause = pause_request(alone);
  if (!pause || !*pause) return pause ? Expected<void>() : std::unexpected(pause.error());
  const auto known = choose(background_kinds(), **pause, "background");
  return known ? Expected<void>() : fail_in("--pause-picture", known.error());
}

Expected<std::string> chain_in_full(const std::string& option, const std::string& text,
                                    const std::string& folder) {
  auto chain = chain_argument(option, text, folder);
  if (!chain) return std::unexpected(chain.error());
  return print_in_full(*std::move(chain), folder);
}

Expected<std::string> value_in_full(const SettingKind& kind, const std::string& value,
                                    const std::string& folder) {
  if (value.empty()) return value;
  const std::string option = fmt::format("--{}", kind.name);
  switch (kind.meaning) {
    case Meaning::kBackground:
    case Meaning::kPersonEffects:
    case Meaning::kPictureEffects:
    case Meaning::kSegmenter:
    case Meaning::kPausePicture:
      return chain_in_full(option, value, folder);
    case Meaning::kCamera:
      return camera_in_full(option, value, folder);
    case Meaning::kOutputs:
      return outputs_in_full(value, folder);
    case Meaning::kControlSocket:
      return value == "off" ? value : fs::absolute(folder / fs::path(value)).string();
    case Meaning::kPanelAddress:
    case Meaning::kPlain:
      break;
  }
  return value;
}

Expected<Session::Request> session_request(const Settings& settings) {
  Session::Request request{};
  request.given.values = settings;
  auto look = look_request(settings);
  if (!look) return std::unexpected(look.error());
  request.look = *std::move(look);
  auto size = size_argument(settings.size);
  if (!size) return std::unexpected(size.error());
  auto fps = parse_number(settings.fps);
  if (!fps) return fail_in("--fps", fps.error());
  request.wanted = {.size = *size, .fps = *fps, .pacing = Pacing::kLive};
  request.always_on = settings.always_on == "on";
  auto camera = camera_request(settings);
  if (!camera) return std::unexpected(camera.error());
  request.camera = *std::move(camera);
  auto outputs = outputs_request(settings);
  if (!outputs) return std::unexpected(outputs.error());
  request.outputs = *std::move(outputs);
  if (auto ok = check_not_replaced(request.camera, request.outputs); !ok)
    return std::unexpected(ok.error());
  auto pause = pause_request(settings);
  if (!pause) return std::unexpected(pause.error());
  request.pause_picture = *std::move(pause);
  return request;
}

Expected<Session::Request> session_request(const GivenSettings& given) {
  if (auto ok = check_places(given); !ok) return std::unexpected(ok.error());
  auto request = session_request(given.values);
  if (request) request->given = given;
  return request;
}

}  // namespace scrim
