// Tested by tests/control/trust_test.cpp.
#include "control/trust.h"

#include <algorithm>
#include <string_view>

#include "backgrounds/background.h"
#include "devices/listing.h"
#include "devices/pipewire_listing.h"
#include "effects/effect.h"
#include "segmenters/segmenter.h"

namespace scrim {
namespace {

bool is_shown(const Spec& spec, const Look& shown) {
  return std::ranges::any_of(kLookChains, [&](const LookChain& each) {
    return std::ranges::count(shown.*each.chain, spec) != 0;
  });
}

/// A font may be a file, too.
bool names_file(const Spec& spec) {
  const std::string* font = spec.find("font");
  return font && font->find_first_of("/.") != font->npos;
}

/// Those that a run takes by itself, and those that are listed.
std::vector<Spec> known_devices(bool cameras) {
  std::vector<Spec> known{{"v4l2", "", {}}, {"pipewire", "", {}}};
  const VideoDevices devices = list_video_devices();
  if (!cameras) {
    for (const VirtualCamera& each : devices.outputs) known.push_back({"v4l2", each.path, {}});
    return known;
  }
  for (const Camera& each : devices.cameras) known.push_back({"v4l2", each.path, {}});
  for (const PipewireCamera& each : list_pipewire().cameras)
    known.push_back({"pipewire", each.name, {}});
  return known;
}

/// Options of devices choose modes, and name nothing.
Expected<void> check_device(const std::string& text, bool cameras) {
  auto spec = parse_spec(text);
  if (!spec) return std::unexpected(spec.error());
  spec->options.clear();
  const auto known = known_devices(cameras);
  if (std::ranges::find(known, *spec) != known.end()) return {};
  return fail(Errc::kRequest,
              "'{}' is none of what `scrim devices` lists, which a page may choose from; use "
              "`scrim ctl set`",
              print(*spec));
}

Expected<void> check_segmenter(const std::string& text) {
  const auto spec = parse_spec(text);
  if (!spec) return std::unexpected(spec.error());
  const Kind* const kind = find_kind(segmenter_kinds(), spec->kind);
  if (!kind || is_harmless(*kind)) return {};
  return fail(
      Errc::kRequest,
      "'{}' names a file or a service, which a page may not; use the command line or `scrim ctl`",
      print(*spec));
}

Expected<void> check_chain(const std::string& text, const Look& shown) {
  const auto chain = parse_chain(text);
  return chain ? check_harmless(*chain, shown) : std::unexpected(chain.error());
}

Expected<void> check_value(Meaning meaning, const std::string& value, const Look& shown) {
  switch (meaning) {
    case Meaning::kCamera:
    case Meaning::kOutputs:
      return check_device(value, meaning == Meaning::kCamera);
    case Meaning::kSegmenter:
      return check_segmenter(value);
    case Meaning::kBackground:
    case Meaning::kPersonEffects:
    case Meaning::kPictureEffects:
    case Meaning::kPausePicture:
      return check_chain(value, shown);
    case Meaning::kPanelAddress:  // these two no one can change in a running program
    case Meaning::kControlSocket:
    case Meaning::kPlain:
      break;
  }
  return {};
}

}  // namespace

bool is_harmless(const Kind& kind) {
  switch (kind.argument) {
    case Argument::kNone:
    case Argument::kWords:
    case Argument::kColour:
    case Argument::kColours:
    case Argument::kName:
    case Argument::kId:
      return true;
    default:  // what is not known to be harmless is not
      return false;
  }
}

Expected<void> check_harmless(const Chain& chain, const Look& shown) {
  for (const Spec& spec : chain) {
    const Kind* const kinds[] = {find_kind(background_kinds(), spec.kind),
                                 find_kind(effect_kinds(), spec.kind)};
    const bool harmless =
        std::ranges::all_of(kinds, [](const Kind* kind) { return !kind || is_harmless(*kind); });
    if ((!harmless || names_file(spec)) && !is_shown(spec, shown))
      return fail(Errc::kRequest,
                  "'{}' names a file, which a page may not; use the command line or `scrim ctl`",
                  print(spec));
  }
  return {};
}

Expected<void> check_harmless(const SettingKind& kind, const std::vector<std::string>& values,
                              const Look& shown) {
  for (const std::string& value : values)
    if (auto ok = check_value(kind.meaning, value, shown); !ok) return ok;
  return {};
}

}  // namespace scrim
