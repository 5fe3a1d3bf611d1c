// Settings as options of a subcommand: names, help and checks are those of their table.
//
// add() while the parser is made; read() after parsing. Reentrant.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "session/settings.h"

namespace scrim {

constexpr std::string_view kLookSettings[] = {"background", "person", "picture"};
constexpr std::string_view kMatteSettings[] = {"segmenter", "matte", "effort"};
constexpr std::string_view kControlSetting[] = {"control"};

class SettingOptions {
 public:
  void add(CLI::App& parser, std::span<const std::string_view> names);
  /// All there are.
  void add_all(CLI::App& parser);
  /// What the options say, else the environment, else nobody. kRequest.
  Expected<GivenSettings> read() const;

 private:
  void add(CLI::App& parser, const SettingKind& kind);

  struct Offered {
    const SettingKind* kind;
    const CLI::Option* option;
  };
  std::vector<Offered> offered_;
};

/// Where a running Scrim is reached: as `options` and the environment say, or the config file;
/// "" if nowhere. kRequest.
Expected<std::string> read_control_path(const SettingOptions& options);

}  // namespace scrim
