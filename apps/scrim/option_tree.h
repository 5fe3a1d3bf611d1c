// The command line as data: what completion and the manual page tell of it. Reentrant.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace scrim {

/// Without those that are hidden.
std::vector<const CLI::App*> commands_of(const CLI::App& program);
/// Without those that are hidden; positional ones only if `positional`, else the others only.
std::vector<const CLI::Option*> options_of(const CLI::App& command, bool positional);
/// "--camera", "-c"; of a positional one its name.
std::vector<std::string> names_of(const CLI::Option& option);
bool takes_value(const CLI::Option& option);
/// All that it may be, where that is a short list.
std::vector<std::string> choices_of(const CLI::Option& option);

}  // namespace scrim
