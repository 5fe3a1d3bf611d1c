// The program `scrim`: subcommands, their options, and what their errors mean outside.
#pragma once

namespace scrim {

/// Parses, runs one subcommand, prints its error. Exit code: 0 done; 2 the request is wrong; 1 the
/// world fails.
int run_command_line(int argc, char** argv);

}  // namespace scrim
