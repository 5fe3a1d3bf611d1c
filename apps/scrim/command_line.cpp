#include "command_line.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <sstream>
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

/// With all that was said on standard output there, or an error: a full disk, say. That it takes no
/// more is said by an exception, or when the rest is sent there.
template <class Work>
Expected<void> carry_out(Work work) {
  constexpr const char* kWriting = "write to standard output";
  try {
    if (Expected<void> ok = work(); !ok) return ok;
  } catch (const std::system_error& error) {
    return fail(Errc::kSystem, "{}: {}", kWriting, error.code().message());
  }
  errno = EIO;  // of what failed earlier no cause is left
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) return fail_errno(kWriting);
  return {};
}

/// --help, --version.
Expected<void> print_help(const CLI::App& app, const CLI::ParseError& asked) {
  std::ostringstream text;
  app.exit(asked, text, text);
  fmt::print("{}", text.str());
  return {};
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
    if (error.get_exit_code() != 0)
      return complain({Errc::kRequest, std::string(error.what()) + " (see scrim --help)"});
    const auto ok = carry_out([&] { return print_help(app, error); });
    return ok ? 0 : complain(ok.error());
  }
  for (const auto& [parser, command] : commands) {
    if (!parser->parsed()) continue;
    if (auto ok = carry_out([&] { return command->run(); }); !ok) return complain(ok.error());
  }
  return 0;
}

}  // namespace scrim
