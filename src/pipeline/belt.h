// What the threads of a Pipeline's run share; for its own files alone.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/mailbox.h"
#include "pipeline/pipeline.h"

namespace scrim {

/// How long it takes until so many pictures are due.
inline Clock::duration periods(const Source& source, double count) {
  return std::chrono::round<Clock::duration>(Seconds(count / source.fps()));
}

struct Pipeline::Frame {
  explicit Frame(Size size) : camera(size), matte(size) {}
  Image camera;
  Matte matte;
  Clock::time_point captured;
  Clock::time_point sent;     // to where its matte is made, if that is elsewhere
  std::uint64_t changes = 0;  // of the source, when it was captured
};

/// What the threads of one run share.
struct Pipeline::Belt {
  using FramePtr = std::unique_ptr<Frame>;

  Belt(Pacing pacing, Size size_) : captured(pacing), matted(pacing), size(size_) {}

  /// So many frames go round, or more.
  void have(std::size_t wanted) {
    std::lock_guard lock(mutex);
    for (; frames < wanted; ++frames) free.push_back(std::make_unique<Frame>(size));
  }

  FramePtr take_free() {
    std::lock_guard lock(mutex);
    FramePtr frame = std::move(free.back());
    free.pop_back();
    return frame;
  }

  void give_back(FramePtr frame) {
    std::lock_guard lock(mutex);
    free.push_back(std::move(frame));
  }

  /// Ends the run; the first failure is the one that is told.
  void fail(Error why) {
    {
      std::lock_guard lock(mutex);
      if (!error) error = std::move(why);
    }
    failed = true;
    captured.close();
    matted.close();
  }

  Mailbox<FramePtr> captured, matted;
  std::atomic<bool> failed = false;
  const Size size;
  std::mutex mutex;
  std::size_t frames = 0;      // guarded by mutex
  std::vector<FramePtr> free;  // guarded by mutex
  std::optional<Error> error;  // guarded by mutex
};

}  // namespace scrim
