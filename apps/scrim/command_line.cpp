#include "command_line.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/spec.h"
#include "command.h"

namespace scrim {
namespace {

struct CommandKind {
  std::string_view name, help;  // without help: not for people
  std::unique_ptr<Command> (*add)(CLI::App& parser);
};
constexpr CommandKind kCommands[] = {
    {"run", "Live: a camera in, the picture with its new background out", add_run},
    {"ctl", "Tells a running Scrim: pause, resume, another look, ...", add_ctl},
    {"config", "Settings that last: show, set, unset, path", add_config},
    {"panel", "Opens the panel of a running Scrim in the browser", add_panel},
    {"render", "A video or picture file in, a file out, every frame", add_render},
    {"mask", "Who is person and who is not: mattes of pictures and videos as PNG files", add_mask},
    {"serve", "Masks over HTTP: a picture in, who is person and who is not out", add_serve},
    {"devices", "Cameras and virtual cameras: what they can, and which are taken", add_devices},
    {"doctor", "What keeps Scrim from working on this computer, and the cure", add_doctor},
    {"effects", "What a look can be made of: backgrounds and effects with their options",
     add_effects},
    {"models", "The networks, and whether their files are there", add_models},
    {"bench", "CPU time per frame on this machine, beside its own floor", add_bench},
    {"complete", "", add_complete},
    {"manual", "", add_manual},
};

int complain(const Error& error) {
  fmt::print(stderr, "scrim: {}\n", error.what);
  return error.code == Errc::kRequest ? 2 : 1;
}

/// A first word that is no subcommand: said with the nearest name, which the parser would not do.
Expected<void> check_first_word(int argc, char** argv) {
  if (argc < 2) return {};
  const std::string_view word = argv[1];
  const auto names = names_of(std::span<const CommandKind>(kCommands));
  if (word.starts_with('-') || std::ranges::find(names, word) != names.end()) return {};
  return fail_unknown("command", word, names);
}

}  // namespace

int run_command_line(int argc, char** argv) {
  if (auto ok = check_first_word(argc, argv); !ok) return complain(ok.error());
  CLI::App app("Scrim: a virtual background for video calls");
  app.set_version_flag("--version", "scrim " SCRIM_VERSION);
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> commands;
  for (const CommandKind& kind : kCommands) {
    CLI::App* parser = app.add_subcommand(std::string(kind.name), std::string(kind.help));
    if (kind.help.empty()) parser->group("");
    commands.emplace_back(parser, kind.add(*parser));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return complain({Errc::kRequest, std::string(error.what()) + " (see scrim --help)"});
  }
  for (const auto& [parser, command] : commands) {
    if (!parser->parsed()) continue;
    if (auto ok = command->run(); !ok) return complain(ok.error());
  }
  return 0;
}

}  // namespace scrim
