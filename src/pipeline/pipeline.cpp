// Tested by tests/pipeline/pipeline_test.cpp.
#include "pipeline/pipeline.h"

#include <thread>
#include <utility>

namespace scrim {

/// Each of the stages goes to the thread that works with it.
Pipeline::Pipeline(Stages stages, Pacing pacing)
    : pacing_(pacing),
      period_(std::chrono::round<Clock::duration>(Seconds(1 / stages.source->fps()))),
      queues_(pacing, stages.source->size()),
      capture_(std::move(stages.source), queues_, stats_),
      matte_({std::move(stages.segmenter), std::move(stages.matting), std::move(stages.lighter)},
             std::move(stages.spans), pacing, period_, queues_, stats_),
      compose_(std::move(stages), pacing, period_, queues_, stats_) {}

Pipeline::Progress Pipeline::progress() const {
  return {capture_.captures(), capture_.captured(), matte_.matted(), compose_.shows()};
}

Expected<void> Pipeline::run(const std::atomic<bool>& stop) {
  {
    std::jthread capturing([&] { capture_.run(stop); });
    std::jthread matting([&] { matte_.run(); });
    ::pthread_setname_np(capturing.native_handle(), "scrim-capture");
    ::pthread_setname_np(matting.native_handle(), "scrim-matte");
    compose_.run(stop, [this] { break_off(); });
  }
  const auto error = queues_.error();
  if (error && pacing_ == Pacing::kOffline) return std::unexpected(*error);
  const auto closed = compose_.close();
  return error ? std::unexpected(*error) : closed;
}

Expected<std::vector<std::unique_ptr<Sink>>> Pipeline::change(NewStages stages) {
  return compose_.change(std::move(stages));
}

/// Offline, when it is told to stop: whoever waits for a matte fails soon, and is not told of, as
/// this was the first failure.
void Pipeline::break_off() {
  queues_.fail({Errc::kSystem, "interrupted before the end; no unfinished file is kept"});
  matte_.cancel();
}

}  // namespace scrim
