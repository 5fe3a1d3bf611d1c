#include "network/arena.h"

#include <gtest/gtest.h>

#include <random>

namespace scrim {
namespace {

TEST(Arena, ReusesWhatIsFree) {
  const ArenaLayout layout = lay_out(std::vector<Lifetime>{{100, 0, 1}, {50, 1, 2}, {100, 2, 3}});
  EXPECT_EQ(layout.offsets[0], 0u);
  EXPECT_EQ(layout.offsets[1], 112u);  // beyond the first, at a cache line
  EXPECT_EQ(layout.offsets[2], 0u);    // where the first was
  EXPECT_EQ(layout.size, 112u + 64u);
}

TEST(Arena, NeverOverlapsWhatLivesTogether) {
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    std::vector<Lifetime> lifetimes;
    for (int i = 0; i < 60; ++i)
      lifetimes.push_back({1 + random() % 500, i, i + static_cast<int>(random() % 8)});
    const ArenaLayout layout = lay_out(lifetimes);
    for (std::size_t a = 0; a < lifetimes.size(); ++a) {
      ASSERT_LE(layout.offsets[a] + lifetimes[a].size, layout.size);
      for (std::size_t b = 0; b < a; ++b) {
        const bool together = lifetimes[b].dies >= lifetimes[a].born;
        const bool apart = layout.offsets[a] + lifetimes[a].size <= layout.offsets[b] ||
                           layout.offsets[b] + lifetimes[b].size <= layout.offsets[a];
        ASSERT_TRUE(!together || apart) << a << " and " << b;
      }
    }
  }
}

}  // namespace
}  // namespace scrim
