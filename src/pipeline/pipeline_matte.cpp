// The thread between capture and compose, and how what it does can change.
// Tested by tests/pipeline/relay_test.cpp and pipeline_test.cpp.
#include <algorithm>
#include <utility>
#include <vector>

#include "pipeline/belt.h"
#include "pipeline/pipeline.h"

namespace scrim {
namespace {

// One in each of three threads' hands, one in each of two mailboxes, and the one that was shown
// last: the pool is never empty when capture asks.
constexpr std::size_t kFrames = 6;

}  // namespace

/// For the frames whose pictures are elsewhere.
void Pipeline::make_room(Relay* relay) {
  belt_->have(kFrames + (relay ? relay->capacity() : 0));
  if (relay) relay->when_answered([&captured = belt_->captured] { captured.nudge(); });
}

void Pipeline::save_effort(bool saves) {
  std::swap(stages_.segmenter, stages_.lighter);
  ++matting_;
  stages_.matting.take_effort(saves ? Effort::kLow : Effort::kNormal);
  stats_.effort_saved(saves);
}

/// Frames on their way to a segmenter that works elsewhere, oldest first. The matte's thread only.
struct Pipeline::Away {
  std::vector<Belt::FramePtr> frames;
  std::uint64_t matting = 0;  // the one that they were sent through
};

/// Null where mattes are made here.
Relay* Pipeline::relay() const {
  return stages_.segmenter ? stages_.segmenter->relay() : nullptr;
}

/// A picture that a segmenter works on elsewhere goes off at once, others follow while there is
/// room; whichever answer is there is taken. Once the run has failed nothing goes anywhere.
void Pipeline::matte(Belt& belt) {
  Away away;
  while (!belt.failed && (!belt.captured.drained() || !away.frames.empty())) {
    const bool due = is_due(belt, away);
    auto frame = due                   ? std::nullopt
                 : away.frames.empty() ? belt.captured.take()
                                       : belt.captured.take_until(Clock::time_point::max());
    if (frame && belt.failed)
      belt.give_back(*std::move(frame));
    else if (frame)
      send(away, *std::move(frame));
    if (due) make_matte(belt, away);
  }
  for (auto& frame : away.frames) belt.give_back(std::move(frame));
  belt.matted.close();
}

/// Whether there is nothing to do but to take the oldest one's matte.
bool Pipeline::is_due(Belt& belt, Away& away) {
  if (away.frames.empty()) return false;
  std::lock_guard lock(matting_mutex_);
  Relay* const relay = this->relay();
  if (relay && away.matting != matting_) send_again(away, *relay);
  return !relay || relay->answered() || away.frames.size() >= relay->capacity() ||
         belt.captured.drained();
}

void Pipeline::send(Away& away, std::unique_ptr<Frame> frame) {
  std::lock_guard lock(matting_mutex_);
  frame->sent = Clock::now();
  if (Relay* const relay = this->relay()) {
    if (away.frames.empty()) away.matting = matting_;
    if (away.matting == matting_) relay->send(std::as_const(frame->camera).view());
  }
  away.frames.push_back(std::move(frame));
}

/// Mattes are made in another way now.
void Pipeline::send_again(Away& away, Relay& relay) {
  away.matting = matting_;
  for (std::size_t i = 0; i < std::min(away.frames.size(), relay.capacity()); ++i)
    relay.send(std::as_const(away.frames[i]->camera).view());
}

/// Of the oldest frame.
void Pipeline::make_matte(Belt& belt, Away& away) {
  auto frame = std::move(away.frames.front());
  away.frames.erase(away.frames.begin());
  std::unique_lock matting(matting_mutex_);
  if (std::exchange(changes_, frame->changes) != frame->changes) stages_.matting.reset();
  const auto begin = Clock::now();
  Expected<void> made;
  const bool relayed = relay() != nullptr;
  {
    StageTimer timer(stats_, Stage::kMatte);
    const ConstImageView picture = std::as_const(frame->camera).view();
    const Plane out = frame->matte.view();
    made = stages_.spans ? stages_.spans->make(picture, frame->captured, out)
                         : stages_.matting.make(picture, frame->captured, *stages_.segmenter, out);
  }
  ++matted_;
  const auto now = Clock::now();
  if (made)
    stats_.matte_made(relayed ? std::optional(now - frame->sent) : std::nullopt);
  else
    stats_.matte_failed(made.error().what);
  if (stages_.lighter && effort_.took(now, now - begin, periods(*stages_.source, 1)))
    save_effort(effort_.saves());
  matting.unlock();
  if (!made) fill(frame->matte.view(), 0);
  hand_on(belt, std::move(frame), made);
}

/// Shown with nobody in it if there is no matte; but if whoever makes them is gone, that is no
/// picture, and offline, as with spans, the end.
void Pipeline::hand_on(Belt& belt, std::unique_ptr<Frame> frame, const Expected<void>& made) {
  if (!made && (stages_.spans || made.error().code == Errc::kDisconnected)) {
    if (pacing_ == Pacing::kOffline) belt.fail(made.error());
    return belt.give_back(std::move(frame));
  }
  if (auto left = belt.matted.put(std::move(frame))) {
    stats_.frame_dropped();
    belt.give_back(*std::move(left));
  }
}

void Pipeline::change(NewMatting next) {
  make_room(next.segmenter->relay());
  std::lock_guard lock(matting_mutex_);
  ++matting_;
  std::swap(stages_.segmenter, next.segmenter);
  std::swap(stages_.matting, next.matting);
  std::swap(stages_.lighter, next.lighter);
  effort_ = {};
  stats_.effort_saved(false);
}

}  // namespace scrim
