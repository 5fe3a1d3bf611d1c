#include "matte/guided_fit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "support/planes.h"

namespace scrim {
namespace {

constexpr double kNoise = 5.5;

struct Guide {
  explicit Guide(Size size) : y(size), u(size), v(size), alpha(size) {
    fill_with_noise(y.view(), 1);
    fill_with_noise(u.view(), 2);
    fill_with_noise(v.view(), 3);
    fill_with_noise(alpha.view(), 4);
  }
  Matte y, u, v, alpha;
};

double at(const Matte& plane, int x, int y) {
  const auto [width, height] = plane.size();
  return plane.view().row(std::clamp(y, 0, height - 1))[std::clamp(x, 0, width - 1)];
}

template <class Value>
double mean_around(int x, int y, int radius, Value value) {
  double sum = 0;
  for (int j = y - radius; j <= y + radius; ++j)
    for (int i = x - radius; i <= x + radius; ++i) sum += value(i, j);
  return sum / ((2 * radius + 1) * (2 * radius + 1));
}

/// Ridge regression as it is in the books, by Gauss's elimination.
std::array<double, 4> fitted_at(const Guide& guide, int x, int y, int radius) {
  const Matte* planes[] = {&guide.y, &guide.u, &guide.v, &guide.alpha};
  const auto mean = [&](int a) {
    return mean_around(x, y, radius, [&](int i, int j) { return at(*planes[a], i, j); });
  };
  const auto covariance = [&](int a, int b) {
    return mean_around(x, y, radius,
                       [&](int i, int j) { return at(*planes[a], i, j) * at(*planes[b], i, j); }) -
           mean(a) * mean(b);
  };
  double m[3][4];
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 4; ++c) m[r][c] = covariance(r, c) + (r == c ? kNoise : 0);
  for (int r = 0; r < 3; ++r)
    for (int other = 0; other < 3; ++other) {
      if (other == r) continue;
      const double factor = m[other][r] / m[r][r];
      for (int c = 0; c < 4; ++c) m[other][c] -= factor * m[r][c];
    }
  std::array<double, 4> result{};
  result[3] = mean(3);
  for (std::size_t r = 0; r < 3; ++r) {
    result[r] = m[r][3] / m[r][r];
    result[3] -= result[r] * mean(static_cast<int>(r));
  }
  return result;
}

TEST(GuidedFit, IsARidgeRegressionInEachWindowAveraged) {
  for (const auto& [size, radius] : {std::pair{Size{23, 17}, 4},
                                     {Size{23, 17}, 2},
                                     {Size{3, 5}, 4},
                                     {Size{3, 5}, 2},
                                     {Size{1, 1}, 4}}) {
    const Guide guide(size);
    GuidedFit fit;
    fit.fit(guide.y.view(), guide.u.view(), guide.v.view(), guide.alpha.view(),
            radius == 2 ? GuidedFit::Radius::k2 : GuidedFit::Radius::k4);
    std::vector<std::array<double, 4>> fitted;
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) fitted.push_back(fitted_at(guide, x, y, radius));
    const auto of = [&](std::size_t c, int x, int y) {
      return fitted[static_cast<std::size_t>(std::clamp(y, 0, size.height - 1) * size.width +
                                             std::clamp(x, 0, size.width - 1))][c];
    };
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        for (std::size_t c = 0; c < 4; ++c)
          ASSERT_NEAR(fit.row(c, y)[x],
                      mean_around(x, y, radius, [&](int i, int j) { return of(c, i, j); }),
                      c == 3 ? 0.05 : 0.0005)
              << c << " at " << x << ' ' << y << " of " << size.width;
  }
}

TEST(GuidedFit, MayBeUsedForAnotherSize) {
  GuidedFit fit;
  for (Size size : {Size{40, 20}, Size{10, 30}}) {
    const Guide guide(size);
    fit.fit(guide.y.view(), guide.u.view(), guide.v.view(), guide.alpha.view(),
            GuidedFit::Radius::k2);
    GuidedFit fresh;
    fresh.fit(guide.y.view(), guide.u.view(), guide.v.view(), guide.alpha.view(),
              GuidedFit::Radius::k2);
    for (int x = 0; x < size.width; ++x) EXPECT_EQ(fit.row(0, 5)[x], fresh.row(0, 5)[x]);
  }
}

}  // namespace
}  // namespace scrim
