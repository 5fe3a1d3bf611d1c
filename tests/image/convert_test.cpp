#include "image/convert.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "support/planes.h"
#include "support/psnr.h"

namespace scrim {
namespace {

constexpr ColourSpace kFullJpeg{Matrix::kBt601, Range::kFull};
constexpr ColourSpace kHd{Matrix::kBt709, Range::kLimited};

/// One of the two nearest levels where `exact` lies between them, else the nearest.
void expect_rounded(int level, double exact) {
  EXPECT_NEAR(level, std::clamp(exact, 0.0, 255.0), 0.5) << exact;
}

/// A plane of 256 columns that holds each level once.
PlaneBuffer all_levels(Size size) {
  PlaneBuffer plane(size);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) plane.view().row(y)[x] = static_cast<std::uint8_t>(x);
  return plane;
}

TEST(Convert, RangesAreExactlyRounded) {
  Image image({512, 2});
  Image out({512, 2});
  const PlaneBuffer luma = all_levels({512, 2});
  const PlaneBuffer chroma = all_levels({256, 1});
  copy({luma.view(), chroma.view(), chroma.view()}, image.view());
  to_internal(image.view(), kFullJpeg, out.view());
  for (int i = 0; i < 256; ++i) {
    expect_rounded(out.view().y.row(1)[i], 16 + i * 219 / 255.0);
    expect_rounded(out.view().u.row(0)[i], 128 + (i - 128) * 224 / 255.0);
    EXPECT_EQ(out.view().v.row(0)[i], out.view().u.row(0)[i]) << i;
  }
  from_internal(image.view(), kFullJpeg, out.view());
  for (int i = 0; i < 256; ++i) {
    expect_rounded(out.view().y.row(1)[i], (i - 16) * 255 / 219.0);
    expect_rounded(out.view().u.row(0)[i], 128 + (i - 128) * 255 / 224.0);
  }
}

struct Triple {
  double y, u, v;
};

Triple internal_by_way_of_rgb(Triple in, double red_weight, double blue_weight, Range range) {
  const bool full = range == Range::kFull;
  const double y = (in.y - (full ? 0 : 16)) / (full ? 255 : 219);
  const double u = (in.u - 128) / (full ? 255 : 224);
  const double v = (in.v - 128) / (full ? 255 : 224);
  const double red = y + 2 * (1 - red_weight) * v;
  const double blue = y + 2 * (1 - blue_weight) * u;
  const double green = (y - red_weight * red - blue_weight * blue) / (1 - red_weight - blue_weight);
  const double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return {16 + 219 * luma, 128 + 224 * (blue - luma) / 1.772, 128 + 224 * (red - luma) / 1.402};
}

void expect_matrix(ColourSpace from, double red_weight, double blue_weight) {
  Image in({2, 2});
  Image out({2, 2});
  for (int y = 0; y < 256; y += 15)
    for (int u = 0; u < 256; u += 15)
      for (int v = 0; v < 256; v += 15) {
        fill(in.view(), {static_cast<std::uint8_t>(y), static_cast<std::uint8_t>(u),
                         static_cast<std::uint8_t>(v)});
        to_internal(in.view(), from, out.view());
        const Triple want = internal_by_way_of_rgb(
            {static_cast<double>(y), static_cast<double>(u), static_cast<double>(v)}, red_weight,
            blue_weight, from.range);
        ASSERT_NEAR(out.view().y.row(1)[1], std::clamp(want.y, 0.0, 255.0), 0.51);
        ASSERT_NEAR(out.view().u.row(0)[0], std::clamp(want.u, 0.0, 255.0), 0.51);
        ASSERT_NEAR(out.view().v.row(0)[0], std::clamp(want.v, 0.0, 255.0), 0.51);
      }
}

TEST(Convert, MatricesAgreeWithTheWayThroughRgb) {
  expect_matrix({Matrix::kBt709, Range::kLimited}, 0.2126, 0.0722);
  expect_matrix({Matrix::kBt709, Range::kFull}, 0.2126, 0.0722);
  expect_matrix({Matrix::kBt2020, Range::kLimited}, 0.2627, 0.0593);
  expect_matrix({Matrix::kBt601, Range::kFull}, 0.299, 0.114);
}

TEST(Convert, GreyStaysGrey) {
  Image image({4, 4});
  for (int y = 16; y <= 235; ++y) {
    const Yuv grey{static_cast<std::uint8_t>(y), 128, 128};
    fill(image.view(), grey);
    to_internal(image.view(), kHd, image.view());
    EXPECT_EQ(image.view().y.row(3)[3], y);
    EXPECT_EQ(image.view().u.row(1)[1], 128);
    EXPECT_EQ(image.view().v.row(1)[1], 128);
  }
}

TEST(Convert, FullRangePicturesComeOutAsTheyWentIn) {
  for (Size size : {Size{640, 360}, Size{639, 361}, Size{17, 5}, Size{1, 1}}) {
    Image full(size);
    Image there(size);
    Image back(size);
    fill_like_a_photograph(full.view().y, 0, 255, 1);
    fill_like_a_photograph(full.view().u, 60, 196, 2);
    fill_like_a_photograph(full.view().v, 60, 196, 3);
    to_internal(full.view(), kFullJpeg, there.view());
    from_internal(there.view(), kFullJpeg, back.view());
    EXPECT_GE(psnr(full.view(), back.view()), 48) << size.width << 'x' << size.height;
  }
}

TEST(Convert, InternalPicturesSurviveTheWayThroughFullRange) {
  Image image({321, 181});
  Image copied({321, 181});
  fill_with_noise(image.view(), 1);
  // Levels outside the range have no place in full range.
  for (Plane plane : {image.view().y, image.view().u, image.view().v})
    for (int y = 0; y < plane.height; ++y)
      for (int x = 0; x < plane.width; ++x)
        plane.row(y)[x] = std::clamp<std::uint8_t>(plane.row(y)[x], 17, 235);
  from_internal(image.view(), kFullJpeg, copied.view());
  to_internal(copied.view(), kFullJpeg, copied.view());
  EXPECT_EQ(largest_difference(image.view(), copied.view()), 0);
}

TEST(Convert, HdPicturesComeOutAsTheyWentIn) {
  Image image({641, 359});
  Image copied({641, 359});
  fill_like_a_photograph(image.view());
  to_internal(image.view(), kHd, copied.view());
  from_internal(copied.view(), kHd, copied.view());
  EXPECT_GE(psnr(image.view(), copied.view()), 48);
}

TEST(Convert, InPlaceGivesTheSameAndStaysInside) {
  for (ColourSpace from : {kFullJpeg, kHd, ColourSpace{Matrix::kBt2020, Range::kFull}, kInternal})
    for (Size size : awkward_sizes()) {
      GuardedImage in(size);
      GuardedImage out(size);
      fill_with_noise(in.view(), 5);
      to_internal(in.view(), from, out.view());
      to_internal(in.view(), from, in.view());
      EXPECT_EQ(largest_difference(in.view(), out.view()), 0);
      EXPECT_TRUE(in.intact() && out.intact());
    }
}

}  // namespace
}  // namespace scrim
