#include <nlohmann/json.hpp>

#include "command.h"
#include "control/panel.h"
#include "session/arguments.h"
#include "session/requests.h"
#include "session/settings_file.h"

namespace scrim {
namespace {

using Json = nlohmann::ordered_json;

Expected<std::string> path_of_config() {
  const std::string path = config_path();
  if (path.empty())
    return fail(Errc::kSystem,
                "neither XDG_CONFIG_HOME nor HOME names a folder for the config file");
  return path;
}

/// What `scrim run` would begin with here, options aside.
Expected<GivenSettings> settings_here(const FileSettings& file) {
  GivenSettings given;
  for (const SettingKind& kind : setting_kinds())
    if (auto ok = take_environment(given, kind); !ok) return std::unexpected(ok.error());
  if (auto ok = take_file(given, file); !ok) return std::unexpected(ok.error());
  return given;
}

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : " ") + value;
  return text;
}

class ConfigShow : public Command {
 public:
  explicit ConfigShow(CLI::App& parser) {
    parser.add_flag("--json", json_, "For programs to read");
  }

  Expected<void> run() override {
    const auto path = path_of_config();
    if (!path) return std::unexpected(path.error());
    const auto file = read_settings(*path);
    if (!file) return std::unexpected(file.error());
    const auto given = settings_here(*file);
    if (!given) return std::unexpected(given.error());
    Json all = Json::object();
    for (const SettingKind& kind : setting_kinds()) {
      const std::string_view from = name_of(given->from[index_of(kind)]);
      const std::string& place = given->places[index_of(kind)];
      const auto values = values_of(given->values, kind);
      all[std::string(kind.name)] = {{"value", joined(values)}, {"from", from}};
      if (!json_)
        fmt::print("{:<14} {:<28} {}\n", kind.name, joined(values), place.empty() ? from : place);
      if (!kind.text) all[std::string(kind.name)]["value"] = values;
    }
    if (json_) fmt::print("{}\n", all.dump(2));
    return {};
  }

 private:
  bool json_ = false;
};

/// Checks a value as `scrim run` would, in its words.
Expected<void> check_value(const SettingKind& kind, const std::vector<std::string>& values) {
  if (kind.meaning == Meaning::kPanelAddress && !values.empty() && values[0] != "off") {
    const auto address = parse_panel_address(values[0]);
    if (!address) return std::unexpected(address.error());
  }
  return check_setting(kind, values);
}

class ConfigSet : public Command {
 public:
  ConfigSet(CLI::App& parser, bool removes) {
    parser.add_option("NAME", name_, "A setting; `scrim config show` lists them")->required();
    if (!removes)
      parser
          .add_option("VALUE", values_,
                      "As for the option of that name; output takes several; \"\" is the default")
          ->required();
  }

  Expected<void> run() override {
    const auto kind = find_setting(name_);
    if (!kind) return std::unexpected(kind.error());
    std::vector<std::string> values;
    std::erase(values_, "");  // as unset
    for (const std::string& value : values_) {
      auto full = value_in_full(**kind, value);
      if (!full) return std::unexpected(full.error());
      values.push_back(*std::move(full));
    }
    if (auto ok = check_value(**kind, values); !ok) return ok;
    const auto path = path_of_config();
    if (!path) return std::unexpected(path.error());
    const auto text = read_text(*path);
    if (!text) return std::unexpected(text.error());
    const auto changed = with_setting(*text, *path, **kind, values);
    if (!changed) return std::unexpected(changed.error());
    return *changed == *text ? Expected<void>() : write_settings(*path, *changed);
  }

 private:
  std::string name_;
  std::vector<std::string> values_;
};

class ConfigPath : public Command {
 public:
  explicit ConfigPath(CLI::App&) {}
  Expected<void> run() override {
    const auto path = path_of_config();
    if (!path) return std::unexpected(path.error());
    fmt::print("{}\n", *path);
    return {};
  }
};

class ConfigDocs : public Command {
 public:
  explicit ConfigDocs(CLI::App&) {}
  Expected<void> run() override {
    fmt::print("{}", describe_settings());
    return {};
  }
};

class Config : public Command {
 public:
  explicit Config(CLI::App& parser) {
    parser.require_subcommand(1);
    const auto add = [&](const char* name, const char* help, auto make) {
      CLI::App* const sub = parser.add_subcommand(name, help);
      commands_.emplace_back(sub, make(*sub));
    };
    add("show", "What `scrim run` begins with here, and who says so",
        [](CLI::App& sub) { return std::make_unique<ConfigShow>(sub); });
    add("set", "One setting in the config file; a running Scrim takes it over",
        [](CLI::App& sub) { return std::make_unique<ConfigSet>(sub, false); });
    add("unset", "Takes a setting out of the config file",
        [](CLI::App& sub) { return std::make_unique<ConfigSet>(sub, true); });
    add("path", "Where the config file is, or would be",
        [](CLI::App& sub) { return std::make_unique<ConfigPath>(sub); });
    add("docs", "The table of all settings, in Markdown",
        [](CLI::App& sub) { return std::make_unique<ConfigDocs>(sub); });
  }

  Expected<void> run() override {
    for (const auto& [parser, command] : commands_)
      if (parser->parsed()) return command->run();
    return {};
  }

 private:
  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> commands_;
};

}  // namespace

std::unique_ptr<Command> add_config(CLI::App& parser) {
  return std::make_unique<Config>(parser);
}

}  // namespace scrim
