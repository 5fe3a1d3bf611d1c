#include "backgrounds/framing.h"

#include <gtest/gtest.h>

#include "backgrounds/scenery.h"
#include "support/planes.h"

namespace scrim {
namespace {

/// Left third dark, middle grey, right third bright.
Image thirds(Size size) {
  Image picture(size);
  fill(picture.view(), Yuv{128, 128, 128});
  const int third = size.width / 3;
  fill(picture.view().y.crop({0, 0, third, size.height}), 40);
  fill(picture.view().y.crop({size.width - third, 0, third, size.height}), 220);
  return picture;
}

int luma(Image& out, int x, int y) {
  return out.view().y.row(y)[x];
}

Image laid(const Framing& framing, Size from, Size to) {
  const Image picture = thirds(from);
  Image out(to);
  lay(picture.view(), framing, out.view());
  return out;
}

TEST(Framing, CoverShowsThePartThatIsAskedFor) {
  const struct {
    double x;
    int level;
  } cases[] = {{0, 40}, {0.5, 128}, {1, 220}};
  for (const auto& c : cases) {
    Image out = laid({.x = c.x}, {300, 100}, {100, 100});
    EXPECT_EQ(luma(out, 50, 50), c.level) << c.x;
  }
}

TEST(Framing, ContainShowsAllAndIsBlackBeside) {
  Image out = laid({.fit = Fit::kContain}, {300, 100}, {120, 120});
  EXPECT_EQ(luma(out, 60, 20), 16);
  EXPECT_EQ(luma(out, 10, 60), 40);
  EXPECT_EQ(luma(out, 110, 60), 220);
  Image above = laid({.fit = Fit::kContain, .y = 0}, {300, 100}, {120, 120});
  EXPECT_EQ(luma(above, 10, 10), 40);
  EXPECT_EQ(luma(above, 10, 60), 16);
}

TEST(Framing, StretchFillsAll) {
  Image out = laid({.fit = Fit::kStretch}, {300, 100}, {90, 120});
  for (const int y : {2, 117}) {
    EXPECT_EQ(luma(out, 4, y), 40);
    EXPECT_EQ(luma(out, 85, y), 220);
  }
}

TEST(Framing, TilesRepeatFromTheCornerAskedFor) {
  Image out = laid({.fit = Fit::kTile, .x = 0, .y = 0}, {30, 20}, {101, 77});
  for (const int x : {0, 30, 60, 90}) EXPECT_EQ(luma(out, x + 4, 70), 40);
  for (const int x : {0, 30, 60}) EXPECT_EQ(luma(out, x + 26, 5), 220);
}

TEST(Framing, ZoomMakesLargerAndSmaller) {
  Image larger = laid({.zoom = 3}, {300, 300}, {100, 100});
  EXPECT_EQ(luma(larger, 4, 50), 128) << "only the middle third is seen";
  Image smaller = laid({.fit = Fit::kContain, .zoom = 0.5}, {100, 100}, {100, 100});
  EXPECT_EQ(luma(smaller, 10, 50), 16);
  EXPECT_EQ(luma(smaller, 50, 50), 128);
}

TEST(Framing, KeepsWithinThePictureAtAnySize) {
  for (const Size from : awkward_sizes())
    for (const Size to : awkward_sizes())
      for (const Fit fit : {Fit::kCover, Fit::kContain, Fit::kStretch, Fit::kTile})
        for (const double zoom : {0.1, 1.0, 1.7, 10.0}) {
          const Image picture = thirds(from);
          GuardedImage out(to);
          lay(picture.view(), {fit, 0.3, 0.9, zoom}, out.view());
          ASSERT_TRUE(out.intact()) << from.width << "x" << from.height;
        }
}

TEST(Framing, IsReadFromASpec) {
  const Spec spec{"image", "a.jpg", {{"fit", "tile"}, {"x", "0.2"}, {"zoom", "2"}}};
  EXPECT_EQ(framing_of(spec), (Framing{Fit::kTile, 0.2, 0.5, 2}));
  EXPECT_EQ(refusal({"image", "a.jpg", {{"fit", "tiles"}}}),
            "image?fit=tiles: expected one of cover, contain, stretch, tile");
  EXPECT_EQ(refusal({"image", "a.jpg", {{"zoom", "50"}}}),
            "image?zoom=50: expected a number from 0.1 to 10");
}

}  // namespace
}  // namespace scrim
