#include "pipeline/effort_control.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

using namespace std::chrono_literals;
constexpr Clock::duration kPeriod = 40ms;

struct Day {
  EffortControl effort;
  Clock::time_point now = kStart;

  /// Pictures whose mattes take that share of their time, for so long or until there is a change.
  /// Whether there was one.
  bool go(double share, Clock::duration time) {
    const auto end = now + time;
    while (now < end) {
      now += kPeriod;
      if (effort.took(now, std::chrono::round<Clock::duration>(share * kPeriod), kPeriod))
        return true;
    }
    return false;
  }
  /// How long it saves before it tries again.
  Clock::duration time_until_try() {
    const auto begin = now;
    EXPECT_TRUE(go(0.3, 1h));
    return now - begin;
  }
};

TEST(EffortControl, SpendsAllWhileThereIsTime) {
  Day run;
  EXPECT_FALSE(run.go(0.8, 10min));
  EXPECT_FALSE(run.effort.saves());
}

TEST(EffortControl, SavesSoonWhenMattesTakeTooLong) {
  Day run;
  run.go(0.5, 10s);
  EXPECT_TRUE(run.go(1.2, 5s));
  EXPECT_TRUE(run.effort.saves());
}

TEST(EffortControl, OneSlowPictureIsNothing) {
  Day run;
  run.go(0.5, 10s);
  run.go(15, kPeriod);
  EXPECT_FALSE(run.go(0.5, 10s));
}

TEST(EffortControl, GoesOnSavingWhereTheUsualWouldNotFit) {
  Day run;
  run.go(1.2, 5s);
  EXPECT_FALSE(run.go(0.6, 1h));
}

TEST(EffortControl, TriesAgainLaterAndLaterWhileThatFails) {
  Day run;
  run.go(1.2, 5s);
  auto before = run.time_until_try();
  EXPECT_GE(before, EffortControl::kFirstWait);
  for (int failure = 0; failure < 10; ++failure) {
    EXPECT_TRUE(run.go(1.2, 10s)) << "it does not fit";
    const auto patience = run.time_until_try();
    EXPECT_TRUE(patience > 1.8 * before || patience >= EffortControl::kLongestWait);
    before = patience;
  }
  EXPECT_LE(before, EffortControl::kLongestWait + 2 * EffortControl::kWindow);
}

TEST(EffortControl, ATryThatHeldIsForgotten) {
  Day run;
  run.go(1.2, 5s);
  run.time_until_try();
  run.go(1.2, 5s);
  run.time_until_try();
  EXPECT_FALSE(run.go(0.7, 5min));
  run.go(1.2, 5s);
  EXPECT_LE(run.time_until_try(), EffortControl::kFirstWait + 2 * EffortControl::kWindow);
}

TEST(EffortControl, APauseIsNoTimeThatWasLeft) {
  Day run;
  run.go(1.2, 1s);
  run.now += 1h;
  EXPECT_FALSE(run.go(0.5, 10s));
}

}  // namespace
}  // namespace scrim
