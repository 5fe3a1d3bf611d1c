#include <gtest/gtest.h>

#include "layer.h"

namespace scrim {
namespace {

constexpr Size kSize{640, 360};

TEST(Geometry, NothingAskedForLeavesAllAsItIs) {
  for (const char* text : {"rotate?degrees=0", "zoom?factor=1"}) {
    TestLayer layer = TestLayer::presenter({323, 181});
    layer.apply(text);
    EXPECT_EQ(layer.changed(), 0) << text;
    EXPECT_EQ(layer.matte_changed(), 0) << text;
  }
}

TEST(Geometry, TheMatteGoesWithThePicture) {
  // Where the matte says person the picture is white: so it must be afterwards.
  for (const char* text : {"flip", "mirror", "rotate?degrees=30", "rotate?degrees=-117",
                           "zoom?factor=1.7&x=0.3&y=0.6"}) {
    TestLayer layer = TestLayer::block(kSize, {200, 60, 150, 220}, {235, 128, 128});
    fill(layer.before.view().y, 0);
    fill(layer.before.view().y.crop({200, 60, 150, 220}), 255);
    layer.apply(text);
    EXPECT_GT(layer.matte_changed(), 200) << text;
    int worst = 0;
    for (int y = 0; y < kSize.height; ++y)
      for (int x = 0; x < kSize.width; ++x)
        worst = std::max(worst, std::abs(std::max(layer.luma(x, y), 16) -
                                         std::max<int>(layer.matte.view().row(y)[x], 16)));
    EXPECT_LE(worst, 1) << text;
  }
}

TEST(Flip, TwiceIsAsBefore) {
  TestLayer layer = TestLayer::presenter({323, 181});
  const auto effect = made("flip", {323, 181});
  layer.apply(*effect);
  EXPECT_EQ(layer.luma(5, 180), layer.before.view().y.row(0)[5]);
  effect->apply({layer.picture.view(), layer.matte.view()}, layer.scene(0));
  EXPECT_EQ(layer.changed(), 0);
}

TEST(Rotate, AQuarterTurnsRightToBottom) {
  TestLayer layer = TestLayer::block({360, 360}, {300, 170, 20, 20}, {235, 128, 128});
  layer.apply("rotate?degrees=90");
  EXPECT_EQ(layer.luma(180, 310), 235);
  EXPECT_EQ(layer.luma(310, 180), 128);
}

TEST(Zoom, EnlargesAboutTheMiddleAndStaysInside) {
  TestLayer layer = TestLayer::block(kSize, {300, 160, 40, 40}, {235, 128, 128});
  layer.apply("zoom?factor=4");
  EXPECT_EQ(layer.luma(245, 180), 235);
  EXPECT_EQ(layer.luma(235, 180), 128);
  layer.apply("zoom?factor=2&x=0&y=0");  // no black border comes in
  EXPECT_EQ(layer.luma(0, 0), 128);
}

/// Where the person's middle is, and how wide they are.
std::pair<double, double> seen(ConstPlane matte) {
  double sum = 0, moment = 0;
  for (int y = 0; y < matte.height; ++y)
    for (int x = 0; x < matte.width; ++x) {
      sum += matte.row(y)[x];
      moment += static_cast<double>(x) * matte.row(y)[x];
    }
  return {moment / sum, sum};
}

TestLayer person_at(int x) {
  TestLayer layer = TestLayer::block(kSize, {x - 60, 260, 120, 100}, {200, 128, 128});
  fill(layer.matte_before.view().crop({x - 12, 230, 24, 30}), 255);
  fill(layer.matte_before.view().crop({x - 25, 170, 50, 60}), 255);
  return layer;
}

TEST(Autoframe, BringsThePersonNearAndToTheMiddle) {
  TestLayer layer = person_at(200);
  const auto effect = made("autoframe", kSize);
  layer.apply(*effect);
  const auto [before, area_before] = seen(layer.matte_before.view());
  const auto [middle, area] = seen(layer.matte.view());
  EXPECT_NEAR(middle, 320, 12);
  EXPECT_GT(area, 1.8 * area_before);
}

TEST(Autoframe, SitsStillForSmallMovesAndGlidesAfterLargeOnes) {
  const auto effect = made("autoframe", kSize);
  person_at(250).apply(*effect, 0);
  TestLayer near = person_at(262);
  near.apply(*effect, 0.033);
  EXPECT_NEAR(seen(near.matte.view()).first, 320 + 24, 14);  // moved within the frame
  TestLayer far = person_at(400);
  double last = 0, fastest = 0;
  for (int frame = 2; frame < 150; ++frame) {
    far.apply(*effect, frame * 0.033);
    const double middle = seen(far.matte.view()).first;
    if (frame > 2) fastest = std::max(fastest, std::abs(middle - last));
    if (frame == 2) {
      EXPECT_GT(middle, 500);  // it does not leap
    }
    last = middle;
  }
  EXPECT_LT(fastest, 14);  // 2 % of the width in a picture
  EXPECT_NEAR(last, 320, 30);
}

TEST(Autoframe, ShowsAllWhenNobodyIsThere) {
  TestLayer layer(kSize);
  layer.apply("autoframe");
  EXPECT_EQ(layer.changed(), 0);
}

}  // namespace
}  // namespace scrim
