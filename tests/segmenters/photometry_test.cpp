#include "segmenters/photometry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace scrim {
namespace {

constexpr double kTaps[] = {0.05449, 0.24420, 0.40262, 0.24420, 0.05449};

std::vector<float> noise(Size size, float low, float high) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> level(low, high);
  std::vector<float> rgb(static_cast<std::size_t>(3 * size.width * size.height));
  for (float& value : rgb) value = level(random);
  return rgb;
}

TEST(Photometry, SharpensByWhatASmallGaussianTakesAway) {
  for (Size size : {Size{16, 9}, Size{2, 3}, Size{1, 1}}) {
    const std::vector<float> in = noise(size, 0.4f, 1);
    std::vector<float> out = in;
    Photometry(size, 0, 1).apply(out);
    const auto at = [&](int x, int y, int c) {
      return in[static_cast<std::size_t>(
          3 * (std::clamp(y, 0, size.height - 1) * size.width + std::clamp(x, 0, size.width - 1)) +
          c)];
    };
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        for (int c = 0; c < 3; ++c) {
          double soft = 0;
          for (int j = -2; j <= 2; ++j)
            for (int i = -2; i <= 2; ++i) soft += kTaps[j + 2] * kTaps[i + 2] * at(x + i, y + j, c);
          const double want = std::clamp(at(x, y, c) + 1.2 * (at(x, y, c) - soft), 0.0, 1.0);
          ASSERT_NEAR(out[static_cast<std::size_t>(3 * (y * size.width + x) + c)], want, 1e-5);
        }
  }
}

TEST(Photometry, BringsDarkPicturesUpAndLeavesBrightOnes) {
  const Size size{8, 8};
  std::vector<float> dark(3 * 64, 0.1f), bright(3 * 64, 0.6f), black(3 * 64, 0.0f);
  Photometry photometry(size, 0, 1);
  photometry.apply(dark);
  photometry.apply(bright);
  photometry.apply(black);
  EXPECT_NEAR(dark[0], std::pow(0.1, 0.4), 2e-3) << "gamma log .4 / log .1 = .398, at least .4";
  EXPECT_NEAR(bright[0], 0.6, 1e-6);
  EXPECT_EQ(black[0], 0);
}

TEST(Photometry, WorksBetweenAnyTwoLevels) {
  const Size size{8, 8};
  std::vector<float> dark(3 * 64, -0.6f);  // a fifth of the way from -1 to 1
  Photometry(size, -1, 1).apply(dark);
  EXPECT_NEAR(dark[0], -1 + 2 * 0.4, 3e-3) << "exactly to kEnoughLight";
}

}  // namespace
}  // namespace scrim
