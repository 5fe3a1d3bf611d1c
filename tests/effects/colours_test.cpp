#include <gtest/gtest.h>

#include "layer.h"
#include "support/psnr.h"

namespace scrim {
namespace {

constexpr Size kSize{322, 181};

double mean(ConstPlane plane) {
  double sum = 0;
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) sum += plane.row(y)[x];
  return sum / plane.width / plane.height;
}

double spread(ConstPlane plane) {
  double sum = 0;
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) sum += std::abs(plane.row(y)[x] - 128);
  return sum / plane.width / plane.height;
}

TEST(Colours, NoneOfThemTouchesTheMatte) {
  for (const char* text : {"grey", "sepia", "adjust?gamma=2", "colormap", "cartoon", "sharpen",
                           "denoise", "autolight", "vignette", "scanlines", "hologram", "shower"}) {
    TestLayer layer = TestLayer::presenter(kSize);
    layer.apply(text);
    EXPECT_EQ(layer.matte_changed(), 0) << text;
  }
}

TEST(Grey, KeepsLightAndTakesColour) {
  TestLayer layer = TestLayer::presenter(kSize);
  layer.apply("grey");
  EXPECT_EQ(largest_difference(layer.before.view().y, layer.picture.view().y), 0);
  EXPECT_EQ(spread(layer.picture.view().u) + spread(layer.picture.view().v), 0);
}

TEST(Adjust, LeavesThePictureAloneUnlessAsked) {
  TestLayer layer = TestLayer::presenter(kSize);
  layer.apply("adjust");
  EXPECT_EQ(layer.changed(), 0);
}

TEST(Adjust, EachOptionDoesWhatItSays) {
  TestLayer layer = TestLayer::presenter(kSize);
  const double light = mean(layer.before.view().y), blue = mean(layer.before.view().u);
  layer.apply("adjust?brightness=1.1");
  EXPECT_NEAR(mean(layer.picture.view().y), 16 + 1.1 * (light - 16), 3);
  layer.apply("adjust?gamma=2");
  EXPECT_GT(mean(layer.picture.view().y), light + 20);
  layer.apply("adjust?contrast=0");
  EXPECT_NEAR(mean(layer.picture.view().y), 125.5, 1);
  layer.apply("adjust?saturation=2");
  EXPECT_GT(spread(layer.picture.view().v), 1.8 * spread(layer.before.view().v));
  layer.apply("adjust?temperature=1");
  EXPECT_NEAR(mean(layer.picture.view().u), blue - 24, 1);
}

TEST(Adjust, EachSettingStandsAloneToo) {
  for (const char* name : {"brightness", "contrast", "saturation", "gamma"}) {
    TestLayer layer = TestLayer::presenter(kSize), same = TestLayer::presenter(kSize);
    layer.apply(fmt::format("{}?value=1.5", name));
    same.apply(fmt::format("adjust?{}=1.5", name));
    EXPECT_TRUE(std::isinf(psnr(layer.picture.view(), same.picture.view()))) << name;
    layer = TestLayer::presenter(kSize);
    layer.apply(fmt::format("{}?value=1", name));
    EXPECT_EQ(layer.changed(), 0) << name;
  }
}

TEST(Colormap, WinterGoesFromBlueToGreen) {
  TestLayer layer(kSize);
  fill(layer.before.view(), Yuv{16, 128, 128});
  layer.apply("colormap?map=winter");
  const Yuv blue = rgb_to_internal({0, 0, 255});
  EXPECT_EQ(layer.luma(5, 5), blue.y);
  EXPECT_EQ(layer.picture.view().u.row(3)[3], blue.u);
  fill(layer.before.view(), Yuv{235, 128, 128});
  layer.apply("colormap?map=winter");
  EXPECT_EQ(layer.luma(5, 5), rgb_to_internal({0, 255, 128}).y);
}

TEST(Autolight, BringsADarkPersonToLight) {
  TestLayer layer = TestLayer::block(kSize, {100, 40, 120, 140}, {50, 120, 140});
  fill(layer.before.view().y.crop({0, 0, 60, 181}), 200);  // a window beside them
  layer.apply("autolight?strength=1");
  EXPECT_NEAR(layer.luma(150, 100), 125, 6);
}

TEST(Autolight, FollowsSlowly) {
  TestLayer layer = TestLayer::block(kSize, {100, 40, 120, 140}, {125, 128, 128});
  const auto effect = made("autolight?strength=1", kSize);
  layer.apply(*effect, 0);
  fill(layer.before.view().y, 60);
  layer.apply(*effect, 0.033);
  EXPECT_LT(layer.luma(150, 100), 70);
  for (int i = 2; i < 300; ++i) layer.apply(*effect, i * 0.033);
  EXPECT_NEAR(layer.luma(150, 100), 125, 6);
}

TEST(Sharpen, SteepensAnEdgeAndLeavesFlatnessAlone) {
  TestLayer layer(kSize);
  fill(layer.before.view().y.crop({160, 0, 162, 181}), 160);
  layer.apply("sharpen");
  EXPECT_LT(layer.luma(159, 90), 128);
  EXPECT_GT(layer.luma(160, 90), 160);
  EXPECT_EQ(layer.luma(20, 90), 128);
  EXPECT_EQ(layer.luma(300, 90), 160);
}

TEST(Denoise, TakesGrainOutAndKeepsWhatMoves) {
  const auto effect = made("denoise", kSize);
  TestLayer clean(kSize), noisy(kSize);
  for (int frame = 0; frame < 12; ++frame) {
    fill(clean.before.view(), Yuv{100, 128, 128});
    fill(clean.before.view().y.crop({20 + 10 * frame, 60, 40, 40}), 190);
    copy(std::as_const(clean.before).view(), noisy.before.view());
    std::mt19937 random(static_cast<unsigned>(frame));
    for (int y = 0; y < kSize.height; ++y)
      for (int x = 0; x < kSize.width; ++x) {
        auto& luma = noisy.before.view().y.row(y)[x];
        luma = static_cast<std::uint8_t>(luma + static_cast<int>(random() % 9) - 4);
      }
    noisy.apply(*effect, frame / 30.0);
  }
  const double before = psnr(clean.before.view().y, noisy.before.view().y);
  const double after = psnr(clean.before.view().y, noisy.picture.view().y);
  EXPECT_GT(after, before + 2);
  EXPECT_NEAR(noisy.luma(150, 80), 190, 6);  // where the box just came to
  EXPECT_NEAR(noisy.luma(125, 80), 100, 6);  // and where it has just left
}

TEST(Cartoon, HasFewLevelsAndDarkLines) {
  TestLayer layer = TestLayer::presenter({640, 360});
  layer.apply("cartoon?levels=4");
  int counts[256] = {}, common = 0;
  for (int y = 0; y < 360; ++y)
    for (int x = 0; x < 640; ++x) ++counts[layer.luma(x, y)];
  std::sort(std::begin(counts), std::end(counts), std::greater());
  for (int i = 0; i < 16; ++i) common += counts[i];
  EXPECT_GT(common, 640 * 360 * 45 / 100);
}

TEST(Vignette, DarkensCornersOnly) {
  TestLayer layer(kSize);
  layer.apply("vignette");
  EXPECT_NEAR(layer.luma(161, 90), 128, 1);
  EXPECT_LT(layer.luma(0, 0), 80);
}

TEST(Scanlines, DarkensSomeRowsAndLeavesOthers) {
  TestLayer layer = TestLayer::presenter({640, 720});
  layer.apply("scanlines?every=4");
  for (int x = 0; x < 640; ++x) {
    ASSERT_EQ(layer.luma(x, 4), layer.before.view().y.row(4)[x]);
    ASSERT_LE(layer.luma(x, 6), std::max<int>(16, layer.before.view().y.row(6)[x]));
  }
}

}  // namespace
}  // namespace scrim
