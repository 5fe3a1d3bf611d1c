// Decides how much effort a live matte gets on a computer that is too slow, or has become so (hot,
// on battery, busy): little as soon as mattes take nearly all the time there is, the usual again
// when that should fit. Frame rate and delay stay; only edges get plainer. Time is an argument.
// Reentrant.
#pragma once

#include <algorithm>

#include "base/clock.h"

namespace scrim {

class EffortControl {
 public:
  /// Shares of the time from one picture to the next. The lighter matte takes about half as long as
  /// the usual one, so what is plenty for it leaves room for the other.
  static constexpr double kTooMuch = 0.9, kPlenty = 0.4;
  /// Over which a share is judged.
  static constexpr Clock::duration kWindow = std::chrono::seconds(2);
  /// Between spending less and trying more: at first, and at most; doubled by each try that fails.
  static constexpr Clock::duration kFirstWait = std::chrono::seconds(20);
  static constexpr Clock::duration kLongestWait = std::chrono::minutes(10);
  /// A try that lasts so long has not failed.
  static constexpr Clock::duration kProof = std::chrono::minutes(1);

  /// Whether the lighter matte is to be made.
  bool saves() const { return saves_; }

  /// A matte has taken `took` of the `period` between pictures. Whether saves() has changed.
  bool took(Clock::time_point now, Clock::duration took, Clock::duration period) {
    if (now - began_ > 2 * kWindow) start_window(now);  // the first one, or after a pause
    busy_ += took;
    there_ += period;
    if (now - began_ < kWindow) return false;
    const double share = Seconds(busy_) / Seconds(there_);
    start_window(now);
    const bool turns = saves_ ? share < kPlenty && now - changed_ > wait_ : share > kTooMuch;
    if (turns) turn(now);
    return turns;
  }

 private:
  void start_window(Clock::time_point now) {
    began_ = now;
    busy_ = there_ = {};
  }

  void turn(Clock::time_point now) {
    if (saves_)
      tried_ = true;
    else
      wait_ = tried_ && now - changed_ < kProof ? std::min(2 * wait_, kLongestWait) : kFirstWait;
    saves_ = !saves_;
    changed_ = now;
  }

  bool saves_ = false, tried_ = false;
  Clock::duration wait_ = kFirstWait;
  Clock::time_point began_{}, changed_{};
  Clock::duration busy_{}, there_{};
};

}  // namespace scrim
