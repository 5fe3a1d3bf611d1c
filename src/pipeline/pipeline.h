// The threads that carry frames from a Source through Matting and a Composer to Sinks.
//
//   capture --mailbox--> matte --mailbox--> compose      each arrow hands over a whole Frame
//
// A Frame has one owner at a time, so a matte is only ever applied to the picture it was made from.
// Live: one slot per mailbox, the newest wins, and compose repeats the last picture when no new one
// comes in time, so that readers see a steady rate; after a second without a new one it shows the
// pause picture. So it does at once when it is told to pause, or no sink is watched any more; then
// once a second. Offline: hand-over waits, no frame is dropped. A frame without a matte is shown
// with nobody in it, never with the bare room. While whoever makes mattes elsewhere is gone, there
// are no pictures; offline that ends the run.
//
// Each thread is a class that owns what it works with: CaptureLoop, MatteLoop, ComposeLoop. They
// share FrameQueues and Stats, and nothing else.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "pipeline/capture_loop.h"
#include "pipeline/compose_loop.h"
#include "pipeline/frame_queues.h"
#include "pipeline/matte_loop.h"
#include "pipeline/stages.h"
#include "pipeline/stats.h"

namespace scrim {

class Pipeline {
 public:
  /// How often each thread of a run has come round. Live, capture and compose do so every second,
  /// whatever the camera does; matte as often as it is given pictures.
  struct Progress {
    std::uint64_t captures = 0, captured = 0, matted = 0, shows = 0;
    bool operator==(const Progress&) const = default;
  };

  Pipeline(Stages stages, Pacing pacing);

  /// Carries frames until the stream ends, `stop` turns true (looked at before every capture, at
  /// least once a second; a signal handler may set it) or a stage fails for good; then closes the
  /// sinks, each whatever becomes of the others. An error of the source or a sink, and offline a
  /// stop: half a recording is none, so offline no sink is closed then, and nothing half-written
  /// stays. Live only the broken one is not. Blocks; call once.
  Expected<void> run(const std::atomic<bool>& stop);

  /// Thread-safe.
  Stats::Snapshot stats() const { return stats_.snapshot(); }
  /// Thread-safe.
  Progress progress() const;
  /// Whether readers see the pause picture now, for whatever reason. Thread-safe.
  bool shows_pause() const { return compose_.shows_pause(); }
  /// Shows the new stages from the next picture on; parts of a look whose Spec has not changed go
  /// on. Gives the sinks that have gone, which nobody has closed; the old look dies on the caller's
  /// thread. Waits for that picture; kSystem: none comes, and nothing has changed. Any thread, one
  /// call at a time.
  Expected<std::vector<std::unique_ptr<Sink>>> change(NewStages stages);
  /// The next matte is made so. What was dies on the caller's thread. Any thread.
  void change(NewMatting matting) { matte_.change(std::move(matting)); }
  /// Lets a run that waits look at its Attention now. Thread-safe.
  void nudge() { queues_.matted.nudge(); }

 private:
  void break_off();

  const Pacing pacing_;
  const Clock::duration period_;  // from one picture of the source to the next, nominal
  Stats stats_;                   // thread-safe
  FrameQueues queues_;            // thread-safe
  CaptureLoop capture_;
  MatteLoop matte_;      // after queues_: a segmenter may ring to the end
  ComposeLoop compose_;  // likewise its sinks
};

}  // namespace scrim
