// Asks a running Scrim. Reentrant; blocks, for some seconds at most.
#pragma once

#include <string>

#include "base/error.h"

namespace scrim {

/// Sends one line, gives the line that comes back. kSystem: none is running, it does not answer.
Expected<std::string> ask_running(const std::string& path, const std::string& request);

/// The process that listens there, or 0.
int process_at(const std::string& path);

}  // namespace scrim
