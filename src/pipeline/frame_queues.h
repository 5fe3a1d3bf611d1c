// All that the threads of a run share, but for figures: the frames, the two places where one thread
// leaves a frame for the next, and whether the run has failed. Thread-safe.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/mailbox.h"
#include "image/image.h"
#include "pipeline/frame_pool.h"

namespace scrim {

class FrameQueues {
 public:
  /// One in each of three threads' hands, one in each of two mailboxes, and the one that was shown
  /// last: the pool is never empty when capture asks.
  static constexpr std::size_t kFrames = 6;

  FrameQueues(Pacing pacing, Size size) : captured(pacing), matted(pacing), pool(size, kFrames) {}

  /// Ends the run; the first failure is the one that is told.
  void fail(Error why) {
    {
      std::lock_guard lock(mutex_);
      if (!error_) error_ = std::move(why);
    }
    failed_ = true;
    captured.close();
    matted.close();
  }
  bool failed() const { return failed_; }
  std::optional<Error> error() const {
    std::lock_guard lock(mutex_);
    return error_;
  }

  Mailbox<FramePtr> captured;  // from capture to matte
  Mailbox<FramePtr> matted;    // from matte to compose
  FramePool pool;

 private:
  std::atomic<bool> failed_ = false;
  mutable std::mutex mutex_;
  std::optional<Error> error_;  // guarded by mutex_
};

}  // namespace scrim
