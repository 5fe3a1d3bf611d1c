// Asks a running Scrim. Reentrant; blocks, for some seconds at most.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"

namespace scrim {

/// Sends one line, gives the line that comes back. kSystem: none is running, it does not answer.
Expected<std::string> ask_running(const std::string& path, const std::string& request);

/// Sends one line and hands on every line that comes, until the running Scrim ends. kSystem: none
/// is running.
Expected<void> follow_running(const std::string& path, const std::string& request,
                              const std::function<void(const std::string& line)>& hear);

/// The process that listens there, or 0.
int process_at(const std::string& path);

}  // namespace scrim
