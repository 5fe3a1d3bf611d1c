// The last thread of a run: composes each picture with its matte, and writes what readers see.
//
// Live readers get a picture at a steady rate: the last one again when no new one comes in time,
// the pause picture when none has come for kPauseAfter, while the run is paused, and, once in
// kAsleepPeriod, while nobody looks. Offline every picture is shown once.
//
// Owns the Composer and the sinks. One thread calls run(); any may call change(), shows() and
// shows_pause(). A change is made ready by who asks for it, and takes its place between two
// pictures, under the only lock. What a sink fails with ends the run.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "image/image.h"
#include "pipeline/composer.h"
#include "pipeline/frame_queues.h"
#include "pipeline/outputs.h"
#include "pipeline/sleep_control.h"
#include "pipeline/stages.h"
#include "pipeline/stats.h"

namespace scrim {

class ComposeLoop {
 public:
  static constexpr Clock::duration kPauseAfter = std::chrono::seconds(1);
  static constexpr Clock::duration kAsleepPeriod = std::chrono::seconds(1);

  /// Takes what it needs of `stages`: composer, sinks, pause, attention, always_on. `period`: from
  /// one picture to the next.
  ComposeLoop(Stages stages, Pacing pacing, Clock::duration period, FrameQueues& queues,
              Stats& stats);

  /// Until no picture comes any more. Offline calls `break_off` when `stop` has turned true, until
  /// that is so.
  void run(const std::atomic<bool>& stop, const std::function<void()>& break_off);
  /// After run(). As Outputs::close().
  Expected<void> close() { return outputs_.close(stats_); }

  /// As Pipeline::change(). Any thread, one call at a time.
  Expected<std::vector<std::unique_ptr<Sink>>> change(NewStages stages);
  /// How often it has come round. Thread-safe.
  std::uint64_t shows() const { return shows_; }
  /// Whether readers see the pause picture now. Thread-safe.
  bool shows_pause() const { return shows_pause_; }

 private:
  /// What readers see.
  struct Shown {
    FramePtr frame;    // null: the pause picture is, or nothing yet
    ConstPlane matte;  // of what is on the canvas
    bool pause = false;
    Clock::time_point arrived = Clock::now();  // the last picture
    Clock::time_point written = arrived;
    Clock::time_point due = arrived + kPauseAfter;  // when readers need a picture, old or new
  };
  struct Change;

  std::function<void()> bell();
  void show_next(FramePtr next);
  bool update(FramePtr fresh);
  void show(FramePtr fresh, Clock::time_point now);
  bool show_on(bool paused, bool changed, Clock::time_point now);
  ConstPlane compose(const Frame& frame);
  ConstPlane compose_pause();
  void write();
  Clock::time_point next_due(Clock::time_point late, bool fresh) const;
  bool take_change();

  const Pacing pacing_;
  const Clock::duration period_;
  FrameQueues& queues_;
  Stats& stats_;
  std::atomic<std::uint64_t> shows_ = 0;
  std::atomic<bool> shows_pause_ = false;

  // These and outputs_: run()'s thread, which holds mutex_ where a change takes their place.
  Shown shown_;
  Composer composer_;
  Frame pause_;  // the pause picture as if it had been captured, with nobody in it
  SleepControl sleep_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Change* wanted_ = nullptr;  // guarded by mutex_: of who waits in change()
  bool over_ = false;         // guarded by mutex_: no picture will come any more

  Outputs outputs_;  // last: its sinks ring until they are gone
};

}  // namespace scrim
