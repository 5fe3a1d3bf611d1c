// The program `scrim`: subcommands, their options, and what their errors mean outside.
#pragma once

#include <span>
#include <string_view>

#include "command.h"

namespace scrim {

struct CommandKind {
  std::string_view name, help;  // without help: not for people
  std::unique_ptr<Command> (*add)(CLI::App& parser);
};

constexpr CommandKind kCtl{"ctl", "Tells a running Scrim: pause, resume, another look, ...",
                           add_ctl};

/// Parses, runs one subcommand, prints its error. Exit code: 0 done; 2 the request is wrong; 1 the
/// world fails.
int run_command_line(std::span<const CommandKind> kinds, int argc, char** argv);

}  // namespace scrim
