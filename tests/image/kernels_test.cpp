#include "image/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/planes.h"

namespace scrim {
namespace {

/// The exact quotient, rounded; 255 is odd, so there are no ties.
std::uint8_t naive_mix(int f, int b, int a) {
  return static_cast<std::uint8_t>((2 * (f * a + b * (255 - a)) + 255) / 510);
}

TEST(Blend, IsExactForAllPairsAndAlphas) {
  PlaneBuffer f({256, 256});
  PlaneBuffer b({256, 256});
  PlaneBuffer alpha({256, 256});
  PlaneBuffer out({256, 256});
  for (int y = 0; y < 256; ++y)
    for (int x = 0; x < 256; ++x) {
      f.view().row(y)[x] = static_cast<std::uint8_t>(x);
      b.view().row(y)[x] = static_cast<std::uint8_t>(y);
    }
  for (int a = 0; a < 256; ++a) {
    fill(alpha.view(), static_cast<std::uint8_t>(a));
    blend(f.view(), b.view(), alpha.view(), out.view());
    int wrong = 0;
    for (int y = 0; y < 256; ++y)
      for (int x = 0; x < 256; ++x) wrong += out.view().row(y)[x] != naive_mix(x, y, a);
    ASSERT_EQ(wrong, 0) << "alpha " << a;
  }
}

std::uint8_t naive_chroma_alpha(ConstPlane alpha, int x, int y) {
  int sum = 0;
  int count = 0;
  for (int j = 2 * y; j < std::min(2 * y + 2, alpha.height); ++j)
    for (int i = 2 * x; i < std::min(2 * x + 2, alpha.width); ++i) {
      sum += alpha.row(j)[i];
      ++count;
    }
  return static_cast<std::uint8_t>((sum + count / 2) / count);
}

void naive_blend(ConstImageView f, ConstImageView b, ConstPlane alpha, ImageView out) {
  for (int y = 0; y < out.y.height; ++y)
    for (int x = 0; x < out.y.width; ++x)
      out.y.row(y)[x] = naive_mix(f.y.row(y)[x], b.y.row(y)[x], alpha.row(y)[x]);
  for (int y = 0; y < out.u.height; ++y)
    for (int x = 0; x < out.u.width; ++x) {
      const int a = naive_chroma_alpha(alpha, x, y);
      out.u.row(y)[x] = naive_mix(f.u.row(y)[x], b.u.row(y)[x], a);
      out.v.row(y)[x] = naive_mix(f.v.row(y)[x], b.v.row(y)[x], a);
    }
}

TEST(Blend, AgreesWithItsTwinAtAllSizesAndInPlace) {
  for (Size size : awkward_sizes()) {
    GuardedImage f(size), b(size), out(size), want(size);
    GuardedPlane alpha(size);
    fill_with_noise(f.view(), 1);
    fill_with_noise(b.view(), 11);
    fill_with_noise(alpha.view(), 21);
    naive_blend(f.view(), b.view(), alpha.view(), want.view());
    blend(f.view(), b.view(), alpha.view(), out.view());
    EXPECT_EQ(largest_difference(out.view(), want.view()), 0);
    copy(f.view(), out.view());
    blend(out.view(), b.view(), alpha.view(), out.view());
    EXPECT_EQ(largest_difference(out.view(), want.view()), 0) << "over the foreground";
    blend(f.view(), b.view(), alpha.view(), b.view());
    EXPECT_EQ(largest_difference(b.view(), want.view()), 0) << "over the background";
    EXPECT_TRUE(f.intact() && b.intact() && out.intact() && alpha.intact());
  }
}

TEST(Blend, FullAndEmptyMattesPassPicturesOnUntouched) {
  GuardedImage f({65, 35}), b({65, 35}), out({65, 35});
  GuardedPlane alpha({65, 35});
  fill_with_noise(f.view(), 1);
  fill_with_noise(b.view(), 2);
  fill(alpha.view(), 255);
  blend(f.view(), b.view(), alpha.view(), out.view());
  EXPECT_EQ(largest_difference(out.view(), f.view()), 0);
  fill(alpha.view(), 0);
  blend(f.view(), b.view(), alpha.view(), out.view());
  EXPECT_EQ(largest_difference(out.view(), b.view()), 0);
}

TEST(Mix, SharesAsTold) {
  for (const int share : {0, 1, 100, 255, 256}) {
    GuardedPlane first({256, 2}), both({256, 2});
    for (int x = 0; x < 256; ++x) {
      first.view().row(0)[x] = first.view().row(1)[x] = static_cast<std::uint8_t>(x);
      both.view().row(0)[x] = both.view().row(1)[x] = static_cast<std::uint8_t>(x * 7);
    }
    mix(first.view(), both.view(), share);
    for (int x = 0; x < 256; ++x)
      EXPECT_NEAR(both.view().row(1)[x], ((256 - share) * x + share * (x * 7 % 256)) / 256., .5);
    EXPECT_TRUE(both.intact());
  }
}

TEST(Threshold, SplitsAtTheLevel) {
  for (int level : {0, 1, 128, 255}) {
    GuardedPlane plane({256, 2});
    for (int x = 0; x < 256; ++x)
      plane.view().row(0)[x] = plane.view().row(1)[x] = static_cast<std::uint8_t>(x);
    threshold(plane.view(), static_cast<std::uint8_t>(level));
    for (int x = 0; x < 256; ++x) EXPECT_EQ(plane.view().row(1)[x], x >= level ? 255 : 0);
    EXPECT_TRUE(plane.intact());
  }
}

}  // namespace
}  // namespace scrim
