// Whether pictures of the camera are wanted now: somebody may have paused the run, or nobody looks.
//
// The thread that shows pictures sets the one, whoever holds the command line the other; the thread
// that captures waits here. Thread-safe.
#pragma once

#include <condition_variable>
#include <mutex>

#include "base/clock.h"

namespace scrim {

class Attention {
 public:
  enum class State { kLive, kPaused, kAsleep };  // kPaused: also when nobody looks

  State state() const {
    std::lock_guard lock(mutex_);
    return paused_ ? State::kPaused : asleep_ ? State::kAsleep : State::kLive;
  }
  bool asleep() const {
    std::lock_guard lock(mutex_);
    return asleep_;
  }

  void pause(bool paused) {
    change([&] { paused_ = paused; });
  }
  /// Pauses, or goes on: whichever it is not.
  void toggle_pause() {
    change([&] { paused_ = !paused_; });
  }
  void sleep(bool asleep) {
    change([&] { asleep_ = asleep; });
  }

  /// Whether it is kLive by then.
  bool wait_until_live(Clock::time_point deadline) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return !paused_ && !asleep_; });
  }

 private:
  template <class Set>
  void change(Set set) {
    {
      std::lock_guard lock(mutex_);
      set();
    }
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool paused_ = false;  // guarded by mutex_
  bool asleep_ = false;  // guarded by mutex_
};

}  // namespace scrim
