#include "matte/edges.h"

#include <gtest/gtest.h>

#include "image/convert.h"
#include "image/scale.h"
#include "support/planes.h"

namespace scrim {
namespace {

constexpr Levels kNone{.low = 0, .high = 255};

/// A picture whose right part, from `edge` on, is of another colour; its grid and luma on it.
struct Split {
  Image picture;
  Matte luma, matte;
  GuardedPlane out;

  Split(Size size, int edge, Size grid) : picture(size), luma(grid), matte(grid), out(size) {
    fill(picture.view(), Yuv{60, 110, 140});
    fill(crop(picture.view(), {edge, 0, size.width - edge, size.height}), Yuv{170, 140, 110});
    scale(picture.view().y, luma.view());
  }
  void refine(Levels levels = kNone, Detail detail = Detail::kFine) {
    Edges edges;
    edges.refine(picture.view(), luma.view(), matte.view(), {levels, detail}, out.view());
  }
};

TEST(Edges, ASoftMatteFollowsThePicturesEdge) {
  Split split({640, 360}, 322, {320, 180});
  for (int y = 0; y < 180; ++y)  // rises from 0 to 255 over twelve samples, three too far left
    for (int x = 0; x < 320; ++x)
      split.matte.view().row(y)[x] = static_cast<std::uint8_t>(std::clamp((x - 152) * 21, 0, 255));
  split.refine();
  EXPECT_LT(split.out.view().row(100)[318], 147 - 30) << "the matte alone says 147";
  EXPECT_GT(split.out.view().row(100)[324], 210 - 10) << "the matte alone says 210";
  EXPECT_EQ(split.out.view().row(100)[100], 0);
  EXPECT_EQ(split.out.view().row(100)[500], 255);
  EXPECT_TRUE(split.out.intact());
}

TEST(Edges, WhatIsSureEverywhereStaysAndNothingIsFitted) {
  for (int value : {0, 255, 3, 252}) {
    Split split({640, 360}, 322, {320, 180});
    fill(split.matte.view(), static_cast<std::uint8_t>(value));
    split.refine();
    for (int x = 0; x < 640; ++x) ASSERT_EQ(split.out.view().row(180)[x], value < 128 ? 0 : 255);
  }
}

TEST(Edges, FlatPicturesLeaveTheMatteSoftAndApplyLevels) {
  Split split({640, 360}, 640 - 2, {320, 180});
  fill(split.matte.view(), 100);
  split.refine({.low = 50, .high = 150});
  EXPECT_NEAR(split.out.view().row(180)[100], 128, 1);
}

TEST(Edges, AwkwardSizesAreFilledAndNothingBeyond) {
  for (Size size : awkward_sizes()) {
    const Size grid{std::min(size.width, 320), std::min(size.height, 180)};
    Split split(size, size.width / 4 * 2, grid);
    fill_with_noise(split.matte.view(), 7);
    fill(split.out.view(), 77);
    split.refine();
    EXPECT_TRUE(split.out.intact()) << size.width << 'x' << size.height;
  }
}

}  // namespace
}  // namespace scrim
