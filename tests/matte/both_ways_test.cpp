#include "matte/both_ways.h"

#include <gtest/gtest.h>

#include <random>

namespace scrim {
namespace {

constexpr Size kGrid{37, 5};

PlaneBuffer flat(int value) {
  PlaneBuffer plane(kGrid);
  fill(plane.view(), static_cast<std::uint8_t>(value));
  return plane;
}

/// The mean as the header has it, the obvious way.
double naive(const std::vector<Glance>& row, int at, int x, int y, double strength) {
  double sum = 0, weights = 0;
  const auto count = static_cast<int>(row.size());
  for (int other = std::max(at - 8, 0); other <= std::min(at + 8, count - 1); ++other) {
    double weight = 1;
    for (int step = std::min(at, other) + 1; step <= std::max(at, other); ++step)
      weight *= strength * (255 - row[static_cast<std::size_t>(step)].moving.row(y)[x]) / 255;
    const double value = row[static_cast<std::size_t>(other)].matte.row(y)[x];
    const double sure = 2 * value / 255 - 1;
    weight *= .1 + .9 * sure * sure;
    sum += weight * value;
    weights += weight;
  }
  return sum / weights;
}

TEST(BothWays, IsTheMeanOfWhatDidNotMove) {
  std::mt19937 random(1);
  std::vector<PlaneBuffer> planes;
  std::vector<Glance> row;
  for (int i = 0; i < 2 * 24; ++i) {
    planes.emplace_back(kGrid);
    for (int y = 0; y < kGrid.height; ++y)
      for (int x = 0; x < kGrid.width; ++x)
        planes.back().view().row(y)[x] =
            static_cast<std::uint8_t>(i % 2 ? random() % 90 : random());
  }
  for (std::size_t i = 0; i < planes.size(); i += 2)
    row.push_back({std::as_const(planes[i]).view(), std::as_const(planes[i + 1]).view()});
  PlaneBuffer out(kGrid);
  BothWays both_ways(.8);
  for (const int at : {0, 3, 12, 23}) {
    both_ways.steady(row, static_cast<std::size_t>(at), out.view());
    for (int y = 0; y < kGrid.height; ++y)
      for (int x = 0; x < kGrid.width; ++x)
        ASSERT_NEAR(out.view().row(y)[x], naive(row, at, x, y, .8), .51) << at;
  }
}

TEST(BothWays, TakesOutWhatOnePictureAloneShows) {
  const PlaneBuffer nobody = flat(0), somebody = flat(255), still = flat(0), moves = flat(255);
  PlaneBuffer out(kGrid);
  BothWays both_ways(.8);
  std::vector<Glance> row(9, {nobody.view(), still.view()});
  row[4].matte = somebody.view();
  both_ways.steady(row, 4, out.view());
  EXPECT_LT(*out.view().data, 60);
  row[4].moving = row[5].moving = moves.view();
  both_ways.steady(row, 4, out.view());
  EXPECT_EQ(*out.view().data, 255) << "but not where something moved";
}

}  // namespace
}  // namespace scrim
