// Decides when a run falls asleep for want of people who look, and when it wakes. Time is an
// argument. Reentrant.
#pragma once

#include <algorithm>
#include <utility>

#include "base/clock.h"

namespace scrim {

class WatchSchedule {
 public:
  /// Asleep: seldom, as a bell tells who comes; then often for a while, as programs ask for
  /// pictures some time after they open a device. Awake: there is time, as sleep waits as well.
  static constexpr Clock::duration kLookAsleep = std::chrono::seconds(1);
  static constexpr Clock::duration kLookOften = std::chrono::milliseconds(200);
  static constexpr Clock::duration kOften = std::chrono::seconds(3);
  static constexpr Clock::duration kLookAwake = std::chrono::milliseconds(500);

  /// Awake, as if somebody had just looked.
  WatchSchedule(Clock::time_point now, Clock::duration linger)
      : awake_until_(now + linger), look_at_(now) {}

  bool awake() const { return awake_; }
  Clock::time_point next_look() const { return look_at_; }

  /// Somebody may have come.
  void rung(Clock::time_point now) {
    look_at_ = now;
    often_until_ = now + kOften;
  }

  /// Tells what a look has shown: for how long who looks now counts as looking; zero: nobody does.
  /// Whether awake() has changed.
  bool looked(Clock::time_point now, Clock::duration linger) {
    const bool watched = linger > Clock::duration::zero();
    if (watched) awake_until_ = std::max(awake_ ? awake_until_ : now, now + linger);
    const bool awake = watched || (awake_ && now < awake_until_);
    look_at_ = now + (awake ? kLookAwake : now < often_until_ ? kLookOften : kLookAsleep);
    if (awake && !watched) look_at_ = std::min(look_at_, awake_until_);
    return std::exchange(awake_, awake) != awake;
  }

 private:
  Clock::time_point awake_until_, look_at_, often_until_;
  bool awake_ = true;
};

}  // namespace scrim
