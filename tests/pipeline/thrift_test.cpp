#include "pipeline/thrift.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

using namespace std::chrono_literals;
constexpr Clock::duration kPeriod = 40ms;

struct Day {
  Thrift thrift;
  Clock::time_point now = kStart;

  /// Pictures whose mattes take that share of their time, for so long or until there is a change.
  /// Whether there was one.
  bool go(double share, Clock::duration time) {
    const auto end = now + time;
    while (now < end) {
      now += kPeriod;
      if (thrift.took(now, std::chrono::round<Clock::duration>(share * kPeriod), kPeriod))
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

TEST(Thrift, SpendsAllWhileThereIsTime) {
  Day run;
  EXPECT_FALSE(run.go(0.8, 10min));
  EXPECT_FALSE(run.thrift.saves());
}

TEST(Thrift, SavesSoonWhenMattesTakeTooLong) {
  Day run;
  run.go(0.5, 10s);
  EXPECT_TRUE(run.go(1.2, 5s));
  EXPECT_TRUE(run.thrift.saves());
}

TEST(Thrift, OneSlowPictureIsNothing) {
  Day run;
  run.go(0.5, 10s);
  run.go(15, kPeriod);
  EXPECT_FALSE(run.go(0.5, 10s));
}

TEST(Thrift, GoesOnSavingWhereTheUsualWouldNotFit) {
  Day run;
  run.go(1.2, 5s);
  EXPECT_FALSE(run.go(0.6, 1h));
}

TEST(Thrift, TriesAgainLaterAndLaterWhileThatFails) {
  Day run;
  run.go(1.2, 5s);
  auto before = run.time_until_try();
  EXPECT_GE(before, Thrift::kFirstWait);
  for (int failure = 0; failure < 10; ++failure) {
    EXPECT_TRUE(run.go(1.2, 10s)) << "it does not fit";
    const auto patience = run.time_until_try();
    EXPECT_TRUE(patience > 1.8 * before || patience >= Thrift::kLongestWait);
    before = patience;
  }
  EXPECT_LE(before, Thrift::kLongestWait + 2 * Thrift::kWindow);
}

TEST(Thrift, ATryThatHeldIsForgotten) {
  Day run;
  run.go(1.2, 5s);
  run.time_until_try();
  run.go(1.2, 5s);
  run.time_until_try();
  EXPECT_FALSE(run.go(0.7, 5min));
  run.go(1.2, 5s);
  EXPECT_LE(run.time_until_try(), Thrift::kFirstWait + 2 * Thrift::kWindow);
}

TEST(Thrift, APauseIsNoTimeThatWasLeft) {
  Day run;
  run.go(1.2, 1s);
  run.now += 1h;
  EXPECT_FALSE(run.go(0.5, 10s));
}

}  // namespace
}  // namespace scrim
