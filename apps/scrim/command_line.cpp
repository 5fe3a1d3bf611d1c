#include "command_line.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "base/spec.h"
#include "command.h"
#include "say.h"

namespace scrim {
namespace {

int complain(const Error& error) {
  say("scrim: " + error.what + "\n");
  return error.code == Errc::kRequest ? 2 : 1;
}

/// That standard output takes no more is said by an exception.
Expected<void> carry_out(Command& command) {
  try {
    return command.run();
  } catch (const std::system_error& error) {
    return fail(Errc::kSystem, "write to standard output: {}", error.code().message());
  }
}

/// A first word that is no subcommand: said with the nearest name, which the parser would not do.
Expected<void> check_first_word(std::span<const CommandKind> commands, int argc, char** argv) {
  if (argc < 2) return {};
  const std::string_view word = argv[1];
  auto names = names_of(commands);
  if (word.starts_with('-') || std::ranges::find(names, word) != names.end()) return {};
  std::erase_if(names,
                [&](std::string_view name) { return find_kind(commands, name)->help.empty(); });
  return fail_unknown("command", word, names);
}

}  // namespace

int run_command_line(std::span<const CommandKind> kinds, int argc, char** argv) {
  if (auto ok = check_first_word(kinds, argc, argv); !ok) return complain(ok.error());
  CLI::App app("Scrim: a virtual background for video calls");
  app.set_version_flag("--version", "scrim " SCRIM_VERSION);
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> commands;
  for (const CommandKind& kind : kinds) {
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
    if (auto ok = carry_out(*command); !ok) return complain(ok.error());
  }
  return 0;
}

}  // namespace scrim
