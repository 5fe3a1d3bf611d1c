#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "command.h"
#include "control/client.h"
#include "control/commands.h"
#include "session/arguments.h"
#include "setting_options.h"

namespace scrim {
namespace {

using Json = nlohmann::ordered_json;

/// The running Scrim may stand in another folder: names of files are told in full.
Expected<std::string> chain_from_here(const std::string& option, const std::string& text) {
  auto chain = chain_argument(option, text);
  if (!chain) return std::unexpected(chain.error());
  for (Spec& spec : *chain) {
    std::error_code ignored;
    if (!spec.argument.empty() && std::filesystem::exists(spec.argument, ignored))
      spec.argument = std::filesystem::absolute(spec.argument);
  }
  return print(*chain);
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
    for (const ControlCommand& command : control_commands())
      help += fmt::format("\n  {:13} {:5}  {}", command.name, command.value, command.help);
    parser
        .add_option("command", words_, help + "\nwith its value: a CHAIN, a NAME, a LOOK as JSON")
        ->required()
        ->expected(1, 3);
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
    const auto line = ask_running(*path, *request);
    if (!line) return std::unexpected(line.error());
    const Json answer = Json::parse(*line, nullptr, false);
    if (!answer.is_object() || !answer.value("ok", false))
      return fail(
          answer.is_object() && answer.value("exit", 1) == 2 ? Errc::kRequest : Errc::kSystem, "{}",
          answer.is_object() ? answer.value("error", *line) : *line);
    const Json& status = answer["status"];
    if (json_)
      fmt::print("{}\n", status.dump(2));
    else
      print_status(status);
    return {};
  }

 private:
  Expected<std::string> make_request() const {
    // The name of a command is one word or two.
    const bool two = words_.size() > 1 && words_[0] == "effect";
    const std::string name = two ? words_[0] + " " + words_[1] : words_[0];
    const std::span<const std::string> values = std::span(words_).subspan(two ? 2 : 1);
    const auto commands = control_commands();
    const ControlCommand* command = find_kind(commands, name);
    if (!command) return fail_unknown("command", name, names_of(commands));
    const bool has_value = !values.empty();
    if (has_value == command->value.empty() || values.size() > 1)
      return fail(Errc::kRequest, "ctl {} takes {}", name,
                  command->value.empty()      ? "no value"
                  : command->value == "CHAIN" ? "a CHAIN; \"\" is the empty one"
                                              : fmt::format("a {}", command->value));
    if (!has_value || command->value != "CHAIN")
      return control_request(name, has_value ? values[0] : "");
    const auto chain = chain_from_here(command->name.contains(' ') ? name : "--" + name, values[0]);
    if (!chain) return std::unexpected(chain.error());
    return control_request(name, *chain);
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
