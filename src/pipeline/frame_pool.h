// The frames that go round in a run: each is in one thread's hands, lies between two threads, or is
// here. All memory for pictures and mattes on their way is taken before the run begins, or when
// more may be on their way at once. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "image/image.h"

namespace scrim {

/// A picture with the matte that was made from it, and from no other. Who has it owns it.
struct Frame {
  explicit Frame(Size size) : camera(size), matte(size) {}

  Image camera;
  Matte matte;
  Clock::time_point captured;
  Clock::time_point sent;     // to where its matte is made, if that is elsewhere
  std::uint64_t changes = 0;  // of the source, when it was captured
};
using FramePtr = std::unique_ptr<Frame>;

class FramePool {
 public:
  FramePool(Size size, std::size_t frames) : size_(size) { grow_to(frames); }

  /// Of all pictures in the run.
  Size size() const { return size_; }
  /// So many frames go round, or more.
  void grow_to(std::size_t frames) {
    std::lock_guard lock(mutex_);
    for (; frames_ < frames; ++frames_) free_.push_back(std::make_unique<Frame>(size_));
  }

  /// There must be one.
  FramePtr take() {
    std::lock_guard lock(mutex_);
    FramePtr frame = std::move(free_.back());
    free_.pop_back();
    return frame;
  }

  void give_back(FramePtr frame) {
    std::lock_guard lock(mutex_);
    free_.push_back(std::move(frame));
  }

 private:
  const Size size_;
  std::mutex mutex_;
  std::size_t frames_ = 0;      // guarded by mutex_
  std::vector<FramePtr> free_;  // guarded by mutex_
};

}  // namespace scrim
