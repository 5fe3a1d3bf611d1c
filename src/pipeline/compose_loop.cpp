// Tested by tests/pipeline/pipeline_test.cpp, attention_test.cpp and change_test.cpp.
#include "pipeline/compose_loop.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "image/convert.h"

namespace scrim {
namespace {

// Readers that saw nothing for this many periods get the last picture again.
constexpr double kPatience = 1.5;
// Who changes something waits so long for the next picture; paused or asleep, too, one comes within
// a second.
constexpr Clock::duration kLongestChange = std::chrono::seconds(5);
// Offline: how soon a run that is told to end does, whatever it waits for.
constexpr Clock::duration kBetweenLooks = std::chrono::milliseconds(200);

}  // namespace

/// Made real by who asks for it; holds what was, once it has been taken.
struct ComposeLoop::Change {
  std::optional<NewLook> look;
  std::optional<Outputs::Change> outputs;
  std::optional<bool> always_on;
};

ComposeLoop::ComposeLoop(Stages stages, Pacing pacing, Clock::duration period, FrameQueues& queues,
                         Stats& stats)
    : pacing_(pacing),
      period_(period),
      queues_(queues),
      stats_(stats),
      composer_(std::move(stages.composer)),
      pause_(queues.pool.size()),
      sleep_(pacing == Pacing::kLive ? stages.attention : nullptr, stages.always_on),
      outputs_(queues.pool.size(), std::move(stages.sinks), bell()) {
  fill(pause_.matte.view(), 0);
  fill(pause_.camera.view(), Yuv{});
  if (stages.pause.size() == queues.pool.size())
    copy(std::as_const(stages.pause).view(), pause_.camera.view());
}

/// None in a run that never sleeps: sinks then need not watch who comes.
std::function<void()> ComposeLoop::bell() {
  if (!sleep_.may_sleep()) return nullptr;
  return [this] {
    if (sleep_.ring()) queues_.matted.nudge();
  };
}

void ComposeLoop::run(const std::atomic<bool>& stop, const std::function<void()>& break_off) {
  const bool live = pacing_ == Pacing::kLive;
  shown_ = {};
  while (true) {
    auto frame = queues_.matted.take_until(live ? shown_.due : Clock::now() + kBetweenLooks);
    if (!live && stop) break_off();
    if (!frame && queues_.matted.drained()) break;
    if (frame || live) show_next(frame ? *std::move(frame) : nullptr);
  }
  shown_.frame.reset();  // the camera's last picture does not outlive the run
  std::lock_guard lock(mutex_);
  over_ = true;
  changed_.notify_all();
}

/// Null: none has come in time, or there is something else to see to.
void ComposeLoop::show_next(FramePtr next) {
  const auto late = shown_.due;
  ++shows_;
  const bool writes = update(std::move(next));
  shows_pause_ = shown_.pause;
  const bool fresh = shown_.arrived > shown_.written;
  if (writes) {
    write();
    shown_.written = Clock::now();
    fresh ? stats_.frame_written(shown_.written - shown_.frame->captured) : stats_.frame_repeated();
  }
  shown_.due = next_due(late, fresh);
}

Clock::time_point ComposeLoop::next_due(Clock::time_point late, bool fresh) const {
  if (sleep_.asleep()) return std::min(sleep_.next_look(), shown_.written + kAsleepPeriod);
  const auto now = Clock::now();
  return fresh ? now + std::chrono::round<Clock::duration>(kPatience * period_)
               : std::max(late + period_, now);
}

/// Puts on the canvas what is to be seen now. Whether sinks get it: asleep, they seldom do.
bool ComposeLoop::update(FramePtr fresh) {
  const bool live = sleep_.attend(outputs_) == Attention::State::kLive;
  const bool changed = pacing_ == Pacing::kLive && take_change();
  const auto now = Clock::now();
  if (fresh && live) {
    show(std::move(fresh), now);
    return true;
  }
  if (fresh) queues_.pool.give_back(std::move(fresh));
  return show_on(!live, changed, now);
}

void ComposeLoop::show(FramePtr fresh, Clock::time_point now) {
  shown_.arrived = now;
  shown_.matte = compose(*fresh);
  if (shown_.frame) queues_.pool.give_back(std::move(shown_.frame));
  shown_.frame = std::move(fresh);
  shown_.pause = false;
}

/// There is no new picture.
bool ComposeLoop::show_on(bool paused, bool changed, Clock::time_point now) {
  const bool pauses = paused || !shown_.frame || now - shown_.arrived >= kPauseAfter;
  const bool begins = pauses && !shown_.pause;
  if (begins || (changed && shown_.pause)) shown_.matte = compose_pause();
  if (begins) stats_.paused();
  if (begins && shown_.frame) queues_.pool.give_back(std::move(shown_.frame));
  shown_.pause |= pauses;
  if (changed && shown_.frame) shown_.matte = compose(*shown_.frame);
  return begins || changed || !sleep_.asleep() || now - shown_.written >= kAsleepPeriod;
}

ConstPlane ComposeLoop::compose(const Frame& frame) {
  return composer_.compose(frame.camera.view(), frame.matte.view(), frame.captured,
                           outputs_.canvas(), stats_);
}

/// Nothing of the camera's stays in what sinks get to see.
ConstPlane ComposeLoop::compose_pause() {
  pause_.captured = Clock::now();
  const ConstImageView picture = std::as_const(pause_.camera).view();
  const Composed canvas = outputs_.canvas();
  copy(picture, canvas.picture);
  if (canvas.person.size() != Size{}) copy(picture, canvas.person);
  return std::as_const(pause_.matte).view();
}

void ComposeLoop::write() {
  StageTimer timer(stats_, Stage::kSinks);
  const Frame& frame = shown_.frame ? *shown_.frame : pause_;
  if (auto ok = outputs_.write(frame, shown_.matte); !ok) queues_.fail(std::move(ok).error());
}

Expected<std::vector<std::unique_ptr<Sink>>> ComposeLoop::change(NewStages stages) {
  Change change{std::move(stages.look), {}, stages.always_on};
  if (stages.sinks) change.outputs = outputs_.prepare(*std::move(stages.sinks));
  {
    std::unique_lock lock(mutex_);
    wanted_ = &change;
    queues_.matted.nudge();
    changed_.wait_for(lock, kLongestChange, [this] { return !wanted_ || over_; });
    if (std::exchange(wanted_, nullptr))
      return fail(Errc::kSystem, "the run makes no pictures; nothing has changed");
  }
  std::vector<std::unique_ptr<Sink>> gone;
  if (change.outputs) gone.swap(change.outputs->sinks);
  std::erase(gone, nullptr);
  for (const auto& sink : gone) stats_.pictures_left_out(sink->left_out());
  return gone;
}

/// Whether there was one. Allocates nothing.
bool ComposeLoop::take_change() {
  {
    std::lock_guard lock(mutex_);
    if (!wanted_) return false;
    Change& change = *std::exchange(wanted_, nullptr);
    if (auto& look = change.look) {
      look->composer.adopt(composer_);
      std::swap(composer_, look->composer);
      copy(std::as_const(look->pause).view(), pause_.camera.view());
    }
    if (change.outputs) outputs_.exchange(*change.outputs);
    if (const auto always_on = change.always_on) sleep_.stay_on(*always_on);
  }
  changed_.notify_all();
  return true;
}

}  // namespace scrim
