// Tested by tests/session/settings_test.cpp.
#include "session/settings.h"

#include <algorithm>
#include <cstdlib>

namespace scrim {
namespace {

constexpr std::string_view kEfforts[] = {"auto", "low", "normal", "high"};

constexpr auto kText = Option::Type::kText;
constexpr bool kLive = true, kNextStart = false;

constexpr std::array<SettingKind, kSettingCount> kSettings{{
    {{"camera",
      "Where pictures come from: v4l2:/dev/video0, pipewire:NAME, a file, presenter (a drawn "
      "person), ...",
      kText, "v4l2"},
     Meaning::kCamera,
     "SPEC",
     'c',
     kLive,
     &Settings::camera},
    {{"output",
      "Where pictures go: v4l2:/dev/video9, pipewire, a file, ...; may be several; by default "
      "every virtual camera named Scrim, and PipeWire",
      kText, ""},
     Meaning::kOutputs,
     "SPEC",
     'o',
     kLive,
     nullptr},
    {{"background",
      "What stands behind the person: colour:00b140, image:FILE, ...; by default blur", kText, ""},
     Meaning::kBackground,
     "CHAIN",
     'b',
     kLive,
     &Settings::background},
    {{"person", "Effects on the person: outline, ...", kText, ""},
     Meaning::kPersonEffects,
     "CHAIN",
     'p',
     kLive,
     &Settings::person},
    {{"picture", "Effects on the finished picture: mirror, ...", kText, ""},
     Meaning::kPictureEffects,
     "CHAIN",
     0,
     kLive,
     &Settings::picture},
    {{"segmenter",
      "What finds the person: person?model=NAME, bodypix:FOLDER, chroma, remote:URL, ...; by "
      "default person, with the network that the effort asks for",
      kText, ""},
     Meaning::kSegmenter,
     "SPEC",
     0,
     kLive,
     &Settings::segmenter},
    {{"matte", "How the person is cut out: raw, threshold=0.5, smooth=0.8, ...", kText, ""},
     Meaning::kPlain,
     "KEY=V,...",
     0,
     kLive,
     &Settings::matte},
    {{"effort",
      "How much work the cut-out is. low: the smaller network, edges unrefined; normal: edges "
      "refined; high: refined more finely, and recordings look ahead; auto: normal, falling back "
      "to low live when the computer cannot keep up",
      Option::Type::kChoice, "auto", 0, 0, kEfforts},
     Meaning::kPlain,
     "EFFORT",
     0,
     kLive,
     &Settings::effort},
    {{"size", "The picture's size", kText, "1280x720"},
     Meaning::kPlain,
     "WxH",
     0,
     kNextStart,
     &Settings::size},
    {{"fps", "Pictures per second", Option::Type::kNumber, "30", 1, 240},
     Meaning::kPlain,
     "N",
     0,
     kNextStart,
     &Settings::fps},
    {{"pause-picture",
      "Shown while the camera is off or gone: image:FILE, colour:RRGGBB, ...; by default the "
      "background with a sign",
      kText, ""},
     Meaning::kPausePicture,
     "SPEC",
     0,
     kLive,
     &Settings::pause_picture},
    {{"always-on", "Keep the camera on even when nobody watches", Option::Type::kFlag, "off"},
     Meaning::kPlain,
     "",
     0,
     kLive,
     &Settings::always_on},
    {{"panel",
      "Where a browser finds the panel: PORT or HOST:PORT, or off; by default a free port of this "
      "computer",
      kText, ""},
     Meaning::kPanelAddress,
     "[HOST:]PORT",
     0,
     kNextStart,
     &Settings::panel},
    {{"control",
      "The socket that commands for a running Scrim go through, or off; by default "
      "$XDG_RUNTIME_DIR/scrim/control",
      kText, ""},
     Meaning::kControlSocket,
     "PATH",
     0,
     kNextStart,
     &Settings::control},
    {{"tray", "Show an icon in the desktop's tray, where it has one", Option::Type::kFlag, "on"},
     Meaning::kPlain,
     "",
     0,
     kNextStart,
     &Settings::tray},
}};

bool is_on(std::string_view text) {
  return text == "on" || text == "true" || text == "1";
}

std::string option_of(const SettingKind& kind) {
  return fmt::format("--{}", kind.name);
}

/// "a number from 1 to 240", or "" where any text may stand.
std::string allowed_of(const SettingKind& kind) {
  return kind.type == Option::Type::kText ? "" : allowed(kind);
}

}  // namespace

std::span<const SettingKind, kSettingCount> setting_kinds() {
  return kSettings;
}

Expected<const SettingKind*> find_setting(std::string_view name) {
  const std::span<const SettingKind> kinds = kSettings;
  if (const SettingKind* kind = find_kind(kinds, name)) return kind;
  return fail_unknown("setting", name, names_of(kinds));
}

std::size_t index_of(const SettingKind& kind) {
  return static_cast<std::size_t>(&kind - kSettings.data());
}

std::string environment_name(const SettingKind& kind) {
  std::string name = "SCRIM_";
  for (const char c : kind.name)
    name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

std::vector<std::string> values_of(const Settings& settings, const SettingKind& kind) {
  if (!kind.text) return settings.output;
  const std::string& text = settings.*kind.text;
  return text.empty() ? std::vector<std::string>{} : std::vector{text};
}

Expected<void> set_values(Settings& settings, const SettingKind& kind,
                          const std::vector<std::string>& values) {
  if (!kind.text) {
    settings.output = values;
    return {};
  }
  if (values.size() > 1)
    return fail(Errc::kRequest, "{}: takes one value, not {}", option_of(kind), values.size());
  std::string text = values.empty() || values[0].empty() ? std::string(kind.fallback) : values[0];
  if (!fits(kind, text))
    return fail(Errc::kRequest, "{} '{}': expected {}", option_of(kind), text, allowed(kind));
  if (kind.type == Option::Type::kFlag) text = is_on(text) ? "on" : "off";
  settings.*kind.text = std::move(text);
  return {};
}

std::string_view name_of(Origin origin) {
  constexpr std::string_view kNames[] = {"default", "file", "environment", "option", "live"};
  return kNames[static_cast<std::size_t>(origin)];
}

Expected<void> take_environment(GivenSettings& given, const SettingKind& kind) {
  Origin& from = given.from[index_of(kind)];
  const std::string name = environment_name(kind);
  const char* const text = std::getenv(name.c_str());
  if (!text || !*text || from > Origin::kEnvironment) return {};
  if (auto ok = set_values(given.values, kind, {text}); !ok) return fail_in(name, ok.error());
  from = Origin::kEnvironment;
  given.places[index_of(kind)] = name;
  return {};
}

std::unexpected<Error> fail_as_given(const GivenSettings& given, Error error) {
  constexpr std::string_view kUnknown = "unknown ", kDashes = "--";
  std::string_view rest = error.what;
  if (rest.starts_with(kUnknown)) rest.remove_prefix(kUnknown.size());
  if (!rest.starts_with(kDashes)) return std::unexpected(std::move(error));
  rest.remove_prefix(kDashes.size());
  const auto kind = find_setting(rest.substr(0, rest.find_first_of(": ")));
  const std::string place = kind ? given.places[index_of(**kind)] : "";
  return place.empty() ? std::unexpected(std::move(error)) : fail_in(place, std::move(error));
}

std::string describe_settings() {
  std::string text;
  for (const SettingKind& kind : kSettings) {
    text += fmt::format("| `{}` | `{}` | {} | {} | {}{} |\n", kind.name, environment_name(kind),
                        kind.fallback.empty() ? "" : fmt::format("`{}`", kind.fallback),
                        kind.live ? "at once" : "next start", kind.help,
                        kind.type == Option::Type::kText ? "" : " (" + allowed_of(kind) + ")");
  }
  return text;
}

}  // namespace scrim
