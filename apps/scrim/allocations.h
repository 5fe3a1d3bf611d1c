// Counts heap allocations of the whole program, to show that a frame's path makes none.
// Thread-safe.
#pragma once

#include <cstdint>

namespace scrim {

/// Calls of operator new so far, in all threads; 0 where sanitizers bring their own.
std::uint64_t allocation_count();

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SCRIM_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SCRIM_SANITIZED 1
#endif
#endif
#ifdef SCRIM_SANITIZED
constexpr bool kCountsAllocations = false;
#else
constexpr bool kCountsAllocations = true;
#endif

}  // namespace scrim
