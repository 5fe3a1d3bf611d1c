// Tested by tests/pipeline/pipeline_test.cpp.
#include "pipeline/pipeline.h"

#include <algorithm>
#include <thread>

#include "image/convert.h"
#include "image/scale.h"
#include "pipeline/belt.h"

namespace scrim {
namespace {

// Readers that saw nothing for this many frame periods get the last picture again.
constexpr double kPatience = 1.5;
// Who changes something waits so long for the next picture; paused or asleep, too, one comes within
// a second.
constexpr Clock::duration kLongestChange = std::chrono::seconds(5);
// Offline: how soon a run that is told to end does, whatever it waits for.
constexpr Clock::duration kBetweenLooks = std::chrono::milliseconds(200);

}  // namespace

/// A size that some sinks want and the pipeline does not have: scaled and cut once for all of them.
struct Pipeline::Output {
  Size size;
  Image picture;
  Matte matte;
  Image person;  // empty unless a sink cuts out
};

/// What readers see.
struct Pipeline::Show {
  std::unique_ptr<Frame> shown;  // null: the pause picture is, or nothing yet
  ConstPlane matte;              // of picture_
  bool paused = false;
  Clock::time_point arrived = Clock::now();
  Clock::time_point written = arrived;
  Clock::time_point due = arrived + kPauseAfter;  // when readers need a picture, old or new
};

Pipeline::Pipeline(Stages stages, Pacing pacing)
    : stages_(std::move(stages)),
      pacing_(pacing),
      watch_schedule_(Clock::now(), Sink::kUsualLinger) {
  belt_ = std::make_unique<Belt>(pacing, stages_.source->size());
  make_room(relay());
  const Size own = stages_.source->size();
  picture_ = Image(own);
  pause_ = std::make_unique<Frame>(own);
  fill(pause_->matte.view(), 0);
  fill(pause_->camera.view(), Yuv{});
  if (stages_.pause.size() == own) copy(std::as_const(stages_.pause).view(), pause_->camera.view());
  std::vector<const Sink*> sinks;
  for (const auto& sink : stages_.sinks) sinks.push_back(sink.get());
  outlets_ = make_outlets(own, sinks);
  if (pacing == Pacing::kLive && stages_.attention)
    for (const auto& sink : stages_.sinks) sink->when_visited([this] { ring(); });
}

Pipeline::Outlets Pipeline::make_outlets(Size own, const std::vector<const Sink*>& sinks) {
  Outlets made;
  const bool cuts_out = std::ranges::any_of(sinks, &Sink::cuts_out);
  if (cuts_out) made.person = Image(own);
  for (const Sink* const sink : sinks) {
    const Size size = sink->size();
    const bool known = std::ranges::find(made.scaled, size, &Output::size) != made.scaled.end();
    if (size != own && !known)
      made.scaled.push_back({size, Image(size), Matte(size), cuts_out ? Image(size) : Image()});
  }
  return made;
}

Pipeline::~Pipeline() {
  stages_.sinks.clear();  // first, as they ring; and so may segmenters
  stages_.segmenter.reset();
}

Stats::Snapshot Pipeline::stats() const {
  return stats_.snapshot();
}

Pipeline::Progress Pipeline::progress() const {
  return {captures_, captured_, matted_, shows_};
}

Expected<void> Pipeline::run(const std::atomic<bool>& stop) {
  Belt& belt = *belt_;
  {
    std::jthread capturing([&] { capture(belt, stop); });
    std::jthread matting([&] { matte(belt); });
    ::pthread_setname_np(capturing.native_handle(), "scrim-capture");
    ::pthread_setname_np(matting.native_handle(), "scrim-matte");
    compose(belt, stop);
    std::lock_guard lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }
  if (belt.error && pacing_ == Pacing::kOffline) return std::unexpected(*belt.error);
  const auto closed = close_sinks();
  return belt.error ? std::unexpected(*belt.error) : closed;
}

/// All that are sound, whatever became of the others; the first failure.
Expected<void> Pipeline::close_sinks() {
  Expected<void> all;
  for (const auto& sink : stages_.sinks) {
    if (sink.get() == broken_) continue;
    auto ok = sink->close();
    if (!ok && all) all = std::move(ok);
    stats_.pictures_left_out(sink->left_out());
  }
  return all;
}

void Pipeline::capture(Belt& belt, const std::atomic<bool>& stop) {
  while (!stop && !belt.failed) {
    auto frame = belt.take_free();
    ++captures_;
    {
      StageTimer timer(stats_, Stage::kCapture);
      auto captured = stages_.source->read(frame->camera.view());
      stats_.damaged_so_far(stages_.source->damaged());
      if (!captured) {
        belt.give_back(std::move(frame));
        if (captured.error().code == Errc::kTimeout) continue;
        if (captured.error().code != Errc::kEndOfStream) belt.fail(captured.error());
        break;
      }
      frame->captured = *captured;
      frame->changes = stages_.source->changes();
    }
    ++captured_;
    if (auto left = belt.captured.put(std::move(frame))) {
      stats_.frame_dropped();
      belt.give_back(*std::move(left));
    }
  }
  belt.captured.close();
}

ConstPlane Pipeline::show(const Frame& frame) {
  return stages_.composer.compose(frame.camera.view(), frame.matte.view(), frame.captured,
                                  {picture_.view(), outlets_.person.view()}, stats_);
}

/// Nothing of the camera's stays in what sinks get to see.
ConstPlane Pipeline::show_pause() {
  pause_->captured = Clock::now();
  copy(pause_->camera.view(), picture_.view());
  const ImageView person = outlets_.person.view();
  if (person.size() != Size{}) copy(pause_->camera.view(), person);
  return pause_->matte.view();
}

/// Awake, who comes is seen soon enough.
void Pipeline::ring() {
  if (!stages_.attention->asleep()) return;
  rung_ = true;
  nudge();
}

/// Looks, now and then, whether anybody looks.
Attention::State Pipeline::attend() {
  if (!stages_.attention) return Attention::State::kLive;
  const auto now = Clock::now();
  if (rung_.exchange(false)) watch_schedule_.rung(now);
  if (stages_.always_on) {
    if (stages_.attention->asleep()) stages_.attention->sleep(false);
  } else if (now >= watch_schedule_.next_look()) {
    // Each is asked, as some learn by being asked.
    Clock::duration linger{};
    for (const auto& sink : stages_.sinks)
      if (sink->watched()) linger = std::max(linger, sink->linger());
    watch_schedule_.looked(now, linger);
    if (stages_.attention->asleep() == watch_schedule_.awake())
      stages_.attention->sleep(!watch_schedule_.awake());
  }
  return stages_.attention->state();
}

/// Sinks that come begin to ring, and get what they need beside the picture.
void Pipeline::prepare(std::vector<NewSink>& sinks) {
  std::vector<const Sink*> all;
  for (NewSink& each : sinks) {
    if (each.sink && stages_.attention) each.sink->when_visited([this] { ring(); });
    all.push_back(each.sink ? each.sink.get() : stages_.sinks[each.kept].get());
  }
  new_outlets_ = make_outlets(picture_.size(), all);
  new_sinks_.clear();
  new_sinks_.resize(sinks.size());
}

/// Leaves those that go in new_sinks_.
void Pipeline::take_sinks(std::vector<NewSink>& sinks) {
  for (std::size_t i = 0; i < sinks.size(); ++i)
    std::swap(new_sinks_[i], sinks[i].sink ? sinks[i].sink : stages_.sinks[sinks[i].kept]);
  std::swap(new_sinks_, stages_.sinks);
  std::swap(new_outlets_, outlets_);
}

Expected<std::vector<std::unique_ptr<Sink>>> Pipeline::change(NewStages stages) {
  std::optional<NewStages> old = std::move(stages);
  std::vector<std::unique_ptr<Sink>> gone;
  {
    std::unique_lock lock(mutex_);
    if (old->sinks) prepare(*old->sinks);
    std::swap(new_stages_, old);
    taken_ = false;
    belt_->matted.nudge();
    changed_.wait_for(lock, kLongestChange, [this] { return taken_ || over_; });
    old = std::exchange(new_stages_, std::nullopt);
    gone.swap(new_sinks_);
    if (!taken_) return fail(Errc::kSystem, "the run makes no pictures; nothing has changed");
  }
  std::erase(gone, nullptr);
  for (const auto& sink : gone) stats_.pictures_left_out(sink->left_out());
  return gone;
}

void Pipeline::nudge() {
  belt_->matted.nudge();
}

/// Whether there were any. Allocates nothing.
bool Pipeline::take_new_stages() {
  {
    std::lock_guard lock(mutex_);
    if (!new_stages_ || taken_) return false;
    if (auto& look = new_stages_->look) {
      look->composer.adopt(stages_.composer);
      std::swap(stages_.composer, look->composer);
      copy(std::as_const(look->pause).view(), pause_->camera.view());
    }
    if (auto& sinks = new_stages_->sinks) take_sinks(*sinks);
    if (const auto always_on = new_stages_->always_on) stages_.always_on = *always_on;
    taken_ = true;
  }
  changed_.notify_all();
  return true;
}

/// Makes picture_ what is to be seen now. Whether sinks get it: asleep, they seldom do.
bool Pipeline::update(Belt& belt, Show& show, std::unique_ptr<Frame> fresh) {
  const bool live = pacing_ == Pacing::kLive;
  const auto state = live ? attend() : Attention::State::kLive;
  const bool changed = live && take_new_stages();
  const auto now = Clock::now();
  if (fresh && state != Attention::State::kLive) belt.give_back(std::move(fresh));
  if (fresh) {
    show.arrived = now;
    show.matte = this->show(*fresh);
    if (show.shown) belt.give_back(std::move(show.shown));
    show.shown = std::move(fresh);
    show.paused = false;
    return true;
  }
  const bool pauses =
      state != Attention::State::kLive || !show.shown || now - show.arrived >= kPauseAfter;
  const bool begins = pauses && !show.paused;
  if (begins || (changed && show.paused)) show.matte = show_pause();
  if (begins) stats_.paused();
  if (begins && show.shown) belt.give_back(std::move(show.shown));
  show.paused |= pauses;
  if (changed && show.shown) show.matte = this->show(*show.shown);
  const bool sleeps = stages_.attention && stages_.attention->asleep();
  return begins || changed || !sleeps || now - show.written >= kAsleepPeriod;
}

/// Offline, where mattes are made in one way: whoever waits for one fails soon, and is not told of,
/// as this was the first failure.
void Pipeline::break_off(Belt& belt) {
  belt.fail({Errc::kSystem, "interrupted before the end; no unfinished file is kept"});
  if (Relay* const relay = this->relay()) relay->cancel();
  if (stages_.spans) stages_.spans->cancel();
}

void Pipeline::compose(Belt& belt, const std::atomic<bool>& stop) {
  const bool live = pacing_ == Pacing::kLive;
  const auto period = periods(*stages_.source, 1), patience = periods(*stages_.source, kPatience);
  Show show;
  while (true) {
    auto frame = belt.matted.take_until(live ? show.due : Clock::now() + kBetweenLooks);
    if (!live && stop) break_off(belt);
    if (!frame && belt.matted.drained()) break;
    if (!frame && !live) continue;
    const auto late = show.due;
    ++shows_;
    const bool writes = update(belt, show, frame ? *std::move(frame) : nullptr);
    shows_pause_ = show.paused;
    const bool fresh = show.arrived > show.written;
    if (writes) {
      write(belt, show.shown ? *show.shown : *pause_, show.matte);
      show.written = Clock::now();
      fresh ? stats_.frame_written(show.written - show.shown->captured) : stats_.frame_repeated();
    }
    const auto now = Clock::now();
    show.due = fresh ? now + patience : std::max(late + period, now);
    if (stages_.attention && stages_.attention->asleep())
      show.due = std::min(watch_schedule_.next_look(), show.written + kAsleepPeriod);
  }
}

void Pipeline::write(Belt& belt, const Frame& frame, ConstPlane matte) {
  StageTimer timer(stats_, Stage::kSinks);
  const ConstImageView person = std::as_const(outlets_.person).view();
  for (Output& output : outlets_.scaled) {
    scale_to_cover(std::as_const(picture_).view(), output.picture.view());
    scale(matte.crop(cover_crop(matte.size(), output.size)), output.matte.view());
    if (output.person.size() != Size{}) scale_to_cover(person, output.person.view());
  }
  for (const auto& sink : stages_.sinks) {
    Shot shot{frame.camera.view(), std::as_const(picture_).view(), matte, frame.captured, person};
    const auto scaled = std::ranges::find(outlets_.scaled, sink->size(), &Output::size);
    if (scaled != outlets_.scaled.end()) {
      shot.picture = scaled->picture.view();
      shot.matte = scaled->matte.view();
      shot.person = scaled->person.view();
    }
    if (auto ok = sink->write(shot); !ok) {
      broken_ = sink.get();
      return belt.fail(ok.error());
    }
  }
}

}  // namespace scrim
