// Tested by tests/pipeline/pipeline_test.cpp.
#include "pipeline/capture_loop.h"

#include <utility>

namespace scrim {

void CaptureLoop::run(const std::atomic<bool>& stop) {
  while (!stop && !queues_.failed()) {
    auto frame = queues_.pool.take();
    ++captures_;
    if (auto ok = read(*frame); !ok) {
      queues_.pool.give_back(std::move(frame));
      if (ok.error().code == Errc::kTimeout) continue;
      if (ok.error().code != Errc::kEndOfStream) queues_.fail(ok.error());
      break;
    }
    ++captured_;
    if (auto left = queues_.captured.put(std::move(frame))) {
      stats_.frame_dropped();
      queues_.pool.give_back(*std::move(left));
    }
  }
  queues_.captured.close();
}

Expected<void> CaptureLoop::read(Frame& frame) {
  StageTimer timer(stats_, Stage::kCapture);
  auto captured = source_->read(frame.camera.view());
  stats_.damaged_so_far(source_->damaged());
  if (!captured) return std::unexpected(std::move(captured).error());
  frame.captured = *captured;
  frame.changes = source_->changes();
  return {};
}

}  // namespace scrim
