// Whether a live run sleeps for want of people who look: asks its sinks by a schedule, and tells
// the run's Attention. Reentrant: compose's thread, but for ring().
#pragma once

#include <atomic>

#include "base/clock.h"
#include "pipeline/attention.h"
#include "pipeline/outputs.h"
#include "pipeline/watch_schedule.h"

namespace scrim {

class SleepControl {
 public:
  /// Without an Attention a run is always live.
  SleepControl(Attention* attention, bool always_on)
      : attention_(attention), always_on_(always_on) {}

  bool may_sleep() const { return attention_; }
  /// Looks, when it is time to, whether anybody looks.
  Attention::State attend(Outputs& outputs);
  bool asleep() const { return attention_ && attention_->asleep(); }
  Clock::time_point next_look() const { return schedule_.next_look(); }
  /// Whether it never sleeps, whoever looks.
  void stay_on(bool always_on) { always_on_ = always_on; }

  /// Somebody may have come. Whether attend() had better be called now: awake, they are seen soon
  /// enough. Thread-safe.
  bool ring();

 private:
  Attention* const attention_;
  bool always_on_;
  WatchSchedule schedule_{Clock::now(), Sink::kUsualLinger};
  std::atomic<bool> rung_ = false;
};

}  // namespace scrim
