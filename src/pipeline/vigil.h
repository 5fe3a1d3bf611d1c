// Decides when a run falls asleep for want of people who look, and when it wakes. Time is an
// argument. Reentrant.
#pragma once

#include <utility>

#include "base/clock.h"

namespace scrim {

class Vigil {
 public:
  /// Who has gone for less is still there: programs reopen a camera to change its size.
  static constexpr Clock::duration kDebounce = std::chrono::seconds(2);
  /// Asleep: short, as somebody waits for the picture. Awake: there is time, as sleep waits as
  /// well.
  static constexpr Clock::duration kLookAsleep = std::chrono::milliseconds(200);
  static constexpr Clock::duration kLookAwake = std::chrono::milliseconds(500);

  /// Awake, as if somebody had just looked.
  explicit Vigil(Clock::time_point now) : watched_at_(now), look_at_(now) {}

  bool awake() const { return awake_; }
  Clock::time_point next_look() const { return look_at_; }

  /// Tells what a look has shown. Whether awake() has changed.
  bool looked(Clock::time_point now, bool watched) {
    if (watched) watched_at_ = now;
    const bool awake = watched || (awake_ && now - watched_at_ < kDebounce);
    look_at_ = now + (awake ? kLookAwake : kLookAsleep);
    return std::exchange(awake_, awake) != awake;
  }

 private:
  Clock::time_point watched_at_, look_at_;
  bool awake_ = true;
};

}  // namespace scrim
