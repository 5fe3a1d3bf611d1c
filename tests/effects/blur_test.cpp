#include <gtest/gtest.h>

#include "effects/vacancy.h"
#include "layer.h"

namespace scrim {
namespace {

constexpr Size kSize{640, 360};
constexpr Rect kPerson{220, 100, 200, 260};
constexpr Yuv kRed{80, 90, 240};

/// The farthest from the person that any of their colour is seen.
int reach_of_colour(TestLayer& layer) {
  const Plane v = layer.picture.view().v;
  int farthest = 0;
  for (int y = 0; y < v.height; ++y)
    for (int x = 0; x < v.width; ++x) {
      if (v.row(y)[x] <= 130) continue;
      const int dx = std::max({kPerson.x - 2 * x - 1, 2 * x - (kPerson.x + kPerson.width - 1), 0});
      const int dy = std::max(kPerson.y - 2 * y - 1, 0);
      farthest = std::max(farthest, std::max(dx, dy));
    }
  return farthest;
}

TEST(Blur, TheRoomTakesNoColourFromThePersonBeforeIt) {
  for (const char* text : {"blur?radius=24", "blur?radius=6", "blur?radius=100", "bokeh?radius=30",
                           "pixelate?size=64", "shower"}) {
    TestLayer layer = TestLayer::block(kSize, kPerson, kRed);
    layer.apply(text, Role::kBackground);
    EXPECT_LE(reach_of_colour(layer), 4) << text;
  }
}

TEST(Blur, InAPictureThePersonIsBlurredToo) {
  TestLayer layer = TestLayer::block(kSize, kPerson, kRed);
  layer.apply("blur?radius=48", Role::kPicture);
  EXPECT_GT(reach_of_colour(layer), 8);
}

TEST(Blur, ABlurredPersonTakesNoColourFromTheRoom) {
  TestLayer layer = TestLayer::block(kSize, kPerson, kRed);
  layer.apply("blur?radius=30", Role::kPerson);
  const Plane v = layer.picture.view().v;
  for (int y = kPerson.y / 2 + 1; y < v.height; ++y)
    for (int x = kPerson.x / 2; x < (kPerson.x + kPerson.width) / 2; ++x)
      ASSERT_GE(v.row(y)[x], 236) << x << ' ' << y;
}

TEST(Blur, WithNobodyThereTheBackgroundIsBlurredAsAPictureIs) {
  TestLayer layer = TestLayer::presenter({322, 181});
  fill(layer.matte_before.view(), 0);
  layer.apply("blur", Role::kBackground);
  Image background({322, 181});
  copy(std::as_const(layer.picture).view(), background.view());
  layer.apply("blur", Role::kPicture);
  EXPECT_EQ(largest_difference(std::as_const(background).view(), layer.picture.view()), 0);
}

TEST(Vacancy, LeavesWhatIsFarFromThePersonAlone) {
  TestLayer layer = TestLayer::presenter(kSize);
  copy(std::as_const(layer.before).view(), layer.picture.view());
  Vacancy vacancy(kSize, Role::kBackground);
  vacancy.apply({layer.picture.view(), layer.matte_before.view()});
  EXPECT_GT(layer.changed(), 20);
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 60; ++x) ASSERT_EQ(layer.luma(x, y), layer.before.view().y.row(y)[x]);
}

TEST(Vacancy, APictureFullOfPersonIsLeftAsItIs) {
  TestLayer layer = TestLayer::presenter({64, 36});
  fill(layer.matte_before.view(), 255);
  copy(std::as_const(layer.before).view(), layer.picture.view());
  Vacancy vacancy({64, 36}, Role::kBackground);
  vacancy.apply({layer.picture.view(), layer.matte_before.view()});
  EXPECT_EQ(layer.changed(), 0);
}

TEST(Bokeh, ABrightPointBecomesADisc) {
  TestLayer layer(kSize);
  fill(layer.before.view(), Yuv{30, 128, 128});
  fill(layer.before.view().y.crop({320, 176, 8, 8}), 235);
  layer.apply("bokeh?radius=40&shine=1");
  const int middle = layer.luma(320, 180);
  EXPECT_GT(middle, 40);
  EXPECT_NEAR(layer.luma(330, 180), middle, 6);  // flat within
  EXPECT_EQ(layer.luma(320, 220), 30);           // and nothing beyond
}

}  // namespace
}  // namespace scrim
