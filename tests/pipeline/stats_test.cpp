#include "pipeline/stats.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

using namespace std::chrono_literals;

TEST(Stats, AddsUpStagesAndCounts) {
  Stats stats;
  stats.add(Stage::kMatte, 2ms);
  stats.add(Stage::kMatte, 3ms);
  stats.add(Stage::kBlend, 1ms);
  stats.frame_repeated();
  stats.frame_dropped();
  stats.matte_failed("the segmenter broke");
  const auto seen = stats.snapshot();
  EXPECT_EQ(seen.cpu[1], 5ms);
  EXPECT_EQ(seen.cpu[4], 1ms);
  EXPECT_EQ(seen.frames, 0u);
  EXPECT_EQ(seen.repeated + seen.dropped + seen.failed, 3u);
}

TEST(Stats, LatencyIsOfTheLastFrames) {
  Stats stats;
  for (int i = 0; i < 5000; ++i)
    stats.frame_written(std::chrono::milliseconds(i < 904 ? 1000 : i % 100));
  const auto seen = stats.snapshot();
  EXPECT_EQ(seen.frames, 5000u);
  EXPECT_GE(seen.latency_p50, 48ms);
  EXPECT_LE(seen.latency_p50, 52ms);
  EXPECT_GE(seen.latency_p99, 98ms);
  EXPECT_LT(seen.latency_p99, 1000ms);
}

TEST(Stats, TimersCountOnlyTheirOwnThreadsWork) {
  Stats stats;
  {
    StageTimer timer(stats, Stage::kSinks);
    const auto begin = thread_cpu_time();
    while (thread_cpu_time() - begin < 1ms) {
    }
  }
  EXPECT_GE(stats.snapshot().cpu[6], 1ms);
}

}  // namespace
}  // namespace scrim
