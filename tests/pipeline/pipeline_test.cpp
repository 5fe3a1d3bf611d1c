#include "pipeline/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "support/fakes.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
constexpr Size kSize{32, 16};
constexpr Size kOther{64, 32};

struct Fakes {
  std::unique_ptr<CountingSource> source = std::make_unique<CountingSource>(kSize, 20);
  std::unique_ptr<Segmenter> segmenter = std::make_unique<EchoSegmenter>();
  std::vector<std::unique_ptr<Sink>> sinks;
  TellingSink::Story story;
  const char* background = "colour:000000";
  const char* picture = "";
  MatteSettings matte{.raw = true};
  Image pause;

  TellingSink& add_sink(Size size = kSize) {
    auto sink = std::make_unique<TellingSink>(size, story);
    TellingSink& added = *sink;
    sinks.push_back(std::move(sink));
    return added;
  }

  Pipeline pipeline(Pacing pacing) {
    auto composer = Composer::make(
        {.background = *parse_chain(background), .picture = *parse_chain(picture)}, kSize);
    EXPECT_TRUE(composer.has_value());
    return Pipeline({std::move(source), std::move(segmenter), Matting(matte), *std::move(composer),
                     std::move(sinks), std::move(pause)},
                    pacing);
  }
};

const std::atomic<bool> never = false;

TEST(Pipeline, OfflineCarriesEveryFrameInOrderWithItsOwnMatte) {
  Fakes fakes;
  fakes.add_sink();
  Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
  ASSERT_TRUE(pipeline.run(never));
  ASSERT_EQ(fakes.story.shots.size(), 20u);
  for (int i = 0; i < 20; ++i) {
    const auto& shot = fakes.story.shots[static_cast<std::size_t>(i)];
    EXPECT_EQ(shot.camera, 16 + i);
    EXPECT_EQ(shot.matte, shot.camera);
    EXPECT_EQ(shot.captured, at_seconds(i / 30.0));
  }
  EXPECT_TRUE(fakes.story.closed);
  EXPECT_EQ(pipeline.stats().frames, 20u);
  EXPECT_EQ(pipeline.stats().dropped, 0u);
}

TEST(Pipeline, LiveDropsForASlowSinkButNeverMixesMatteAndPicture) {
  Fakes fakes;
  fakes.add_sink().before_write = [] { std::this_thread::sleep_for(5ms); };
  Pipeline pipeline = fakes.pipeline(Pacing::kLive);
  ASSERT_TRUE(pipeline.run(never));
  for (const auto& shot : fakes.story.shots) EXPECT_EQ(shot.matte, shot.camera);
  const auto stats = pipeline.stats();
  EXPECT_EQ(stats.frames + stats.dropped, 20u);
  EXPECT_EQ(fakes.story.shots.back().camera, 16 + 19) << "the newest frame always arrives";
}

TEST(Pipeline, LiveRepeatsTheLastPictureWhileTheCameraStalls) {
  Fakes fakes;
  fakes.source->before_read = [](int frame) {
    if (frame == 1) std::this_thread::sleep_for(200ms);
  };
  fakes.add_sink();
  Pipeline pipeline = fakes.pipeline(Pacing::kLive);
  ASSERT_TRUE(pipeline.run(never));
  EXPECT_GE(pipeline.stats().repeated, 1u);
  EXPECT_EQ(fakes.story.shots[1].camera, 16) << "the first picture again";
}

TEST(Pipeline, LiveShowsThePausePictureWhileNoPictureComesAndThenGoesOn) {
  constexpr int kPauseLuma = 99;
  Fakes fakes;
  fakes.background = "room";
  fakes.pause = Image(kSize);
  fill(fakes.pause.view(), Yuv{kPauseLuma, 128, 128});
  Pipeline* running = nullptr;
  fakes.source->before_read = [&](int frame) {
    while (frame == 5 && running->stats().pauses == 0) std::this_thread::sleep_for(5ms);
  };
  fakes.add_sink().wants_person = true;
  Pipeline pipeline = fakes.pipeline(Pacing::kLive);
  running = &pipeline;
  ASSERT_TRUE(pipeline.run(never));
  const auto paused =
      std::ranges::find(fakes.story.shots, kPauseLuma, &TellingSink::Story::Told::picture);
  ASSERT_NE(paused, fakes.story.shots.end());
  EXPECT_EQ(paused->camera, kPauseLuma) << "no sink sees the room while paused";
  EXPECT_EQ(paused->person, kPauseLuma);
  EXPECT_EQ(paused->matte, 0);
  EXPECT_EQ(fakes.story.shots.back().camera, 16 + 19) << "live again";
  EXPECT_EQ(pipeline.stats().pauses, 1u);
}

TEST(Pipeline, LiveShowsThePausePictureWhenNoPictureEverComes) {
  Fakes fakes;
  Pipeline* running = nullptr;
  fakes.source = std::make_unique<CountingSource>(kSize, 0);
  fakes.source->before_read = [&](int) {
    while (running->stats().repeated < 3) std::this_thread::sleep_for(5ms);
  };
  fakes.add_sink();
  Pipeline pipeline = fakes.pipeline(Pacing::kLive);
  running = &pipeline;
  ASSERT_TRUE(pipeline.run(never));
  EXPECT_EQ(pipeline.stats().frames, 0u);
  EXPECT_GE(fakes.story.shots.size(), 3u);
}

TEST(Pipeline, AFailedMatteShowsNobodyInsteadOfTheRoom) {
  Fakes fakes;
  auto broken = std::make_unique<EchoSegmenter>();
  broken->broken = true;
  fakes.segmenter = std::move(broken);
  fakes.add_sink();
  Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
  ASSERT_TRUE(pipeline.run(never));
  EXPECT_EQ(pipeline.stats().failed, 20u);
  for (const auto& shot : fakes.story.shots) EXPECT_EQ(shot.picture, 16) << "the black background";
}

TEST(Pipeline, ABrokenSourceIsToldAndNothingIsFinished) {
  Fakes fakes;
  fakes.source->fail_at = 5;
  fakes.add_sink();
  Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
  const auto result = pipeline.run(never);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "the source broke");
  EXPECT_FALSE(fakes.story.closed);
}

TEST(Pipeline, ABrokenSinkEndsTheRun) {
  for (Pacing pacing : {Pacing::kLive, Pacing::kOffline}) {
    Fakes fakes;
    fakes.add_sink().fail_at = 0;
    Pipeline pipeline = fakes.pipeline(pacing);
    const auto result = pipeline.run(never);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what, "the sink broke");
    EXPECT_FALSE(fakes.story.closed);
  }
}

TEST(Pipeline, LiveWhatIsSoundIsClosedWhateverElseBreaks) {
  for (const Pacing pacing : {Pacing::kLive, Pacing::kOffline}) {
    Fakes fakes;
    TellingSink::Story sound;
    fakes.sinks.push_back(std::make_unique<TellingSink>(kSize, sound));
    fakes.add_sink().fail_at = 0;
    Pipeline pipeline = fakes.pipeline(pacing);
    const auto result = pipeline.run(never);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what, "the sink broke");
    EXPECT_FALSE(fakes.story.closed);
    EXPECT_EQ(sound.closed, pacing == Pacing::kLive) << "offline half a recording is none";
  }
}

TEST(Pipeline, LiveABrokenSourceLeavesSoundRecordings) {
  Fakes fakes;
  fakes.source->fail_at = 5;
  fakes.add_sink();
  Pipeline pipeline = fakes.pipeline(Pacing::kLive);
  EXPECT_EQ(pipeline.run(never).error().what, "the source broke");
  EXPECT_TRUE(fakes.story.closed);
}

TEST(Pipeline, OneThatDoesNotCloseKeepsNoOtherFromIt) {
  Fakes fakes;
  TellingSink::Story second;
  fakes.add_sink().fails_to_close = true;
  fakes.sinks.push_back(std::make_unique<TellingSink>(kSize, second));
  Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
  const auto result = pipeline.run(never);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "the sink does not close");
  EXPECT_TRUE(second.closed);
}

/// A person fills the picture until it is of that luma.
class LeavingSegmenter : public Segmenter {
 public:
  explicit LeavingSegmenter(int luma) : luma_(luma) {}
  Size matte_size(Size) const override { return {8, 8}; }
  Expected<void> segment(ConstImageView picture, Rect, Plane out) override {
    fill(out, *picture.y.data < luma_ ? 255 : 100);
    return {};
  }

 private:
  const int luma_;
};

TEST(Pipeline, OfAnotherCameraNothingIsRememberedFromTheFirst) {
  constexpr int kThere = 10;
  for (const bool changes : {false, true}) {
    Fakes fakes;
    fakes.matte = {.edges = false};
    fakes.segmenter = std::make_unique<LeavingSegmenter>(16 + kThere);
    fakes.source->changed_at = changes ? kThere : -1;
    fakes.add_sink();
    Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
    ASSERT_TRUE(pipeline.run(never));
    EXPECT_EQ(fakes.story.shots[kThere - 1].matte, 255);
    EXPECT_EQ(fakes.story.shots[kThere].matte == 0, changes) << "else the last one fades";
  }
}

TEST(Pipeline, StopsWhenAskedAndFinishesItsSinksIfItIsLive) {
  for (const Pacing pacing : {Pacing::kLive, Pacing::kOffline}) {
    Fakes fakes;
    std::atomic<bool> stop = false;
    fakes.source->before_read = [&](int frame) { stop = frame == 7; };
    fakes.add_sink();
    Pipeline pipeline = fakes.pipeline(pacing);
    EXPECT_EQ(pipeline.run(stop).has_value(), pacing == Pacing::kLive);
    EXPECT_LE(fakes.story.shots.size(), 8u);
    EXPECT_EQ(fakes.story.closed, pacing == Pacing::kLive);
  }
}

TEST(Pipeline, SinksGetTheMatteOfTheFinishedPicture) {
  for (Size size : {kSize, kOther}) {
    Fakes fakes;
    fakes.segmenter = std::make_unique<HalfSegmenter>();
    fakes.picture = "mirror";
    fakes.add_sink(size);
    Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
    ASSERT_TRUE(pipeline.run(never));
    for (const auto& shot : fakes.story.shots)
      EXPECT_EQ(shot.matte, 255) << "the person stands on the left now";
  }
}

TEST(Pipeline, CutOutsGetThePersonUnblended) {
  for (Size size : {kSize, kOther}) {
    Fakes fakes;
    fakes.add_sink(size).wants_person = true;
    Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
    ASSERT_TRUE(pipeline.run(never));
    ASSERT_EQ(fakes.story.shots.size(), 20u);
    EXPECT_EQ(fakes.story.shots[19].person, 16 + 19);
    EXPECT_LT(fakes.story.shots[19].picture, 16 + 19) << "a faint person before black";
  }
}

TEST(Pipeline, WithoutCutOutsNobodyKeepsThePerson) {
  Fakes fakes;
  fakes.add_sink();
  Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
  ASSERT_TRUE(pipeline.run(never));
  EXPECT_EQ(fakes.story.shots[0].person, -1);
}

TEST(Pipeline, TellsWhatEncodersLeftOut) {
  Fakes fakes;
  fakes.add_sink().late = 3;
  fakes.add_sink().late = 4;
  Pipeline pipeline = fakes.pipeline(Pacing::kLive);
  ASSERT_TRUE(pipeline.run(never));
  EXPECT_EQ(pipeline.stats().left_out, 7u);
}

TEST(Pipeline, SinksOfAnotherSizeGetTheScaledPicture) {
  Fakes fakes;
  fakes.background = "room";
  fakes.add_sink(kOther);
  Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
  ASSERT_TRUE(pipeline.run(never));
  ASSERT_EQ(fakes.story.shots.size(), 20u);
  EXPECT_EQ(fakes.story.shots[3].picture, 16 + 3);
  EXPECT_EQ(fakes.story.shots[3].matte, 16 + 3);
}

TEST(Pipeline, SinksOfAnotherShapeGetThePictureCutNotStretched) {
  Fakes fakes;
  fakes.segmenter = std::make_unique<HalfSegmenter>();
  fakes.picture = "mirror";  // the person stands on the left now
  fakes.add_sink({16, 32});
  Pipeline pipeline = fakes.pipeline(Pacing::kOffline);
  ASSERT_TRUE(pipeline.run(never));
  // Of 32 columns those from 12 to 19 are left, half of them the person's.
  EXPECT_EQ(fakes.story.shots[3].matte, 255);
  EXPECT_EQ(fakes.story.shots[3].picture, 16 + 3);
}

}  // namespace
}  // namespace scrim
