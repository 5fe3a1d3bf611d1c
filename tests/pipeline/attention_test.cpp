// Runs that are paused, fall asleep or change their look: what readers get to see.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "pipeline/pipeline.h"
#include "support/fakes.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
constexpr Size kSize{32, 16};
constexpr int kRoom = 100, kPause = 200;  // luma

/// A room of one luma, for as long as the test runs.
class RoomSource : public Source {
 public:
  Size size() const override { return kSize; }
  double fps() const override { return 200; }
  Expected<Clock::time_point> read(ImageView out) override {
    std::this_thread::sleep_for(2ms);
    fill(out, Yuv{kRoom, 128, 128});
    return Clock::now();
  }
};

/// Counts what it is shown, by kind.
class WatchedSink : public Sink {
 public:
  struct Seen {
    std::atomic<int> room = 0, pause = 0, other = 0;
    std::atomic<bool> watched = true;
  };
  explicit WatchedSink(Seen& seen) : seen_(seen) {}
  Size size() const override { return kSize; }
  bool watched() override { return seen_.watched; }
  Expected<void> write(const Shot& shot) override {
    const int luma = *shot.picture.y.data;
    ++(luma == kRoom ? seen_.room : luma == kPause ? seen_.pause : seen_.other);
    return {};
  }

 private:
  Seen& seen_;
};

Composer composer_of(const char* background, const char* picture = "") {
  return Composer::make({*parse_chain(background), {}, *parse_chain(picture)}, kSize).value();
}

Image pause_picture() {
  Image picture(kSize);
  fill(picture.view(), Yuv{kPause, 128, 128});
  return picture;
}

Stages stages_of(WatchedSink::Seen& seen, Attention& attention, bool always_on) {
  std::vector<std::unique_ptr<Sink>> sinks;
  sinks.push_back(std::make_unique<WatchedSink>(seen));
  return {.source = std::make_unique<RoomSource>(),
          .segmenter = std::make_unique<HalfSegmenter>(),
          .matting = Matting({.raw = true}),
          .composer = composer_of("room"),
          .sinks = std::move(sinks),
          .pause = pause_picture(),
          .attention = &attention,
          .always_on = always_on};
}

/// A running pipeline that shows the bare room.
struct Running {
  explicit Running(bool always_on = true)
      : pipeline(stages_of(seen, attention, always_on), Pacing::kLive) {
    thread = std::jthread([this] { EXPECT_TRUE(pipeline.run(stop)); });
  }
  ~Running() {
    stop = true;
    attention.pause(false);
  }

  static void wait_for_more(const std::atomic<int>& count) {
    for (const int before = count; count < before + 3;) std::this_thread::yield();
  }

  WatchedSink::Seen seen;
  Attention attention;
  Pipeline pipeline;
  std::atomic<bool> stop = false;
  std::jthread thread;  // last: it uses all of the above
};

TEST(PausedPipeline, ShowsNothingOfTheRoomUntilItGoesOn) {
  Running run;
  Running::wait_for_more(run.seen.room);
  run.attention.pause(true);
  run.pipeline.nudge();
  Running::wait_for_more(run.seen.pause);
  const int room = run.seen.room;
  Running::wait_for_more(run.seen.pause);
  EXPECT_EQ(run.seen.room, room) << "though the camera goes on";
  EXPECT_TRUE(run.pipeline.shows_pause());
  run.attention.pause(false);
  Running::wait_for_more(run.seen.room);
}

TEST(SleepingPipeline, SleepsWhenNobodyLooksAndWakes) {
  Running run(false);
  Running::wait_for_more(run.seen.room);
  run.seen.watched = false;
  while (!run.attention.asleep()) std::this_thread::sleep_for(10ms);
  const int room = run.seen.room;
  const int pause = run.seen.pause;
  while (run.seen.pause == pause) std::this_thread::sleep_for(10ms);
  EXPECT_LE(run.seen.room, room + 1) << "at most the picture that was on its way";
  run.seen.watched = true;
  Running::wait_for_more(run.seen.room);
}

TEST(ChangedLook, IsShownFromTheNextPictureOn) {
  Running run;
  Running::wait_for_more(run.seen.room);
  EXPECT_TRUE(
      run.pipeline.change({.look = NewLook{composer_of("colour:000000"), pause_picture()}}));
  Running::wait_for_more(run.seen.other);
  const int room = run.seen.room;
  Running::wait_for_more(run.seen.other);
  EXPECT_EQ(run.seen.room, room);
}

TEST(ChangedLook, WhilePausedShowsItsOwnPausePicture) {
  Running run;
  run.attention.pause(true);
  Running::wait_for_more(run.seen.pause);
  Image other(kSize);
  fill(other.view(), Yuv{50, 128, 128});
  EXPECT_TRUE(run.pipeline.change({.look = NewLook{composer_of("room"), std::move(other)}}));
  Running::wait_for_more(run.seen.other);
}

TEST(ChangedLook, AfterTheRunIsRefused) {
  Running run;
  run.stop = true;
  run.thread.join();
  EXPECT_FALSE(run.pipeline.change({.look = NewLook{composer_of("room"), pause_picture()}}));
}

/// Takes longer than there is time from one picture to the next.
class SlowSegmenter : public HalfSegmenter {
 public:
  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    std::this_thread::sleep_for(10ms);
    return HalfSegmenter::segment(picture, region, out);
  }
};

TEST(SlowPipeline, TakesTheLighterSegmenter) {
  Attention attention;
  WatchedSink::Seen seen;
  Stages stages = stages_of(seen, attention, true);
  stages.segmenter = std::make_unique<SlowSegmenter>();
  stages.lighter = std::make_unique<HalfSegmenter>();
  Pipeline pipeline(std::move(stages), Pacing::kLive);
  std::atomic<bool> stop = false;
  std::jthread thread([&] { EXPECT_TRUE(pipeline.run(stop)); });
  EXPECT_FALSE(pipeline.stats().saves_effort);
  while (!pipeline.stats().saves_effort) std::this_thread::sleep_for(10ms);
  Running::wait_for_more(seen.room);
  stop = true;
}

}  // namespace
}  // namespace scrim
