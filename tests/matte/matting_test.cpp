#include "matte/matting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "matte/levels.h"
#include "support/fakes.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// What a probability is in the finished matte, levels applied.
int shown(int probability) {
  Matte one({1, 1});
  *one.view().data = static_cast<std::uint8_t>(probability);
  apply(Levels{.low = 60, .high = 176}, one.view());
  return *one.view().data;
}

/// Sure of a person at both sides, in between as sure as the picture is bright; in the
/// middle as told.
class DoubtBetween : public Segmenter {
 public:
  Size matte_size(Size) const override { return {64, 64}; }
  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    if (broken) return fail(Errc::kSystem, "the segmenter broke");
    for (int y = 0; y < out.height; ++y)
      for (int x = 0; x < out.width; ++x) {
        const double place = (region.x + region.width * (x + 0.5) / out.width) / picture.y.width;
        const bool person = place < 0.2 || place > 0.8, middle = place > 0.4 && place < 0.6;
        out.row(y)[x] = person ? 255 : middle ? doubt.value_or(*picture.y.data) : *picture.y.data;
      }
    return {};
  }

  bool exact() const override { return sure; }

  bool broken = false, sure = false;
  std::optional<std::uint8_t> doubt;  // in the middle
};

struct Sitting {
  Image picture{{65, 33}};
  Matte out{{65, 33}};
  DoubtBetween segmenter;
  Matting matting;

  explicit Sitting(MatteSettings settings = {}) : matting(settings) {}

  /// The matte's value in the middle, of which the segmenter says `probability`.
  int see(int probability, Clock::duration at) {
    fill(picture.view(), Yuv{static_cast<std::uint8_t>(probability), 128, 128});
    EXPECT_TRUE(matting.make(std::as_const(picture).view(), kStart + at, segmenter, out.view()));
    return out.view().row(16)[32];
  }
};

TEST(Matting, RawIsTheNetworksAnswerScaled) {
  Sitting sitting({.raw = true, .threshold = 0.5});
  EXPECT_EQ(sitting.see(77, 0ms), 77);
  EXPECT_EQ(sitting.see(90, 33ms), 90);
}

TEST(Matting, OfAnExactSegmenterOnlyWhatIsAskedForIsDone) {
  Sitting plain, hard({.threshold = 0.5});
  plain.segmenter.sure = hard.segmenter.sure = true;
  EXPECT_EQ(plain.see(77, 0ms), 77);
  EXPECT_EQ(plain.see(90, 33ms), 90) << "not smoothed";
  EXPECT_EQ(hard.see(130, 0ms), 255);
}

TEST(Matting, SteadiesWhatFlickersInAStillRoom) {
  Sitting sitting({.smooth = 0.8});
  EXPECT_EQ(sitting.see(100, 0ms), shown(100)) << "the first answer stands as it is";
  const int little = sitting.see(110, 33ms);
  EXPECT_GT(little, shown(100));
  EXPECT_LT(little, shown(105));
}

TEST(Matting, ACutStartsAnew) {
  Sitting sitting({.smooth = 0.8});
  sitting.see(70, 0ms);
  EXPECT_EQ(sitting.see(120, 33ms), shown(120));
}

TEST(Matting, ForgetsAfterAResetAGapOrAJumpBack) {
  Sitting sitting({.smooth = 0.8});
  sitting.see(70, 0ms);
  sitting.matting.reset();
  EXPECT_EQ(sitting.see(80, 33ms), shown(80));
  EXPECT_EQ(sitting.see(90, 5s), shown(90));
  EXPECT_EQ(sitting.see(100, 1s), shown(100));
}

TEST(Matting, ANewSizeStartsAnew) {
  Sitting sitting({.smooth = 0.8});
  sitting.see(70, 0ms);
  sitting.picture = Image({32, 18});
  sitting.out = Matte({32, 18});
  fill(sitting.picture.view(), Yuv{80, 128, 128});
  ASSERT_TRUE(sitting.matting.make(std::as_const(sitting.picture).view(), kStart + 33ms,
                                   sitting.segmenter, sitting.out.view()));
  EXPECT_NEAR(sitting.out.view().row(9)[16], shown(80), 1);
}

TEST(Matting, ThresholdMakesItHard) {
  Sitting sitting({.threshold = 0.5, .smooth = 0});
  EXPECT_EQ(sitting.see(110, 0ms), 0);
  EXPECT_EQ(sitting.see(125, 33ms), 255);
}

TEST(Matting, FindsAPersonWhereTheyAreWhateverTheBox) {
  class RightSide : public Segmenter {
    Size matte_size(Size) const override { return {64, 64}; }
    Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
      // A person from 60 % to 90 % of the picture's width, in its lower half.
      for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) {
          const double px = (region.x + region.width * (x + 0.5) / 64) / picture.y.width;
          const double py = (region.y + region.height * (y + 0.5) / 64) / picture.y.height;
          out.row(y)[x] = px > 0.6 && px < 0.9 && py > 0.5 ? 255 : 0;
        }
      return {};
    }
  } segmenter;
  const Size size{640, 361};
  Image picture(size);
  Matte out(size);
  Matting matting;
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(
        matting.make(std::as_const(picture).view(), kStart + i * 33ms, segmenter, out.view()));
    int wrong = 0;
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        const bool person = x > 0.6 * size.width && x < 0.9 * size.width && y > 0.5 * size.height;
        wrong += (out.view().row(y)[x] >= 128) != person;
      }
    EXPECT_LT(wrong, 0.015 * size.width * size.height) << "picture " << i;
  }
}

/// Finds a person at the right of whatever it is shown, and remembers what that was.
class Counting : public DoubtBetween {
 public:
  Expected<void> segment(ConstImageView, Rect region, Plane out) override {
    regions.push_back(region);
    fill(out, 0);
    fill(out.crop({32, 16, 16, 48}), 255);
    return {};
  }
  std::vector<Rect> regions;
};

TEST(Matting, AStillPictureIsLookedAtTwice) {
  Counting segmenter;
  Image picture({640, 360});
  Matte out({640, 360});
  Matting matting({.still = true});
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(matting.make(std::as_const(picture).view(), kStart, segmenter, out.view()));
    ASSERT_EQ(segmenter.regions.size(), 2u) << "nothing is kept of earlier pictures";
    EXPECT_EQ(segmenter.regions[0], whole({640, 360}));
    EXPECT_GT(segmenter.regions[1].x, 100) << "the person was in the right half";
    segmenter.regions.clear();
  }
}

TEST(Matting, SoIsTheFirstOfARowAndTheFirstAfterACut) {
  Counting segmenter;
  Image picture({640, 360});
  Matte out({640, 360});
  Matting matting;
  for (int i = 0; i < 4; ++i) {
    if (i == 2) fill(picture.view(), Yuv{200, 128, 128});
    ASSERT_TRUE(
        matting.make(std::as_const(picture).view(), kStart + i * 33ms, segmenter, out.view()));
    EXPECT_EQ(segmenter.regions.size(), i % 2 ? 1u : 2u) << "picture " << i;
    if (i % 2 == 0) {
      EXPECT_EQ(segmenter.regions[0], whole({640, 360})) << "picture " << i;
    }
    segmenter.regions.clear();
  }
}

/// What becomes of a middle that the network is rather sure of, and that looks like the wall that
/// was seen there before.
int middle_like_the_wall(const MatteSettings& settings, bool reset_before) {
  Sitting sitting(settings);
  for (int i = 0; i < 30; ++i) sitting.see(40, i * 33ms);
  if (reset_before) sitting.matting.reset();
  sitting.segmenter.doubt = 200;
  return sitting.see(40, 1s);
}

TEST(Matting, KnowsTheRoomUnlessToldNotToOrReset) {
  EXPECT_LT(middle_like_the_wall({.smooth = 0}, false), 128);
  EXPECT_EQ(middle_like_the_wall({.smooth = 0, .room = false}, false), 255);
  EXPECT_EQ(middle_like_the_wall({.smooth = 0}, true), 255);
}

TEST(Matting, PassesTheSegmentersFailureOn) {
  Sitting sitting;
  sitting.segmenter.broken = true;
  auto made = sitting.matting.make(std::as_const(sitting.picture).view(), kStart, sitting.segmenter,
                                   sitting.out.view());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().what, "the segmenter broke");
}

TEST(MatteSettings, AreParsedFromTheCommandLinesForm) {
  const auto settings = parse_matte_settings("raw,threshold=0.25,smooth=0");
  ASSERT_TRUE(settings);
  EXPECT_TRUE(settings->raw);
  EXPECT_EQ(settings->threshold, 0.25);
  EXPECT_EQ(settings->smooth, 0);
  const auto usual = parse_matte_settings("");
  ASSERT_TRUE(usual);
  EXPECT_FALSE(usual->raw);
  EXPECT_TRUE(usual->edges);
  EXPECT_FALSE(parse_matte_settings("edges=off")->edges);
  EXPECT_FALSE(usual->threshold);
  EXPECT_FALSE(parse_matte_settings("threshold=0")->threshold) << "everything would be person";
}

TEST(MatteSettings, SayWhatIsWrong) {
  EXPECT_THAT(parse_matte_settings("threshold=2").error().what, HasSubstr("from 0 to 1"));
  EXPECT_THAT(parse_matte_settings("treshold=.5").error().what,
              HasSubstr("did you mean 'threshold'?"));
}

}  // namespace
}  // namespace scrim
