// `scrim manual` prints scrim(1), for who installs it: commands and options come from the parser.
// Not for people, so not in --help. Tested by tests/apps/completion.
#include <fmt/ranges.h>

#include "command.h"
#include "option_tree.h"

namespace scrim {
namespace {

/// Escapes what troff would take for its own, so that the text is printed as it is.
std::string plain(const std::string& text) {
  std::string out;
  for (char c : text) {
    const bool begins_line = out.empty() || out.back() == '\n';
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

/// A list below the first line stays a list.
std::string paragraph(const std::string& text) {
  const auto end = text.find('\n');
  if (end == std::string::npos) return plain(text) + "\n";
  return fmt::format("{}\n.nf\n{}\n.fi\n", plain(text.substr(0, end)), plain(text.substr(end + 1)));
}

std::string heading(const CLI::Option& option) {
  std::string names;
  for (const auto& name : names_of(option))
    names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", plain(name));
  if (option.get_positional() || !takes_value(option)) return names;
  return names + " \\fIVALUE\\fR";
}

std::string describe(const CLI::Option& option) {
  std::string text =
      fmt::format(".TP\n{}\n{}", heading(option), paragraph(option.get_description()));
  const auto add = [&](const std::string& line) { text += ".br\n" + plain(line) + "\n"; };
  if (const auto choices = choices_of(option); !choices.empty())
    add(fmt::format("One of {}.", fmt::join(choices, ", ")));
  if (const auto usual = option.get_default_str(); !usual.empty())
    add(fmt::format("Default: {}.", usual));
  if (const auto variable = option.get_envname(); !variable.empty())
    add(fmt::format("Environment: {}.", variable));
  return text;
}

/// With the commands below it; `parents`: "config ", or nothing.
std::string describe(const CLI::App& command, const std::string& parents = "") {
  const std::string name = parents + command.get_name();
  std::string text = fmt::format(".SS {}\n{}", name, paragraph(command.get_description() + "."));
  for (bool positional : {true, false})
    for (const CLI::Option* option : options_of(command, positional))
      if (option != command.get_help_ptr()) text += describe(*option);
  for (const CLI::App* below : commands_of(command)) text += describe(*below, name + " ");
  return text;
}

constexpr std::string_view kHead =
    ".TH SCRIM 1 \"\" \"scrim {}\" \"User Commands\"\n"
    ".SH NAME\nscrim \\- a virtual background for video calls\n"
    ".SH SYNOPSIS\n.B scrim\n.I COMMAND\n.RI [ OPTION ...]\n"
    ".SH DESCRIPTION\n"
    "Scrim finds the person in every picture of a camera with a neural network and replaces or "
    "blurs\n"
    "what is behind. Other programs see the result as a camera of its own, by v4l2loopback or by\n"
    "PipeWire. It also works on files, and over HTTP.\n.PP\n"
    "A background and effects are written \\fIkind:argument?option=value&option=value\\fR, "
    "several\n"
    "with commas between. \\fBscrim effects\\fR lists them, \\fBscrim models\\fR the networks;\n"
    "\\fBscrim doctor\\fR tells what keeps it from working on this computer.\n"
    ".SH COMMANDS\n";

constexpr std::string_view kTail =
    ".SH EXIT STATUS\n"
    ".TP\n0\nDone.\n"
    ".TP\n2\nThe request is wrong: an option, a name, a value.\n"
    ".TP\n1\nThe world failed: no such input, disk full.\n"
    ".SH ENVIRONMENT\n"
    "Options that name a variable take their value from it where they are not given.\n"
    ".TP\n.B SCRIM_MODELS\nThe folder of the networks, where it is not the one beside the "
    "program.\n"
    ".SH FILES\n"
    ".TP\n.I $XDG_RUNTIME_DIR/scrim/control\nThe socket that a running Scrim is told by.\n"
    ".SH EXAMPLES\n"
    ".nf\n"
    "scrim run \\-\\-background blur\n"
    "scrim render talk.mp4 \\-o beach.mp4 \\-\\-background image:beach.jpg\n"
    "systemctl \\-\\-user enable \\-\\-now scrim\n"
    ".fi\n"
    ".SH SEE ALSO\n.BR systemctl (1),\n.BR pipewire (1),\n.BR modprobe (8)\n";

class Manual : public Command {
 public:
  explicit Manual(CLI::App& parser) : program_(*parser.get_parent()) {}

  Expected<void> run() override {
    fmt::print(kHead, SCRIM_VERSION);
    for (const CLI::App* command : commands_of(program_)) fmt::print("{}", describe(*command));
    fmt::print("{}", kTail);
    return {};
  }

 private:
  const CLI::App& program_;
};

}  // namespace

std::unique_ptr<Command> add_manual(CLI::App& parser) {
  return std::make_unique<Manual>(parser);
}

}  // namespace scrim
