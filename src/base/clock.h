// The one clock. Time is an argument, never read inside a stage, so that runs repeat exactly:
// live it is the time of capture, offline it is the stream's own time counted from kStart.
#pragma once

#include <chrono>

namespace scrim {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// The moment a recorded stream begins at.
constexpr Clock::time_point kStart{};

constexpr double seconds_since_start(Clock::time_point t) {
  return Seconds(t - kStart).count();
}

constexpr Clock::time_point at_seconds(double s) {
  return kStart + std::chrono::round<Clock::duration>(Seconds(s));
}

/// Who sets the pace. kLive: the world does, late work is dropped, the newest wins.
/// kOffline: the slowest stage does, every frame counts.
enum class Pacing { kLive, kOffline };

}  // namespace scrim
