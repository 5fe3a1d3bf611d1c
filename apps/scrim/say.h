// What the program says on standard error. That it cannot be said, as nobody reads it any more or
// the disk is full, is no reason for anything to end. Thread-safe.
#pragma once

#include <string>

namespace scrim {

/// As it is, without a line's end.
void say(const std::string& text);

/// Writing to a pipe that nobody reads from, or more than a file may hold, is from now on an error,
/// and no longer the end: for what has files to finish or runs for long. What this program starts
/// gets the system's default back (base/spawning.h).
void outlive_failed_writes();

}  // namespace scrim
