// The second thread of a run: makes the matte of each picture, and hands both on.
//
// Mattes are made here, or elsewhere, by a segmenter with a Relay: then several pictures are on
// their way at once, each in its own Frame. Live, the lighter segmenter takes the other's place
// while the computer is too slow. Owns all that makes mattes. One thread calls run(); any may call
// change(), cancel() and matted(). run() and change() meet under one lock, which is held while a
// matte is made.
//
// A picture whose matte cannot be made is handed on with nobody in it. But where whoever makes
// mattes is gone (kDisconnected), and where mattes are made in spans, it is left out; offline that
// ends the run.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "pipeline/effort_control.h"
#include "pipeline/frame_queues.h"
#include "pipeline/span_mattes.h"
#include "pipeline/stages.h"
#include "pipeline/stats.h"

namespace scrim {

class MatteLoop {
 public:
  /// `spans`, if there are any, make the mattes instead. `period`: from one picture to the next.
  MatteLoop(NewMatting way, std::unique_ptr<SpanMattes> spans, Pacing pacing,
            Clock::duration period, FrameQueues& queues, Stats& stats);

  /// Until no picture comes any more, or the run has failed.
  void run();

  /// The next matte is made so; what was dies on the caller's thread. Waits for the matte that is
  /// being made.
  void change(NewMatting way);
  /// Offline, where mattes are made in one way: the one that is being made fails soon, and all that
  /// follow.
  void cancel();
  /// Mattes that were made, or failed.
  std::uint64_t matted() const { return matted_; }

 private:
  void prepare_for(Relay* relay);
  Relay* relay() const;
  bool is_due();
  void send(FramePtr frame);
  void send_again(Relay& relay);
  void finish_oldest();
  Expected<void> make(Frame& frame);
  void choose_effort(Clock::time_point now, Clock::duration took);
  void hand_on(FramePtr frame, const Expected<void>& made);

  const Pacing pacing_;
  const Clock::duration period_;
  FrameQueues& queues_;
  Stats& stats_;
  std::atomic<std::uint64_t> matted_ = 0;

  std::vector<FramePtr> away_;  // run()'s thread: those without a matte yet, oldest first
  std::uint64_t away_in_ = 0;   // run()'s thread: ways_, when they were sent
  const std::unique_ptr<SpanMattes> spans_;  // run()'s thread, but for cancel()

  std::mutex mutex_;           // held while a matte is made
  NewMatting way_;             // guarded by mutex_
  std::uint64_t ways_ = 0;     // guarded by mutex_: how often way_ has changed
  EffortControl effort_;       // guarded by mutex_
  std::uint64_t changes_ = 0;  // guarded by mutex_: of the source, at the last matte
};

}  // namespace scrim
