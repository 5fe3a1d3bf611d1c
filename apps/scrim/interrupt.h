// Ctrl-C, SIGTERM and the terminal's end (SIGHUP, unless it is ignored) end a run cleanly: files
// are finished, devices closed.
#pragma once

#include <atomic>

namespace scrim {

/// Turns true at the first such signal from this call on; Ctrl-C or SIGTERM once more kills as
/// usual.
const std::atomic<bool>& watch_interrupts();

/// For a program that only waits: hold_interrupts() before any thread starts, then
/// wait_for_interrupt() returns at the first such signal; Ctrl-C or SIGTERM once more kills as
/// usual.
void hold_interrupts();
void wait_for_interrupt();

}  // namespace scrim
