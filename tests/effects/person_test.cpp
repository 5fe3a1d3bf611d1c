#include <gtest/gtest.h>

#include "effects/head.h"
#include "layer.h"

namespace scrim {
namespace {

constexpr Size kSize{640, 360};

TEST(HeadFinder, FindsThePresentersHeadWhateverTheyDo) {
  HeadFinder finder(kSize);
  for (double seconds : {0.5, 3.0, 5.0, 7.5, 8.2}) {
    const TestLayer layer = TestLayer::presenter(kSize, seconds);
    const auto head = finder.find(layer.matte_before.view());
    ASSERT_TRUE(head) << seconds;
    EXPECT_GT(head->height, 70) << seconds;
    EXPECT_LT(head->height, 220) << seconds;
    EXPECT_NEAR(head->x + head->width / 2, 320, 80) << seconds;
    EXPECT_LT(head->y, 120) << seconds;
  }
}

TEST(HeadFinder, SaysSoWhenNobodyIsThere) {
  EXPECT_FALSE(HeadFinder(kSize).find(TestLayer(kSize).matte_before.view()));
}

TEST(Mosaic, HidesTheFaceAndNothingFarFromIt) {
  TestLayer layer = TestLayer::presenter(kSize);
  layer.apply("mosaic?part=face", Role::kPerson);
  const auto head = *HeadFinder(kSize).find(layer.matte_before.view());
  const Plane luma = layer.picture.view().y;
  // Within the head all of a block is one colour.
  const int x = (head.x + head.width / 2) / 16 * 16, y = (head.y + head.height / 2) / 16 * 16;
  for (int i = 0; i < 16; ++i) EXPECT_EQ(luma.row(y)[x + i], luma.row(y)[x]);
  for (int i = 0; i < kSize.width; ++i)
    ASSERT_EQ(luma.row(350)[i], layer.before.view().y.row(350)[i]);
  EXPECT_EQ(layer.matte_changed(), 0);
}

TEST(Mosaic, InAPictureOnlyThePersonIsHidden) {
  TestLayer layer = TestLayer::presenter(kSize);
  layer.apply("mosaic", Role::kPicture);
  for (int y = 0; y < kSize.height; ++y)
    for (int x = 0; x < kSize.width; ++x)
      if (layer.matte_before.view().row(y)[x] == 0) {
        ASSERT_EQ(layer.luma(x, y), layer.before.view().y.row(y)[x]);
      }
  EXPECT_GT(layer.changed(), 20);
}

TEST(Opacity, ThinsTheMatteAndLeavesThePicture) {
  TestLayer layer = TestLayer::block(kSize, {200, 100, 200, 260}, {80, 90, 160});
  layer.apply("opacity?value=0.25", Role::kPerson);
  EXPECT_EQ(layer.matte.view().row(200)[300], 64);
  EXPECT_EQ(layer.changed(), 0);
}

TEST(Around, EachLiesBesideThePersonInItsColourAndLeavesThemAlone) {
  const Rect person{200, 100, 200, 260};
  for (const char* text : {"outline?colour=white", "glow?colour=white", "shadow?x=20&opacity=1"}) {
    TestLayer layer = TestLayer::block(kSize, person, {80, 90, 160});
    layer.apply(text, Role::kPerson);
    const Plane matte = layer.matte.view();
    EXPECT_GT(matte.row(200)[401], 100) << text;  // just beside them
    EXPECT_EQ(layer.luma(401, 200), std::string(text).starts_with("shadow") ? 16 : 235) << text;
    EXPECT_EQ(matte.row(200)[600], 0) << text;  // far from them
    for (int x = 200; x < 400; ++x) {
      ASSERT_EQ(layer.luma(x, 200), 80) << text;
      ASSERT_EQ(matte.row(200)[x], 255) << text;
    }
  }
}

TEST(Around, ASoftEdgeStaysSoft) {
  TestLayer layer = TestLayer::block(kSize, {200, 100, 200, 260}, {80, 128, 128});
  fill(layer.matte_before.view().crop({400, 0, 1, 360}), 128);
  layer.apply("outline?colour=black", Role::kPerson);
  EXPECT_NEAR(layer.matte.view().row(200)[400], 255, 3);
  EXPECT_NEAR(layer.luma(400, 200), (128 + 16) / 2, 3);  // half what was there, half the line
}

TEST(Lightwrap, TheEdgeTakesTheColourBehindAndTheMiddleDoesNot) {
  TestLayer layer = TestLayer::block(kSize, {200, 0, 240, 360}, {40, 128, 128});
  fill(layer.before.view(), Yuv{200, 128, 128});
  fill(crop(layer.before.view(), {200, 0, 240, 360}), Yuv{40, 128, 128});
  layer.apply("lightwrap", Role::kPerson);
  EXPECT_GT(layer.luma(203, 180), 60);
  EXPECT_EQ(layer.luma(320, 180), 40);
}

TEST(Despill, TakesTheScreensColourOffAndLeavesOthers) {
  TestLayer layer(kSize);
  const Yuv green = rgb_to_internal({120, 190, 130}), skin = rgb_to_internal({220, 170, 140});
  fill(crop(layer.before.view(), {0, 0, 320, 360}), green);
  fill(crop(layer.before.view(), {320, 0, 320, 360}), skin);
  layer.apply("despill", Role::kPerson);
  const ImageView picture = layer.picture.view();
  const auto to_grey = [&](int x) {
    return std::hypot(picture.u.row(90)[x] - 128, picture.v.row(90)[x] - 128);
  };
  EXPECT_LT(to_grey(40), 8);
  EXPECT_EQ(picture.u.row(90)[300], skin.u);
  EXPECT_EQ(picture.v.row(90)[300], skin.v);
  EXPECT_EQ(picture.y.row(90)[40], green.y);
}

}  // namespace
}  // namespace scrim
