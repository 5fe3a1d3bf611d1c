#include "matte/motion.h"

#include <gtest/gtest.h>

#include <random>

namespace scrim {
namespace {

constexpr Size kGrid{64, 48};

PlaneBuffer noisy(unsigned seed, double sigma) {
  PlaneBuffer plane(kGrid);
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(100, sigma);
  for (int y = 0; y < kGrid.height; ++y)
    for (int x = 0; x < kGrid.width; ++x)
      plane.view().row(y)[x] = static_cast<std::uint8_t>(noise(random));
  return plane;
}

TEST(Motion, ThereIsNoneInTheFirstPictureNorInAStillOne) {
  Motion motion;
  const PlaneBuffer picture = noisy(1, 20);
  for (int i = 0; i < 2; ++i) {
    motion.see(picture.view());
    for (int y = 0; y < kGrid.height; ++y)
      for (int x = 0; x < kGrid.width; ++x) ASSERT_EQ(motion.row(y)[x], 0);
  }
}

TEST(Motion, SensorNoiseIsNone) {
  for (double sigma : {2.0, 8.0}) {
    Motion motion;
    motion.see(noisy(1, sigma).view());
    motion.see(noisy(2, sigma).view());
    int sum = 0;
    for (int y = 0; y < kGrid.height; ++y)
      for (int x = 0; x < kGrid.width; ++x) sum += motion.row(y)[x];
    EXPECT_LT(sum, 0.02 * 255 * 64 * 48) << sigma;
  }
}

TEST(Motion, IsWhereSomethingMovedAndNearby) {
  Motion motion;
  motion.see(noisy(1, 2).view());
  PlaneBuffer next = noisy(2, 2);
  fill(next.view().crop({30, 20, 10, 10}), 200);
  motion.see(std::as_const(next).view());
  EXPECT_EQ(motion.row(25)[35], 255);
  EXPECT_EQ(motion.row(25)[41], 255);
  EXPECT_LT(motion.row(5)[5], 50);
  EXPECT_FALSE(motion.cut());
}

TEST(Motion, AnotherSceneIsACut) {
  Motion motion;
  PlaneBuffer picture(kGrid);
  for (int luma : {60, 90, 125}) {
    fill(picture.view(), static_cast<std::uint8_t>(luma));
    motion.see(std::as_const(picture).view());
    EXPECT_EQ(motion.cut(), luma == 125);
  }
}

}  // namespace
}  // namespace scrim
