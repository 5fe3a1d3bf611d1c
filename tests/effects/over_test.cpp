#include <gtest/gtest.h>

#include "effects/lettering.h"
#include "layer.h"

namespace scrim {
namespace {

constexpr Size kSize{640, 360};

/// Two pictures of 40x20, white then black, half a second each; their right half is transparent.
class TwoPictures : public PictureLibrary {
 public:
  Expected<Clip> open(const std::string&, int) const override {
    Clip clip;
    for (int i = 0; i < 2; ++i) {
      clip.push_back({Image({40, 20}), Matte({40, 20}), 0.5 * (i + 1)});
      fill(clip.back().picture.view(), Yuv{static_cast<std::uint8_t>(i ? 16 : 235), 128, 128});
      fill(clip.back().alpha.view(), 0);
      fill(clip.back().alpha.view().crop({0, 0, 20, 20}), 255);
    }
    return clip;
  }
};

TEST(Overlay, PlaysAtItsPlaceAndLetsThrough) {
  const TwoPictures pictures;
  const auto effect =
      made("overlay:x?place=bottom-right&margin=40", kSize, Role::kPicture, &pictures);
  TestLayer layer(kSize);
  const int x = 640 - 20 - 40, y = 360 - 20 - 20;
  for (const auto& [seconds, luma] : {std::pair{3.1, 235}, {3.7, 16}, {4.2, 235}}) {
    layer.apply(*effect, seconds);
    EXPECT_EQ(layer.luma(x + 5, y + 5), luma) << seconds;
    EXPECT_EQ(layer.luma(x + 25, y + 5), 128);
    EXPECT_EQ(layer.luma(x - 1, y + 5), 128);
    EXPECT_EQ(layer.luma(x + 5, y - 1), 128);
  }
}

TEST(Overlay, OnThePersonItStandsBeforeTheBackgroundToo) {
  const TwoPictures pictures;
  TestLayer layer(kSize);
  layer.apply(*made("overlay:x?place=middle", kSize, Role::kPerson, &pictures));
  EXPECT_EQ(layer.matte.view().row(180)[305], 255);
  EXPECT_EQ(layer.matte.view().row(180)[325], 0);
}

TEST(Overlay, LargerThanThePictureIsCutOff) {
  const TwoPictures pictures;
  for (const char* place : {"top-left", "right", "middle", "bottom-right"}) {
    TestLayer layer({15, 9});
    layer.apply(*made(std::string("overlay:x?place=") + place, {15, 9}, Role::kPicture, &pictures));
  }
}

bool has_font() {
  return Lettering::make("Sans", 20).has_value();
}

TEST(Text, WritesOnAPlateAtItsPlaceOnly) {
  if (!has_font()) GTEST_SKIP() << "no font is installed";
  TestLayer layer(kSize);
  layer.apply("text:Ada?place=bottom-left");
  int brightest = 0, darkest = 255;
  for (int y = 300; y < 360; ++y)
    for (int x = 0; x < 120; ++x) {
      brightest = std::max(brightest, layer.luma(x, y));
      darkest = std::min(darkest, layer.luma(x, y));
    }
  EXPECT_GT(brightest, 220);
  EXPECT_LT(darkest, 80);
  for (int y = 0; y < 360; ++y)
    for (int x = 0; x < 640; ++x)
      if (x > 200 || y < 280) {
        ASSERT_EQ(layer.luma(x, y), 128);
      }
}

TEST(Text, LongWordsAreCutOffAndAccentsAreLetters) {
  if (!has_font()) GTEST_SKIP() << "no font is installed";
  TestLayer layer({64, 36});
  layer.apply("text:Zoë Ångström-Çelik of somewhere far away");
  auto letters = *Lettering::make("Sans", 20);
  EXPECT_EQ(letters.measure("ë").width, letters.measure("e").width);
}

TEST(Clock, ShowsTheTimeThatPassed) {
  if (!has_font()) GTEST_SKIP() << "no font is installed";
  const auto effect = made("clock?show=elapsed", kSize);
  TestLayer first(kSize), later(kSize);
  first.apply(*effect, 5);
  later.apply(*effect, 5.9);
  EXPECT_EQ(largest_difference(std::as_const(first.picture).view(), later.picture.view()), 0);
  later.apply(*effect, 6.1);
  EXPECT_GT(largest_difference(std::as_const(first.picture).view(), later.picture.view()), 50);
}

TEST(Text, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("text:Ada?colour=purpel", kSize).substr(0, 12), "text?colour:");
  EXPECT_NE(error_of("overlay:x.png", kSize).find("overlay: "), std::string::npos);
}

}  // namespace
}  // namespace scrim
