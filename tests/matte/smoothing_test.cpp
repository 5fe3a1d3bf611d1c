#include "matte/smoothing.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace scrim {
namespace {

int smoothed(double strength, int last, int current) {
  PlaneBuffer before({1, 1}), now({1, 1});
  *before.view().data = static_cast<std::uint8_t>(last);
  *now.view().data = static_cast<std::uint8_t>(current);
  Smoothing(strength).apply(std::as_const(before).view(), now.view());
  return *now.view().data;
}

TEST(Smoothing, StaysBetweenLastAndCurrentForAllPairs) {
  for (double strength : {0.0, 0.6, 1.0})
    for (int last = 0; last < 256; ++last)
      for (int current = 0; current < 256; ++current) {
        const int result = smoothed(strength, last, current);
        ASSERT_GE(result, std::min(last, current));
        ASSERT_LE(result, std::max(last, current));
      }
}

TEST(Smoothing, OffLeavesTheMatteAlone) {
  for (int current = 0; current < 256; ++current) EXPECT_EQ(smoothed(0, 100, current), current);
}

TEST(Smoothing, AlwaysArrives) {
  int value = 30;
  for (int i = 0; i < 100; ++i) value = smoothed(1, value, 0);
  EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace scrim
