// What the completion of shells asks (packaging/completions): `scrim complete -- WORD...` prints
// what the last word may become, one line each, with a tab before what it means. Nothing: a file's
// name, as far as is known. Not for people, so not in --help. Tested by tests/apps/completion.
#include <algorithm>

#include "backgrounds/background.h"
#include "command.h"
#include "control/request.h"
#include "effects/effect.h"
#include "option_tree.h"
#include "segmenters/segmenter.h"
#include "session/settings.h"
#include "sinks/sink.h"
#include "sources/source.h"

namespace scrim {
namespace {

struct Candidate {
  std::string text, help;
};
using Candidates = std::vector<Candidate>;

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

/// What may stand in a chain or Spec: kinds, and after `?` their options. `written` is the last
/// Spec.
void add_kind(Candidates& found, const Kind& kind, std::string_view written) {
  const auto question = written.find('?');
  if (question == std::string_view::npos) {
    found.push_back({std::string(kind.name), std::string(kind.help)});
    for (std::string_view name : kind.names)
      found.push_back({fmt::format("{}:{}", kind.name, name), std::string(kind.help)});
  } else if (written.substr(0, written.find_first_of(":?")) == kind.name) {
    const auto begin = written.find_last_of("?&") + 1;
    for (const Option& option : kind.options)
      found.push_back(
          {fmt::format("{}{}=", written.substr(0, begin), option.name), std::string(option.help)});
  }
}

template <class AnyKind>
void add_kinds(Candidates& found, std::span<const AnyKind> kinds, std::string_view written) {
  for (const AnyKind& kind : kinds) add_kind(found, kind, written);
}

void add_effects(Candidates& found, Role role, std::string_view written) {
  for (const EffectKind& kind : effect_kinds())
    if (has_place(kind.chains, role)) add_kind(found, kind, written);
}

/// What a setting may become: nothing where it is no Spec.
Candidates specs_for(Meaning meaning, std::string_view written) {
  Candidates found;
  switch (meaning) {
    case Meaning::kBackground:
      add_kinds(found, background_kinds(), written);
      add_effects(found, Role::kBackground, written);
      break;
    case Meaning::kPersonEffects:
      add_effects(found, Role::kPerson, written);
      break;
    case Meaning::kPictureEffects:
      add_effects(found, Role::kPicture, written);
      break;
    case Meaning::kCamera:
      add_kinds(found, source_kinds(), written);
      break;
    case Meaning::kOutputs:
      add_kinds(found, sink_kinds(), written);
      break;
    case Meaning::kSegmenter:
      add_kinds(found, segmenter_kinds(), written);
      break;
    case Meaning::kPausePicture:
      add_kinds(found, background_kinds(), written);
      break;
    case Meaning::kPanelAddress:
    case Meaning::kControlSocket:
    case Meaning::kPlain:
      break;
  }
  return found;
}

/// Options whose values are Specs, or commands of a running Scrim.
Candidates specs_for(std::string_view option, std::string_view written) {
  Candidates found;
  if (option == "command")
    for (const ControlCommand& command : kControlCommands)
      found.push_back({std::string(command.name), std::string(command.help)});
  if (!option.starts_with("--")) return found;
  const std::span<const SettingKind> kinds = setting_kinds();
  const SettingKind* const kind = find_kind(kinds, option.substr(2));
  return kind ? specs_for(kind->meaning, written) : found;
}

Candidates values_of(const CLI::Option& option, const std::string& written) {
  Candidates found;
  for (const auto& choice : choices_of(option)) found.push_back({choice, ""});
  if (!found.empty()) return found;
  const auto comma = written.rfind(',');
  const std::string before = comma == std::string::npos ? "" : written.substr(0, comma + 1);
  found = specs_for(names_of(option).front(), std::string_view(written).substr(before.size()));
  for (Candidate& candidate : found) candidate.text.insert(0, before);
  return found;
}

const CLI::Option* find_option(const CLI::App& command, const std::string& name) {
  for (const CLI::Option* option : options_of(command, false))
    if (std::ranges::count(names_of(*option), name) != 0) return option;
  return nullptr;
}

Candidates options_for(const CLI::App& command) {
  Candidates found;
  for (const CLI::Option* option : options_of(command, false))
    found.push_back({names_of(*option).front(), first_line(option->get_description())});
  return found;
}

/// `before`: the words from the command on; `written`: what there is of the next one.
Candidates candidates_in(const CLI::App& command, std::span<const std::string> before,
                         const std::string& written) {
  if (const auto equals = written.find('='); written.starts_with("--") && equals != written.npos) {
    const CLI::Option* const option = find_option(command, written.substr(0, equals));
    if (!option) return {};
    auto found = values_of(*option, written.substr(equals + 1));
    for (Candidate& c : found) c.text.insert(0, written.substr(0, equals + 1));
    return found;
  }
  const CLI::Option* const last = before.empty() ? nullptr : find_option(command, before.back());
  if (last && takes_value(*last)) return values_of(*last, written);
  if (written.starts_with('-')) return options_for(command);
  const auto positional = options_of(command, true);
  return positional.empty() ? Candidates{} : values_of(*positional.front(), written);
}

const CLI::App* find_command(const CLI::App& parent, const std::string& name) {
  for (const CLI::App* command : commands_of(parent))
    if (command->get_name() == name) return command;
  return nullptr;
}

Candidates candidates(const CLI::App& program, const std::vector<std::string>& words) {
  const std::string written = words.empty() ? "" : words.back();
  std::span<const std::string> before(words.begin(), words.empty() ? 0 : words.size() - 1);
  const CLI::App* command = &program;
  for (; !before.empty(); before = before.subspan(1)) {
    const CLI::App* const next = find_command(*command, before.front());
    if (!next) break;
    command = next;
  }
  const auto commands = commands_of(*command);
  if (commands.empty()) return candidates_in(*command, before, written);
  if (written.starts_with('-')) return options_for(*command);
  Candidates found;
  for (const CLI::App* next : commands)
    found.push_back({next->get_name(), next->get_description()});
  return before.empty() ? found : Candidates{};
}

class Complete : public Command {
 public:
  explicit Complete(CLI::App& parser) : program_(*parser.get_parent()) {
    parser.add_option("words", words_, "The words after `scrim`, the last one unfinished");
  }

  Expected<void> run() override {
    const std::string written = words_.empty() ? "" : words_.back();
    for (const auto& [text, help] : candidates(program_, words_))
      if (text.starts_with(written)) fmt::print("{}\t{}\n", text, help);
    return {};
  }

 private:
  const CLI::App& program_;
  std::vector<std::string> words_;
};

}  // namespace

std::unique_ptr<Command> add_complete(CLI::App& parser) {
  return std::make_unique<Complete>(parser);
}

}  // namespace scrim
