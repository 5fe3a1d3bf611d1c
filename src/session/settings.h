// What a run can be told: one table. From it come the options of the command line, the names in the
// environment, the lines of the config file, and what `scrim ctl set` and the panel change.
//
// Settings are texts as people write them; what they mean is read, and checked, where Specs, sizes
// and chains always are (session/requests.h). Everything here is reentrant; errors are kRequest.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/spec.h"

namespace scrim {

struct Settings {
  std::string camera = "v4l2";
  std::vector<std::string> output = {};  // empty: every virtual camera named Scrim, and PipeWire
  std::string background = {}, person = {}, picture = {};
  std::string segmenter = {}, matte = {}, effort = "auto";
  std::string size = "1280x720", fps = "30";
  std::string pause_picture = {}, always_on = "off";
  std::string panel = {}, control = {}, tray = "on";
  bool operator==(const Settings&) const = default;
};

/// What a setting's text is, where more than its Option must be known of it: how it is completed,
/// which files it names, what a page may set it to.
enum class Meaning {
  kPlain,
  kCamera,
  kOutputs,
  kBackground,  // a chain
  kPersonEffects,
  kPictureEffects,
  kSegmenter,
  kPausePicture,  // a chain of one background
  kPanelAddress,
  kControlSocket,
};

/// One row of the table; `fallback` is the member's first value, "" where something is worked out.
struct SettingKind : Option {
  Meaning meaning;
  std::string_view argument;    // what its value is called: "SPEC"
  char letter;                  // of the short option, or 0
  bool live;                    // takes effect in a running program; else at the next start
  std::string Settings::*text;  // null for `output`, the only list
};

constexpr std::size_t kSettingCount = 15;
std::span<const SettingKind, kSettingCount> setting_kinds();
/// kRequest with the nearest name.
Expected<const SettingKind*> find_setting(std::string_view name);
/// Its place in the table.
std::size_t index_of(const SettingKind& kind);

/// "SCRIM_PAUSE_PICTURE" of "pause-picture".
std::string environment_name(const SettingKind& kind);

/// None for an empty text. Lists have any number, the others one at most.
std::vector<std::string> values_of(const Settings& settings, const SettingKind& kind);
/// As above; flags become "on" or "off". Numbers, choices and flags must fit: the error begins with
/// "--NAME". What cannot be empty gets its fallback from no values.
Expected<void> set_values(Settings& settings, const SettingKind& kind,
                          const std::vector<std::string>& values);

/// Who said what a setting is; the later wins.
enum class Origin { kDefault, kFile, kEnvironment, kOption, kLive };
std::string_view name_of(Origin origin);
using Origins = std::array<Origin, kSettingCount>;
/// Where it stands at the start: "SCRIM_FPS", "/home/me/.config/scrim/config.toml:3:1"; "" for
/// options and defaults.
using Places = std::array<std::string, kSettingCount>;

struct GivenSettings {
  Settings values;
  Origins from{};
  Places places{};
};

/// What the environment says of it, unless an option has. kRequest, with the variable's name in
/// front.
Expected<void> take_environment(GivenSettings& given, const SettingKind& kind);

/// Passes an error on. One that begins with the name of an option ("--background: ...") which
/// nobody gave gets the place in front where that setting stands.
std::unexpected<Error> fail_as_given(const GivenSettings& given, Error error);

/// The table as docs/settings.md shows it.
std::string describe_settings();

}  // namespace scrim
