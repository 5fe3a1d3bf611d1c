#include "setting_options.h"

#include <fmt/ranges.h>

#include "control/place.h"
#include "session/settings_file.h"

namespace scrim {

void SettingOptions::add(CLI::App& parser, const SettingKind& kind) {
  std::string names = fmt::format("--{}", kind.name);
  if (kind.letter) names += fmt::format(",-{}", kind.letter);
  const bool is_flag = kind.type == Option::Type::kFlag;
  if (is_flag && kind.fallback == "on") names += fmt::format(",!--no-{}", kind.name);
  CLI::Option* option = is_flag ? parser.add_flag(names) : parser.add_option(names);
  const bool is_number = kind.type == Option::Type::kNumber;
  option->description(fmt::format("{}{} ({})", kind.help, is_number ? "; " + allowed(kind) : "",
                                  environment_name(kind)));
  option->multi_option_policy(kind.text ? CLI::MultiOptionPolicy::TakeLast
                                        : CLI::MultiOptionPolicy::TakeAll);
  std::string type(kind.argument);
  if (!kind.choices.empty()) type += fmt::format(":{{{}}}", fmt::join(kind.choices, ","));
  if (!is_flag) option->type_name(type);
  if (!is_flag && !kind.fallback.empty()) option->default_str(std::string(kind.fallback));
  offered_.push_back({&kind, option});
}

void SettingOptions::add(CLI::App& parser, std::span<const std::string_view> names) {
  for (const std::string_view name : names) add(parser, **find_setting(name));
}

void SettingOptions::add_all(CLI::App& parser) {
  for (const SettingKind& kind : setting_kinds()) add(parser, kind);
}

Expected<GivenSettings> SettingOptions::read() const {
  GivenSettings given;
  for (const auto& [kind, option] : offered_) {
    if (option->count() == 0) {
      if (auto ok = take_environment(given, *kind); !ok) return std::unexpected(ok.error());
      continue;
    }
    auto values = option->reduced_results();
    if (auto ok = set_values(given.values, *kind, values); !ok) return std::unexpected(ok.error());
    given.from[index_of(*kind)] = Origin::kOption;
  }
  return given;
}

Expected<std::string> read_control_path(const SettingOptions& options) {
  auto given = options.read();
  if (!given) return std::unexpected(given.error());
  // What else is wrong in the file is for `scrim run` to say.
  if (const auto file = read_settings(config_path()))
    if (auto ok = take_file(*given, *file); !ok) return std::unexpected(ok.error());
  return control_path(given->values.control);
}

}  // namespace scrim
