// Sets the pace of sources that draw their pictures themselves.
//
// Live: a beat is due every 1/fps seconds from the first one on; next() waits for it, and a reader
// that comes late gets the beat of its moment, so that time never runs behind. Offline: beats come
// at once, at kStart + k/fps, until `seconds` are over (0: never). Reentrant.
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "base/error.h"

namespace scrim {

/// Sleeps until `due`; when it is more than a second away a second long, and then it is kTimeout.
Expected<void> wait_until(Clock::time_point due);

class Metronome {
 public:
  Metronome(double fps, Pacing pacing, double seconds);

  /// The next beat's moment. kTimeout when it is more than a second away, kEndOfStream.
  Expected<Clock::time_point> next();

  /// Offline: the next beat is the first one at `moment` or later. Live: false, and nothing
  /// happens.
  bool seek(Clock::time_point moment);

  /// Seconds between the first beat and the last one that next() gave: what to draw.
  double seconds() const;
  double fps() const { return fps_; }

 private:
  Clock::time_point moment_of(std::int64_t beat) const;
  Expected<Clock::time_point> next_live();
  Expected<Clock::time_point> next_offline();

  double fps_;
  Pacing pacing_;
  double end_;
  Clock::time_point start_ = kStart;
  std::int64_t beat_ = -1;
};

}  // namespace scrim
