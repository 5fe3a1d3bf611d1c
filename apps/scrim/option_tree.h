// The command line as data: what completion and the manual page tell of it. Reentrant.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace scrim {

/// The subcommands that are not hidden.
std::vector<const CLI::App*> commands_of(const CLI::App& program);
/// The options that are not hidden: the positional ones if `positional`, else all others.
std::vector<const CLI::Option*> options_of(const CLI::App& command, bool positional);
/// "--camera", "-c"; of a positional one its name.
std::vector<std::string> names_of(const CLI::Option& option);
bool takes_value(const CLI::Option& option);
/// The values it may have, if they are a short list; else none.
std::vector<std::string> choices_of(const CLI::Option& option);

}  // namespace scrim
