#include "pipeline/watch_schedule.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

using namespace std::chrono_literals;

TEST(WatchSchedule, SleepsWhenTheLastHasGoneForLongAndWakesAtOnce) {
  WatchSchedule schedule(kStart, 2s);
  EXPECT_FALSE(schedule.looked(kStart + 1s, 0s));
  EXPECT_FALSE(schedule.looked(kStart + 1500ms, 2s));
  EXPECT_FALSE(schedule.looked(kStart + 3s, 0s)) << "1.5 s after the last one was seen";
  EXPECT_TRUE(schedule.looked(kStart + 3500ms, 0s));
  EXPECT_FALSE(schedule.awake());
  EXPECT_EQ(schedule.next_look(), kStart + 3500ms + WatchSchedule::kLookAsleep);
  EXPECT_TRUE(schedule.looked(kStart + 9s, 2s));
  EXPECT_TRUE(schedule.awake());
}

TEST(WatchSchedule, LooksOftenForAWhileWhenTheBellRings) {
  WatchSchedule schedule(kStart, 0s);
  EXPECT_TRUE(schedule.looked(kStart + 1s, 0s));
  schedule.rung(kStart + 1100ms);
  EXPECT_EQ(schedule.next_look(), kStart + 1100ms) << "at once";
  EXPECT_FALSE(schedule.looked(kStart + 1100ms, 0s));
  EXPECT_EQ(schedule.next_look(), kStart + 1100ms + WatchSchedule::kLookOften);
  EXPECT_FALSE(schedule.looked(kStart + 1100ms + WatchSchedule::kOften, 0s)) << "it was nobody";
  EXPECT_EQ(schedule.next_look(),
            kStart + 1100ms + WatchSchedule::kOften + WatchSchedule::kLookAsleep);
}

TEST(WatchSchedule, AJumpOfTheClockNeitherWakesNorHangs) {
  WatchSchedule schedule(kStart + 1h, 2s);
  EXPECT_TRUE(schedule.looked(kStart + 30h, 0s)) << "the computer slept: nobody looks any more";
  EXPECT_TRUE(schedule.looked(kStart + 30h + 1s, 2s));
  EXPECT_FALSE(schedule.looked(kStart + 29h, 0s)) << "back in time";
  EXPECT_TRUE(schedule.awake());
}

TEST(WatchSchedule, LooksAgainWhenTheShortestLingeringEnds) {
  WatchSchedule schedule(kStart, 2s);
  EXPECT_FALSE(schedule.looked(kStart + 3s, 700ms));
  EXPECT_FALSE(schedule.looked(kStart + 3500ms, 0s));
  EXPECT_EQ(schedule.next_look(), kStart + 3700ms);
  EXPECT_TRUE(schedule.looked(kStart + 3700ms, 0s));
}

TEST(WatchSchedule, WhoLingersLongestCounts) {
  WatchSchedule schedule(kStart, 2s);
  EXPECT_FALSE(schedule.looked(kStart + 3s, 2s));
  EXPECT_FALSE(schedule.looked(kStart + 4s, 700ms));
  EXPECT_FALSE(schedule.looked(kStart + 4900ms, 0s));
  EXPECT_TRUE(schedule.looked(kStart + 5s, 0s));
}

}  // namespace
}  // namespace scrim
