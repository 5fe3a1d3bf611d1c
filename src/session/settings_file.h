// The settings as a TOML file: the config file and the presets. Every key is the name of a setting;
// texts, numbers, true and false, and for lists arrays of texts stand for its values.
//
// Whatever is wrong is said as "FILE:LINE:COLUMN: what, and what is expected". Changes of one line
// leave all others, and comments, as they are. Reentrant.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "session/settings.h"

namespace scrim {

/// $XDG_CONFIG_HOME/scrim, ~/.config/scrim, or "" where there is neither.
std::string settings_folder();
/// "" likewise.
std::string config_path();

struct FileSettings {
  struct Entry {
    std::vector<std::string> values;
    std::string place;  // "FILE:LINE:COLUMN"
  };
  std::array<std::optional<Entry>, kSettingCount> entries;  // by index_of()
};

/// kRequest. `path` is for errors alone.
Expected<FileSettings> parse_settings(std::string_view toml, const std::string& path);
/// One that is not there says nothing. kRequest; kSystem: it cannot be read.
Expected<FileSettings> read_settings(const std::string& path);
/// The text of a file; "" where there is none. kSystem.
Expected<std::string> read_text(const std::string& path);

/// What the file says, for all that nobody else has said. kRequest.
Expected<void> take_file(GivenSettings& given, const FileSettings& file);

/// `toml` with this setting's values in place of what it says; without values it says nothing more
/// of it. kRequest: it is broken already.
Expected<std::string> with_setting(std::string_view toml, const std::string& path,
                                   const SettingKind& kind, const std::vector<std::string>& values);

/// Writes the file whole or not at all, 0600, its folder 0700 if it makes it. kSystem.
Expected<void> write_settings(const std::string& path, std::string_view toml);

}  // namespace scrim
