// The first thread of a run: reads pictures from the Source and hands them on.
//
// Owns the Source. One thread calls run(); any may look at the counts. What the Source fails with,
// but for its end and its kTimeout, ends the run.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "pipeline/frame_queues.h"
#include "pipeline/stats.h"
#include "sources/source.h"

namespace scrim {

class CaptureLoop {
 public:
  CaptureLoop(std::unique_ptr<Source> source, FrameQueues& queues, Stats& stats)
      : source_(std::move(source)), queues_(queues), stats_(stats) {}

  /// Until the stream ends, `stop` turns true (looked at before every picture) or the run has
  /// failed.
  void run(const std::atomic<bool>& stop);

  /// Pictures that were asked for, and those that came.
  std::uint64_t captures() const { return captures_; }
  std::uint64_t captured() const { return captured_; }

 private:
  Expected<void> read(Frame& frame);

  const std::unique_ptr<Source> source_;  // run()'s thread
  FrameQueues& queues_;
  Stats& stats_;
  std::atomic<std::uint64_t> captures_ = 0, captured_ = 0;
};

}  // namespace scrim
