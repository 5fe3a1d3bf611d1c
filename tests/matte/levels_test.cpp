#include "matte/levels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace scrim {
namespace {

TEST(Levels, IsTheStraightLineBetweenForEveryValue) {
  for (const Levels levels : {Levels{51, 204}, Levels{0, 255}, Levels{127, 128}, Levels{10, 17}}) {
    Matte all({256, 1});
    for (int x = 0; x < 256; ++x) all.view().data[x] = static_cast<std::uint8_t>(x);
    apply(levels, all.view());
    for (int x = 0; x < 256; ++x) {
      const double wanted = 255.0 * (x - levels.low) / (levels.high - levels.low);
      EXPECT_NEAR(all.view().data[x], std::clamp(wanted, 0.0, 255.0), 1.0) << x;
    }
    EXPECT_EQ(all.view().data[levels.low], 0);
    EXPECT_EQ(all.view().data[levels.high], 255);
  }
}

}  // namespace
}  // namespace scrim
