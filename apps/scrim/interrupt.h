// Ctrl-C and SIGTERM end a run cleanly: files are finished, devices closed.
#pragma once

#include <atomic>

namespace scrim {

/// Turns true at the first SIGINT or SIGTERM from this call on; the second one kills as usual.
const std::atomic<bool>& watch_interrupts();

}  // namespace scrim
