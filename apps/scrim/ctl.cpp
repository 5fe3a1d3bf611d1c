#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "command.h"
#include "control/client.h"
#include "control/json.h"
#include "control/request.h"
#include "setting_options.h"

namespace scrim {
namespace {

/// NAME VALUE... as {"NAME": ["VALUE", ...]}.
Expected<Json> settings_of(std::span<const std::string> words) {
  if (words.size() < 2)
    return fail(Errc::kRequest, "ctl set takes a NAME and a VALUE; \"\" is the default");
  const auto kind = find_setting(words[0]);
  if (!kind) return std::unexpected(kind.error());
  std::vector<std::string> values(words.begin() + 1, words.end());
  std::erase(values, "");
  return Json{{words[0], values}};
}

/// The running Scrim may stand in another folder than names of files are meant in.
Expected<std::string> folder_here() {
  std::error_code error;
  auto folder = std::filesystem::current_path(error);
  if (error)
    return fail(Errc::kSystem, "the current folder: {}; go to one that is there", error.message());
  return folder.string();
}

void print_settings(const Json& settings) {
  for (const auto& [name, setting] : settings.items()) {
    const Json& value = setting["value"];
    std::string text = value.is_string() ? value.get<std::string>() : "";
    for (const Json& part : value)
      if (value.is_array()) text += (text.empty() ? "" : " ") + part.get<std::string>();
    fmt::print("{:<14} {:<28} {}\n", name, text, setting.value("from", ""));
  }
}

void print_status(const Json& status) {
  fmt::print("{}", status.value("state", ""));
  for (const char* key : {"camera", "background", "person", "picture"})
    if (const auto text = status.value(key, ""); !text.empty()) fmt::print("; {}: {}", key, text);
  fmt::print("; {} frames, delay {:.0f} ms\n", status.value("frames", 0),
             status.value("latency_ms_p50", 0.0));
}

class Ctl : public Command {
 public:
  explicit Ctl(CLI::App& parser) {
    std::string help = "One of:";
    for (const ControlCommand& command : kControlCommands)
      help += fmt::format("\n  {:13} {:5}  {}", command.name, command.value, command.help);
    parser
        .add_option("command", words_,
                    help +
                        "\nwith its value: a CHAIN, a NAME, a LOOK as JSON, "
                        "or for set a NAME and its VALUE")
        ->required()
        ->expected(1, 64);
    parser.add_flag("--json", json_, "For programs to read");
    options_.add(parser, kControlSetting);
  }

  Expected<void> run() override {
    const auto path = read_control_path(options_);
    if (!path) return std::unexpected(path.error());
    if (path->empty())
      return fail(Errc::kSystem,
                  "XDG_RUNTIME_DIR names no folder; give `scrim run` and `scrim ctl` the same "
                  "--control PATH");
    const auto request = make_request();
    if (!request) return std::unexpected(request.error());
    if (asks_to_watch(*request)) return watch(*path, *request);
    const auto line = ask_running(*path, *request);
    if (!line) return std::unexpected(line.error());
    const Json answer = Json::parse(*line, nullptr, false);
    if (!answer.is_object() || !answer.value("ok", false)) return refused(answer, *line);
    print_answer(answer);
    return {};
  }

 private:
  static std::unexpected<Error> refused(const Json& answer, const std::string& line) {
    const bool object = answer.is_object();
    return fail(object && answer.value("exit", 1) == 2 ? Errc::kRequest : Errc::kSystem, "{}",
                object ? answer.value("error", line) : line);
  }

  static Expected<void> watch(const std::string& path, const std::string& request) {
    Expected<void> heard;
    const auto followed = follow_running(path, request, [&](const std::string& line) {
      const Json news = Json::parse(line, nullptr, false);
      if (news.is_object() && !news.value("ok", true)) {
        heard = refused(news, line);
        return;
      }
      fmt::print("{}\n", line);
      std::fflush(stdout);
    });
    return heard ? followed : heard;
  }

  /// What was asked for; else the status.
  void print_answer(const Json& answer) const {
    const bool settings = answer.contains("settings"), presets = answer.contains("presets");
    const char* const part = settings ? "settings" : presets ? "presets" : "status";
    if (json_)
      fmt::print("{}\n", answer[part].dump(2));
    else if (settings)
      print_settings(answer[part]);
    else if (presets)
      for (const Json& name : answer[part]) fmt::print("{}\n", name.get<std::string>());
    else
      print_status(answer[part]);
  }

  Expected<std::string> make_request() const {
    // The name of a command is one word or two.
    const std::span<const ControlCommand> commands = kControlCommands;
    const std::string both = words_.size() > 1 ? words_[0] + " " + words_[1] : "";
    const bool two = words_[0] == "effect" || words_[0] == "preset";
    const std::string name = two && words_.size() > 1 ? both : words_[0];
    const std::span<const std::string> values = std::span(words_).subspan(name == both ? 2 : 1);
    const ControlCommand* command = find_kind(commands, name);
    if (!command) return fail_unknown("command", name, names_of(commands));
    if (name == "set") {
      const auto settings = settings_of(values);
      if (!settings) return std::unexpected(settings.error());
      const auto folder = folder_here();
      if (!folder) return std::unexpected(folder.error());
      return control_request(name, line_of(*settings), *folder);
    }
    const bool has_value = !values.empty();
    if (has_value == command->value.empty() || values.size() > 1)
      return fail(Errc::kRequest, "ctl {} takes {}", name,
                  command->value.empty()      ? "no value"
                  : command->value == "CHAIN" ? "a CHAIN; \"\" is the empty one"
                                              : fmt::format("a {}", command->value));
    if (!has_value) return control_request(name, "");
    const auto folder = folder_here();
    if (!folder) return std::unexpected(folder.error());
    return control_request(name, values[0], *folder);
  }

  std::vector<std::string> words_;
  SettingOptions options_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> add_ctl(CLI::App& parser) {
  return std::make_unique<Ctl>(parser);
}

}  // namespace scrim
