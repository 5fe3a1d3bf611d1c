// Tested by tests/pipeline/relay_test.cpp and pipeline_test.cpp.
#include "pipeline/matte_loop.h"

#include <algorithm>
#include <utility>

namespace scrim {

MatteLoop::MatteLoop(NewMatting way, std::unique_ptr<SpanMattes> spans, Pacing pacing,
                     Clock::duration period, FrameQueues& queues, Stats& stats)
    : pacing_(pacing),
      period_(period),
      queues_(queues),
      stats_(stats),
      spans_(std::move(spans)),
      way_(std::move(way)) {
  prepare_for(relay());
}

/// Frames for the pictures that will be elsewhere, and a bell for their answers.
void MatteLoop::prepare_for(Relay* relay) {
  if (!relay) return;
  queues_.pool.grow_to(FrameQueues::kFrames + relay->capacity());
  relay->when_answered([&captured = queues_.captured] { captured.nudge(); });
}

/// Null where mattes are made here. The mutex is held, or the way does not change.
Relay* MatteLoop::relay() const {
  return way_.segmenter ? way_.segmenter->relay() : nullptr;
}

/// A picture that a segmenter works on elsewhere goes off at once, others follow while there is
/// room; whichever answer is there is taken. Once the run has failed nothing goes anywhere.
void MatteLoop::run() {
  while (!queues_.failed() && (!queues_.captured.drained() || !away_.empty())) {
    const bool due = is_due();
    auto frame = due             ? std::nullopt
                 : away_.empty() ? queues_.captured.take()
                                 : queues_.captured.take_until(Clock::time_point::max());
    if (frame && queues_.failed())
      queues_.pool.give_back(*std::move(frame));
    else if (frame)
      send(*std::move(frame));
    if (due) finish_oldest();
  }
  for (auto& frame : away_) queues_.pool.give_back(std::move(frame));
  away_.clear();
  queues_.matted.close();
}

/// Whether there is nothing to do but to take the oldest one's matte.
bool MatteLoop::is_due() {
  if (away_.empty()) return false;
  std::lock_guard lock(mutex_);
  Relay* const relay = this->relay();
  if (relay && away_in_ != ways_) send_again(*relay);
  return !relay || relay->answered() || away_.size() >= relay->capacity() ||
         queues_.captured.drained();
}

void MatteLoop::send(FramePtr frame) {
  std::lock_guard lock(mutex_);
  frame->sent = Clock::now();
  if (Relay* const relay = this->relay()) {
    if (away_.empty()) away_in_ = ways_;
    if (away_in_ == ways_) relay->send(std::as_const(frame->camera).view());
  }
  away_.push_back(std::move(frame));
}

/// Mattes are made in another way now.
void MatteLoop::send_again(Relay& relay) {
  away_in_ = ways_;
  for (std::size_t i = 0; i < std::min(away_.size(), relay.capacity()); ++i)
    relay.send(std::as_const(away_[i]->camera).view());
}

void MatteLoop::finish_oldest() {
  auto frame = std::move(away_.front());
  away_.erase(away_.begin());
  const auto made = make(*frame);
  if (!made) fill(frame->matte.view(), 0);
  hand_on(std::move(frame), made);
}

Expected<void> MatteLoop::make(Frame& frame) {
  std::lock_guard lock(mutex_);
  if (std::exchange(changes_, frame.changes) != frame.changes) way_.matting.reset();
  const auto begin = Clock::now();
  const ConstImageView picture = std::as_const(frame.camera).view();
  Expected<void> made;
  {
    StageTimer timer(stats_, Stage::kMatte);
    made = spans_ ? spans_->make(picture, frame.captured, frame.matte.view())
                  : way_.matting.make(picture, frame.captured, *way_.segmenter, frame.matte.view());
  }
  ++matted_;
  const auto now = Clock::now();
  if (made)
    stats_.matte_made(relay() ? std::optional(now - frame.sent) : std::nullopt);
  else
    stats_.matte_failed(made.error().what);
  choose_effort(now, now - begin);
  return made;
}

/// After a matte that has taken `took`. The mutex is held.
void MatteLoop::choose_effort(Clock::time_point now, Clock::duration took) {
  if (!way_.lighter || !effort_.took(now, took, period_)) return;
  std::swap(way_.segmenter, way_.lighter);
  ++ways_;
  way_.matting.take_effort(effort_.saves() ? Effort::kLow : Effort::kNormal);
  stats_.effort_saved(effort_.saves());
}

void MatteLoop::hand_on(FramePtr frame, const Expected<void>& made) {
  if (!made && (spans_ || made.error().code == Errc::kDisconnected)) {
    if (pacing_ == Pacing::kOffline) queues_.fail(made.error());
    return queues_.pool.give_back(std::move(frame));
  }
  if (auto left = queues_.matted.put(std::move(frame))) {
    stats_.frame_dropped();
    queues_.pool.give_back(*std::move(left));
  }
}

void MatteLoop::change(NewMatting way) {
  prepare_for(way.segmenter->relay());
  std::lock_guard lock(mutex_);
  ++ways_;
  std::swap(way_, way);
  effort_ = {};
  stats_.effort_saved(false);
}

void MatteLoop::cancel() {
  if (Relay* const relay = this->relay()) relay->cancel();
  if (spans_) spans_->cancel();
}

}  // namespace scrim
