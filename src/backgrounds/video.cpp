// A video at its own timestamps, whatever the camera's rate. Its own thread decodes up to kAhead
// pictures before they are due; draw() takes the one whose time has come. When the file is
// replaced, the pictures of the new one are a new edition, and what is left of the old is passed
// over. Tested by tests/backgrounds/video_test.cpp.
#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "backgrounds/following.h"
#include "backgrounds/kinds.h"
#include "backgrounds/timeline.h"
#include "backgrounds/video_loop.h"
#include "base/producer.h"

namespace scrim {
namespace {

constexpr std::size_t kAhead = 8;
// A picture goes out when the moment is nearer to its time than to that of the one before, but
// never earlier than this: slow ones are not hurried.
constexpr double kMostEarly = 0.025;
constexpr double kTooLate = 1;  // then, live, it goes on from where the decoder is

class Video : public Background {
 public:
  Video(VideoLoop loop, Size size, const Playback& playback)
      : pacing_(playback.pacing),
        loop_(std::move(loop)),
        timeline_(pacing_),
        ahead_(slots(size), [this](Slot& slot) { return fill(slot); }) {}

  /// Whether there is a picture; waits for the first one.
  bool ready() { return ahead_.peek(0, Pacing::kOffline) != nullptr; }

  void follow_file(const std::string& path, Size size, const Framing& framing,
                   const Playback& playback) {
    watch_ = follow(path, playback,
                    {.load = [this, path, size, framing] { return replace(path, size, framing); },
                     .begun = [this] { stop_reading(); }});
  }

  Expected<bool> draw(ConstImageView, Clock::time_point now, ImageView out) override {
    const std::uint64_t edition = current_edition();
    Slot* slot = ahead_.peek(0, pacing_);
    while (slot && slot->edition != edition) slot = drop();
    if (!slot) return false;
    if (shown_edition_ != edition) timeline_.set(slot->time);
    const double moment = timeline_.at(now);
    tell_wanted(edition, moment);
    slot = choose(slot, moment);
    if (shown_edition_ == edition && shown_time_ == slot->time) return false;
    copy(std::as_const(slot->picture).view(), out);
    shown_edition_ = edition;
    shown_time_ = slot->time;
    return true;
  }

 private:
  struct Slot {
    Image picture;
    double time = 0;
    std::uint64_t edition = 0;
  };

  static std::vector<Slot> slots(Size size) {
    std::vector<Slot> made;
    for (std::size_t i = 0; i < kAhead; ++i) made.push_back({.picture = Image(size)});
    return made;
  }

  Slot* drop() {
    ahead_.pop();
    return ahead_.peek(0, pacing_);
  }

  /// The picture for that moment, from `slot` on.
  Slot* choose(Slot* slot, double moment) {
    Slot* after = nullptr;
    while ((after = ahead_.peek(1, pacing_)) && after->edition == slot->edition) {
      if (moment < after->time - std::min(kMostEarly, (after->time - slot->time) / 2)) return slot;
      slot = drop();
    }
    const bool starved = !after && pacing_ == Pacing::kLive && moment > slot->time + kTooLate;
    if (starved) timeline_.set(slot->time);
    return slot;
  }

  std::uint64_t current_edition() {
    std::lock_guard lock(mutex_);
    return edition_;
  }

  void tell_wanted(std::uint64_t edition, double moment) {
    std::lock_guard lock(mutex_);
    if (edition == edition_) wanted_ = moment;
  }

  // On the watch's thread:

  Expected<void> replace(const std::string& path, Size size, const Framing& framing) {
    auto loop = VideoLoop::open(path, size, framing);
    if (!loop) return std::unexpected(loop.error());
    {
      std::lock_guard lock(mutex_);
      fresh_ = *std::move(loop);
      ++edition_;
      wanted_ = 0;
      stopped_ = false;
    }
    ahead_.wake();
    return {};
  }

  /// The file is being written over: nothing good is to be read from it.
  void stop_reading() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }

  // On the producer's thread:

  bool fill(Slot& slot) {
    double wanted = 0;
    std::optional<VideoLoop> old;  // goes when the lock is free again
    {
      std::lock_guard lock(mutex_);
      if (stopped_) return false;
      if (fresh_) old = std::exchange(loop_, *std::exchange(fresh_, std::nullopt));
      slot.edition = edition_;
      wanted = wanted_;
    }
    return fill(slot, wanted);
  }

  /// Live, pictures that are overdue are decoded but not converted.
  bool fill(Slot& slot, double wanted) {
    const bool skips = pacing_ == Pacing::kLive;
    do {
      const auto time = loop_.next(wanted);
      if (!time) return false;
      slot.time = *time;
    } while (skips && slot.time + loop_.period() < wanted && wanted - slot.time < kTooLate);
    return loop_.convert(slot.picture.view()).has_value();
  }

  const Pacing pacing_;
  std::mutex mutex_;
  std::optional<VideoLoop> fresh_;  // guarded by mutex_
  std::uint64_t edition_ = 0;       // guarded by mutex_
  double wanted_ = 0;               // guarded by mutex_: the moment that was drawn last
  bool stopped_ = false;            // guarded by mutex_
  VideoLoop loop_;                  // the producer's
  Timeline timeline_;
  std::uint64_t shown_edition_ = ~std::uint64_t{0};
  double shown_time_ = 0;
  Producer<Slot> ahead_;              // uses all of the above
  std::unique_ptr<FileWatch> watch_;  // the same
};

}  // namespace

MadeBackground make_video(const Spec& spec, Size size, const Playback& playback) {
  const Framing framing = framing_of(spec);
  auto loop = VideoLoop::open(spec.argument, size, framing);
  // As with pictures: a wrong request, nothing has been opened yet.
  if (!loop) return fail(Errc::kRequest, "{}", loop.error().what);
  if (loop->still()) return make_image(spec, size, playback);
  auto video = std::make_unique<Video>(*std::move(loop), size, playback);
  if (!video->ready())
    return fail(Errc::kRequest, "read {}: its pictures cannot be converted; give another file",
                spec.argument);
  video->follow_file(spec.argument, size, framing, playback);
  return video;
}

}  // namespace scrim
