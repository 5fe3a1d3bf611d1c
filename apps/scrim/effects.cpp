#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "backgrounds/background.h"
#include "command.h"
#include "control/describe.h"
#include "effects/effect.h"
#include "effects_sheet.h"

namespace scrim {
namespace {

/// "" where it may stand in every chain.
std::string chains_of(const EffectKind& kind) {
  std::string names;
  const Role roles[] = {Role::kBackground, Role::kPerson, Role::kPicture};
  for (Role role : roles)
    if (has_place(kind.chains, role))
      names += fmt::format("{}--{}", names.empty() ? "" : ", ", name_of(role));
  return std::ranges::all_of(roles, [&](Role role) { return has_place(kind.chains, role); })
             ? ""
             : "only in " + names;
}

std::string range_of(const Option& option) {
  std::string choices;
  for (std::string_view choice : option.choices)
    choices += fmt::format("{}{}", choices.empty() ? " (" : ", ", choice);
  if (!choices.empty()) return choices + ")";
  return option.low < option.high ? fmt::format(" ({} to {})", option.low, option.high) : "";
}

void print_kind(const Kind& kind) {
  const std::string form = kind.argument == Argument::kNone
                               ? std::string(kind.name)
                               : fmt::format("{}:{}", kind.name, placeholder(kind.argument));
  fmt::print("  {:<18} {}\n", form, kind.help);
  if (!kind.names.empty()) fmt::print("    NAME: {}\n", fmt::join(kind.names, ", "));
  for (const Option& option : kind.options)
    fmt::print("    {:<24} {}{}\n", fmt::format("?{}={}", option.name, option.fallback),
               option.help, range_of(option));
}

class Effects : public Command {
 public:
  explicit Effects(CLI::App& parser) {
    parser.add_flag("--json", json_, "One JSON object, for programs");
    parser.add_option("--sheet", sheet_, "Write a PNG that shows all of them: FILE.png");
  }

  Expected<void> run() override {
    if (!sheet_.empty()) return save_effects_sheet(sheet_);
    if (json_)
      fmt::print("{}\n", describe_kinds().dump(2));
    else
      print_text();
    return {};
  }

 private:
  static void print_text() {
    fmt::print("Backgrounds (first in --background):\n");
    for (const auto& kind : background_kinds()) print_kind(kind);
    fmt::print(
        "\nEffects (in --background, --person and --picture, with commas between; lengths are in "
        "pixels of a picture 720 high):\n");
    for (const auto& kind : effect_kinds()) {
      print_kind(kind);
      if (const std::string chains = chains_of(kind); !chains.empty())
        fmt::print("    {}\n", chains);
    }
  }

  bool json_ = false;
  std::string sheet_;
};

}  // namespace

std::unique_ptr<Command> add_effects(CLI::App& parser) {
  return std::make_unique<Effects>(parser);
}

}  // namespace scrim
