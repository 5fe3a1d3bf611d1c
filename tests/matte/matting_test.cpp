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
  apply(Levels{.low = 38, .high = 204}, one.view());
  return *one.view().data;
}

struct Sitting {
  Image picture{{65, 33}};
  Matte out{{65, 33}};
  EchoSegmenter segmenter;
  Matting matting;

  explicit Sitting(MatteSettings settings = {}) : matting(settings) {}

  /// The matte's value for a picture of which the segmenter says `probability` everywhere.
  int see(int probability, Clock::duration at) {
    fill(picture.view(), Yuv{static_cast<std::uint8_t>(probability), 128, 128});
    EXPECT_TRUE(matting.make(std::as_const(picture).view(), kStart + at, segmenter, out.view()));
    return out.view().row(20)[40];
  }
};

TEST(Matting, RawIsTheNetworksAnswerScaled) {
  Sitting sitting({.raw = true, .threshold = 0.5});
  EXPECT_EQ(sitting.see(77, 0ms), 77);
  EXPECT_EQ(sitting.see(90, 33ms), 90);
}

TEST(Matting, SteadiesWhatFlickersInAStillRoom) {
  Sitting sitting({.smooth = 0.8});
  EXPECT_EQ(sitting.see(130, 0ms), shown(130)) << "the first answer stands as it is";
  const int little = sitting.see(140, 33ms);
  EXPECT_GT(little, shown(130));
  EXPECT_LT(little, shown(135));
}

TEST(Matting, ACutStartsAnew) {
  Sitting sitting({.smooth = 0.8});
  sitting.see(130, 0ms);
  EXPECT_EQ(sitting.see(190, 33ms), shown(190));
}

TEST(Matting, ForgetsAfterAResetAGapOrAJumpBack) {
  Sitting sitting({.smooth = 0.8});
  sitting.see(130, 0ms);
  sitting.matting.reset();
  EXPECT_EQ(sitting.see(140, 33ms), shown(140));
  EXPECT_EQ(sitting.see(150, 5s), shown(150));
  EXPECT_EQ(sitting.see(160, 1s), shown(160));
}

TEST(Matting, ANewSizeStartsAnew) {
  Sitting sitting({.smooth = 0.8});
  sitting.see(130, 0ms);
  sitting.picture = Image({32, 18});
  sitting.out = Matte({32, 18});
  fill(sitting.picture.view(), Yuv{140, 128, 128});
  ASSERT_TRUE(sitting.matting.make(std::as_const(sitting.picture).view(), kStart + 33ms,
                                   sitting.segmenter, sitting.out.view()));
  EXPECT_EQ(sitting.out.view().row(3)[3], shown(140));
}

TEST(Matting, ThresholdMakesItHard) {
  Sitting sitting({.threshold = 0.5, .smooth = 0});
  EXPECT_EQ(sitting.see(127, 0ms), 0);
  EXPECT_EQ(sitting.see(128, 33ms), 255);
}

TEST(Matting, FindsAPersonWhereTheyAreWhateverTheBox) {
  class RightSide : public Segmenter {
    Size matte_size() const override { return {64, 64}; }
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
  EXPECT_FALSE(usual->threshold);
}

TEST(MatteSettings, SayWhatIsWrong) {
  EXPECT_THAT(parse_matte_settings("threshold=2").error().what, HasSubstr("from 0.01 to 1"));
  EXPECT_FALSE(parse_matte_settings("threshold=0")) << "everything would be person";
  EXPECT_THAT(parse_matte_settings("treshold=.5").error().what,
              HasSubstr("did you mean 'threshold'?"));
}

}  // namespace
}  // namespace scrim
