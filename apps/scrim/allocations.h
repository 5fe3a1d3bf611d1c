// Counts heap allocations of the whole program, to show that a frame's path makes none.
// Thread-safe.
#pragma once

#include <cstdint>

namespace scrim {

/// Calls of operator new so far, in all threads.
std::uint64_t allocation_count();

}  // namespace scrim
