#include "image/scale.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/planes.h"

namespace scrim {
namespace {

TEST(CoverCrop, CutsTheOverhangEvenly) {
  EXPECT_EQ(cover_crop({1920, 1080}, {1280, 720}), (Rect{0, 0, 1920, 1080}));
  EXPECT_EQ(cover_crop({640, 480}, {1280, 720}), (Rect{0, 60, 640, 360}));
  EXPECT_EQ(cover_crop({1280, 720}, {480, 640}), (Rect{370, 0, 540, 720}));
  EXPECT_EQ(cover_crop({641, 361}, {641, 361}), (Rect{0, 0, 641, 361}));
}

TEST(CoverCrop, LiesWithinAndIsNeverEmpty) {
  const int sides[] = {1, 2, 3, 17, 640, 16384};
  for (int a : sides)
    for (int b : sides)
      for (int c : sides)
        for (int d : sides) {
          const Rect r = cover_crop({a, b}, {c, d});
          ASSERT_GE(r.width, 1);
          ASSERT_GE(r.height, 1);
          ASSERT_TRUE(r.x >= 0 && r.x % 2 == 0 && r.x + r.width <= a);
          ASSERT_TRUE(r.y >= 0 && r.y % 2 == 0 && r.y + r.height <= b);
          ASSERT_TRUE(r.width == a || r.height == b);
        }
}

TEST(Crop, TakesTheChromaAlong) {
  Image image({9, 7});
  const ImageView part = crop(image.view(), {2, 4, 7, 3});
  EXPECT_EQ(part.y.data, image.view().y.row(4) + 2);
  EXPECT_EQ(part.v.data, image.view().v.row(2) + 1);
  EXPECT_EQ(part.u.size(), (Size{4, 2}));
}

/// Bilinear between the centres of samples.
double naive_linear(ConstPlane in, Size out, int x, int y) {
  const auto place = [](int i, int from, int to) {
    return std::clamp((i + 0.5) * from / to - 0.5, 0.0, from - 1.0);
  };
  const double px = place(x, in.width, out.width);
  const double py = place(y, in.height, out.height);
  const int left = static_cast<int>(px);
  const int top = static_cast<int>(py);
  const int right = std::min(left + 1, in.width - 1);
  const int bottom = std::min(top + 1, in.height - 1);
  const double wx = px - left;
  const double wy = py - top;
  return (in.row(top)[left] * (1 - wx) + in.row(top)[right] * wx) * (1 - wy) +
         (in.row(bottom)[left] * (1 - wx) + in.row(bottom)[right] * wx) * wy;
}

void expect_linear(Size from, Size to) {
  GuardedPlane in(from);
  GuardedPlane out(to);
  fill_with_noise(in.view(), 7);
  scale_linear(in.view(), out.view());
  for (int y = 0; y < to.height; ++y)
    for (int x = 0; x < to.width; ++x)
      ASSERT_NEAR(out.view().row(y)[x], naive_linear(in.view(), to, x, y), 1.1)
          << x << ' ' << y << " of " << to.width << 'x' << to.height;
  EXPECT_TRUE(out.intact());
}

TEST(ScaleLinear, AgreesWithItsTwin) {
  expect_linear({256, 256}, {1280, 720});
  expect_linear({256, 144}, {641, 359});
  expect_linear({1, 1}, {17, 5});
  expect_linear({2, 3}, {65, 33});
  expect_linear({17, 5}, {17, 5});
  expect_linear({320, 180}, {200, 300});
  expect_linear({7, 1}, {1, 7});
}

TEST(ScaleLinear, FlatPlanesStayFlat) {
  for (int level = 0; level < 256; ++level) {
    PlaneBuffer in({5, 4});
    PlaneBuffer out({33, 31});
    fill(in.view(), static_cast<std::uint8_t>(level));
    scale_linear(in.view(), out.view());
    for (int y = 0; y < 31; ++y)
      for (int x = 0; x < 33; ++x) ASSERT_EQ(out.view().row(y)[x], level);
  }
}

TEST(ScaleLinear, ARampRisesSmoothly) {
  PlaneBuffer in({64, 1});
  PlaneBuffer out({640, 1});
  for (int x = 0; x < 64; ++x) in.view().row(0)[x] = static_cast<std::uint8_t>(4 * x);
  scale_linear(in.view(), out.view());
  for (int x = 1; x < 640; ++x) {
    const int step = out.view().row(0)[x] - out.view().row(0)[x - 1];
    EXPECT_TRUE(step == 0 || step == 1) << x;
  }
}

/// The exact mean of what sample (x, y) of `out` covers.
double naive_area(ConstPlane in, Size out, int x, int y) {
  const double left = static_cast<double>(x) * in.width / out.width;
  const double right = static_cast<double>(x + 1) * in.width / out.width;
  const double top = static_cast<double>(y) * in.height / out.height;
  const double bottom = static_cast<double>(y + 1) * in.height / out.height;
  double sum = 0;
  for (int j = static_cast<int>(top); j < in.height && j < bottom; ++j)
    for (int i = static_cast<int>(left); i < in.width && i < right; ++i)
      sum += in.row(j)[i] * (std::min(right, i + 1.0) - std::max(left, 1.0 * i)) *
             (std::min(bottom, j + 1.0) - std::max(top, 1.0 * j));
  return sum / ((right - left) * (bottom - top));
}

TEST(Scale, FarDownIsTheMeanOfTheArea) {
  const std::vector<std::pair<Size, Size>> cases{
      {{320, 180}, {100, 70}}, {{320, 180}, {64, 36}},  {{321, 181}, {80, 45}}, {{33, 9}, {1, 1}},
      {{320, 180}, {80, 45}},  {{320, 180}, {160, 90}}, {{127, 63}, {127, 3}},  {{7, 5}, {2, 5}}};
  for (const auto& [from, to] : cases) {
    GuardedPlane in(from);
    GuardedPlane out(to);
    fill_with_noise(in.view(), 2);
    scale(in.view(), out.view());
    for (int y = 0; y < to.height; ++y)
      for (int x = 0; x < to.width; ++x)
        ASSERT_NEAR(out.view().row(y)[x], naive_area(in.view(), to, x, y), 0.51)
            << to.width << 'x' << to.height;
    EXPECT_TRUE(out.intact());
  }
}

GuardedPlane scaled(Plane in, Size to) {
  GuardedPlane out(to);
  scale(in, out.view());
  EXPECT_TRUE(out.intact());
  return out;
}

void flip(Plane plane) {
  for (int y = 0; y < plane.height / 2; ++y)
    std::swap_ranges(plane.row(y), plane.row(y) + plane.width, plane.row(plane.height - 1 - y));
}

/// A scaler that shifts to one side shifts the reversed picture to the other.
TEST(Scale, NothingShiftsWhateverTheSizes) {
  const std::vector<Size> sizes{{320, 180}, {640, 360}, {480, 270}, {201, 113}, {90, 400},
                                {80, 45},   {427, 241}, {150, 90},  {17, 5},    {1, 64}};
  for (Size from : sizes)
    for (Size to : sizes) {
      GuardedPlane in(from);
      fill_with_noise(in.view(), 5);
      GuardedPlane straight = scaled(in.view(), to);
      mirror(in.view());
      flip(in.view());
      GuardedPlane reversed = scaled(in.view(), to);
      mirror(reversed.view());
      flip(reversed.view());
      EXPECT_LE(largest_difference(straight.view(), reversed.view()), 1)
          << from.width << 'x' << from.height << " to " << to.width << 'x' << to.height;
    }
}

TEST(Scale, PicturesOfAwkwardSizesStayInside) {
  for (Size from : awkward_sizes())
    for (Size to : awkward_sizes()) {
      GuardedImage in(from);
      GuardedImage out(to);
      for (Plane plane : {in.view().y, in.view().u, in.view().v}) fill(plane, 99);
      scale_to_cover(in.view(), out.view());
      EXPECT_TRUE(out.intact());
      for (ConstPlane plane : {out.view().y, out.view().u, out.view().v})
        for (int y = 0; y < plane.height; ++y)
          for (int x = 0; x < plane.width; ++x) ASSERT_EQ(plane.row(y)[x], 99);
    }
}

TEST(Rotate, TurnsClockwise) {
  for (Size size : awkward_sizes()) {
    const Size turned{size.height, size.width};
    GuardedImage in(size);
    GuardedImage quarter(turned), half(size), three_quarters(turned);
    fill_with_noise(in.view(), 6);
    rotate(in.view(), Rotation::k90, quarter.view());
    rotate(in.view(), Rotation::k180, half.view());
    rotate(in.view(), Rotation::k270, three_quarters.view());
    const int w = size.width, h = size.height;
    for (int y = 0; y < h; ++y)
      for (int x = 0; x < w; ++x) {
        const std::uint8_t value = in.view().y.row(y)[x];
        ASSERT_EQ(quarter.view().y.row(x)[h - 1 - y], value);
        ASSERT_EQ(half.view().y.row(h - 1 - y)[w - 1 - x], value);
        ASSERT_EQ(three_quarters.view().y.row(w - 1 - x)[y], value);
      }
    EXPECT_TRUE(quarter.intact() && half.intact() && three_quarters.intact());
  }
}

TEST(Mirror, ReversesAndUndoesItself) {
  for (Size size : awkward_sizes()) {
    GuardedImage image(size), before(size);
    fill_with_noise(image.view(), 6);
    copy(image.view(), before.view());
    mirror(image.view());
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        ASSERT_EQ(image.view().y.row(y)[x], before.view().y.row(y)[size.width - 1 - x]);
    mirror(image.view());
    EXPECT_EQ(largest_difference(image.view(), before.view()), 0);
    EXPECT_TRUE(image.intact());
  }
}

}  // namespace
}  // namespace scrim
