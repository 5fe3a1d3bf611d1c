#include "image/filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/planes.h"
#include "support/psnr.h"

namespace scrim {
namespace {

std::uint8_t at(ConstPlane in, int x, int y) {
  return in.row(std::clamp(y, 0, in.height - 1))[std::clamp(x, 0, in.width - 1)];
}

/// Down the columns, then along the rows, each rounded.
PlaneBuffer naive_box(ConstPlane in, int radius) {
  PlaneBuffer columns(in.size());
  PlaneBuffer out(in.size());
  const int window = 2 * radius + 1;
  const auto mean = [&](auto sample) {
    int sum = 0;
    for (int i = -radius; i <= radius; ++i) sum += sample(i);
    return static_cast<std::uint8_t>((2 * sum + window) / (2 * window));
  };
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x)
      columns.view().row(y)[x] = mean([&](int i) { return at(in, x, y + i); });
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x)
      out.view().row(y)[x] = mean([&](int i) { return at(columns.view(), x + i, y); });
  return out;
}

PlaneBuffer naive_extreme(ConstPlane in, int radius, bool largest) {
  PlaneBuffer out(in.size());
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x) {
      std::uint8_t found = in.row(y)[x];
      for (int j = -radius; j <= radius; ++j)
        for (int i = -radius; i <= radius; ++i) {
          const std::uint8_t value = at(in, x + i, y + j);
          found = largest ? std::max(found, value) : std::min(found, value);
        }
      out.view().row(y)[x] = found;
    }
  return out;
}

const std::vector<Size> kSizes{{1, 1}, {1, 7}, {7, 1}, {17, 5}, {64, 33}, {67, 41}};

TEST(PlaneFilter, BoxBlurAgreesWithItsTwin) {
  for (Size size : kSizes)
    for (int radius : {0, 1, 2, 5, 24, 127}) {
      GuardedPlane plane(size);
      fill_with_noise(plane.view(), 3);
      const PlaneBuffer want = naive_box(plane.view(), radius);
      PlaneFilter filter({70, 45});  // larger than the plane
      filter.box_blur(plane.view(), radius);
      EXPECT_EQ(largest_difference(plane.view(), want.view()), 0) << radius;
      EXPECT_TRUE(plane.intact());
    }
}

TEST(PlaneFilter, WhiteStaysWhite) {
  for (int radius = 0; radius <= PlaneFilter::kMaxRadius; ++radius) {
    PlaneBuffer plane({9, 9});
    fill(plane.view(), 255);
    PlaneFilter filter({9, 9});
    filter.box_blur(plane.view(), radius);
    EXPECT_EQ(plane.view().row(4)[4], 255) << radius;
  }
}

TEST(PlaneFilter, DilateAndErodeAgreeWithTheirTwins) {
  for (Size size : kSizes)
    for (int radius : {0, 1, 2, 3, 7, 16}) {
      GuardedPlane grown(size);
      GuardedPlane shrunk(size);
      fill_with_noise(grown.view(), 9);
      copy(grown.view(), shrunk.view());
      const PlaneBuffer want_grown = naive_extreme(grown.view(), radius, true);
      const PlaneBuffer want_shrunk = naive_extreme(grown.view(), radius, false);
      PlaneFilter filter(size);
      filter.dilate(grown.view(), radius);
      filter.erode(shrunk.view(), radius);
      EXPECT_EQ(largest_difference(grown.view(), want_grown.view()), 0) << radius;
      EXPECT_EQ(largest_difference(shrunk.view(), want_shrunk.view()), 0) << radius;
      EXPECT_TRUE(grown.intact() && shrunk.intact());
    }
}

/// A true Gaussian of a vertical edge between `low` and `high` at x = `edge`.
double soft_edge(double x, double edge, double deviation, double low, double high) {
  return low + (high - low) * 0.5 * (1 + std::erf((x + 0.5 - edge) / (deviation * std::sqrt(2.0))));
}

TEST(Blur, AnEdgeBecomesThatOfAGaussian) {
  for (int radius : {1, 2, 4, 7, 12, 24, 40}) {
    const Size size{640, 64};
    Image image(size);
    fill(image.view().y, 16);
    fill(image.view().y.crop({320, 0, 320, 64}), 235);
    fill(image.view().u, 100);
    fill(image.view().v, 200);
    Blur(size, radius).apply(image.view());
    for (int x = 0; x < 640; ++x)
      EXPECT_NEAR(image.view().y.row(30)[x], soft_edge(x, 320, radius, 16, 235),
                  radius < 3 ? 10 : 6)
          << radius << ' ' << x;
    EXPECT_EQ(image.view().u.row(20)[20], 100);
    EXPECT_EQ(image.view().v.row(20)[20], 200);
  }
}

TEST(Blur, IsSmoothAndRises) {
  Image image({1280, 16});
  fill(image.view().y, 16);
  fill(image.view().y.crop({640, 0, 640, 16}), 235);
  fill(image.view().u, 128);
  fill(image.view().v, 128);
  Blur({1280, 16}, 24).apply(image.view());
  const std::uint8_t* row = image.view().y.row(8);
  for (int x = 1; x < 1280; ++x) {
    EXPECT_GE(row[x], row[x - 1]);
    EXPECT_LE(row[x] - row[x - 1], 5);  // the steepest step of the Gaussian is 3.6
  }
}

TEST(Blur, LeavesFlatPicturesAndCanariesAlone) {
  for (Size size : awkward_sizes())
    for (int radius : {0, 1, 3, 24, 500}) {
      GuardedImage image(size);
      GuardedImage want(size);
      for (ImageView view : {image.view(), want.view()}) {
        fill(view.y, 77);
        fill(view.u, 10);
        fill(view.v, 250);
      }
      Blur(size, radius).apply(image.view());
      EXPECT_EQ(largest_difference(image.view(), want.view()), 0);
      EXPECT_TRUE(image.intact());
    }
}

TEST(Blur, RepeatsExactly) {
  Image first({321, 181});
  Image second({321, 181});
  fill_with_noise(first.view(), 1);
  fill_with_noise(second.view(), 1);
  Blur blur({321, 181}, 9);
  blur.apply(first.view());
  blur.apply(second.view());
  EXPECT_EQ(largest_difference(first.view(), second.view()), 0);
}

}  // namespace
}  // namespace scrim
