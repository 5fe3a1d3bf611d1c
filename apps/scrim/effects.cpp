#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "backgrounds/background.h"
#include "command.h"
#include "effects/effect.h"

namespace scrim {
namespace {

void print_kind(const Kind& kind) {
  const std::string form = kind.argument.empty() ? std::string(kind.name)
                                                 : fmt::format("{}:{}", kind.name, kind.argument);
  fmt::print("  {:<18} {}\n", form, kind.help);
  if (!kind.names.empty()) fmt::print("    NAME: {}\n", fmt::join(kind.names, ", "));
  for (const Option& option : kind.options)
    fmt::print("    ?{}={:<13} {}\n", option.name, option.fallback, option.help);
}

nlohmann::json as_json(const Kind& kind) {
  nlohmann::json options = nlohmann::json::array();
  for (const Option& option : kind.options)
    options.push_back({{"name", option.name},
                       {"help", option.help},
                       {"default", option.fallback},
                       {"low", option.low},
                       {"high", option.high}});
  return {{"name", kind.name},
          {"argument", kind.argument},
          {"names", kind.names},
          {"help", kind.help},
          {"options", options}};
}

class Effects : public Command {
 public:
  explicit Effects(CLI::App& parser) {
    parser.add_flag("--json", json_, "One JSON object, for programs");
  }

  Expected<void> run() override {
    json_ ? print_json() : print_text();
    return {};
  }

 private:
  static void print_text() {
    fmt::print("Backgrounds (first in --background):\n");
    for (const auto& kind : background_kinds()) print_kind(kind);
    fmt::print("\nEffects (in --background, --person and --picture, with commas between):\n");
    for (const auto& kind : effect_kinds()) print_kind(kind);
  }

  static void print_json() {
    nlohmann::json all = {{"backgrounds", nlohmann::json::array()},
                          {"effects", nlohmann::json::array()}};
    for (const auto& kind : background_kinds()) all["backgrounds"].push_back(as_json(kind));
    for (const auto& kind : effect_kinds()) all["effects"].push_back(as_json(kind));
    fmt::print("{}\n", all.dump(2));
  }

  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> add_effects(CLI::App& parser) {
  return std::make_unique<Effects>(parser);
}

}  // namespace scrim
