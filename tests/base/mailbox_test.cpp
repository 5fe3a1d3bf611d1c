#include "base/mailbox.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace scrim {
namespace {

using namespace std::chrono_literals;

TEST(Mailbox, LiveTheNewestWinsAndTheOlderComesBack) {
  Mailbox<int> box(Pacing::kLive);
  EXPECT_EQ(box.put(1), std::nullopt);
  EXPECT_EQ(box.put(2), 1);
  EXPECT_EQ(box.put(3), 2);
  EXPECT_EQ(box.take(), 3);
  EXPECT_EQ(box.put(4), std::nullopt);
}

TEST(Mailbox, CarriesWhatCanOnlyBeMoved) {
  Mailbox<std::unique_ptr<int>> box(Pacing::kLive);
  box.put(std::make_unique<int>(1));
  const auto displaced = box.put(std::make_unique<int>(2));
  ASSERT_TRUE(displaced);
  EXPECT_EQ(**displaced, 1);
  EXPECT_EQ(**box.take(), 2);
}

TEST(Mailbox, OfflineNothingIsLostAndTheOrderKept) {
  constexpr int kCount = 5000;
  Mailbox<int> box(Pacing::kOffline);
  std::vector<int> taken;
  {
    std::jthread writer([&] {
      for (int i = 0; i < kCount; ++i) EXPECT_EQ(box.put(i), std::nullopt);
      box.close();
    });
    while (auto value = box.take()) taken.push_back(*value);
  }
  ASSERT_EQ(taken.size(), static_cast<std::size_t>(kCount));
  for (int i = 0; i < kCount; ++i) EXPECT_EQ(taken[static_cast<std::size_t>(i)], i);
  EXPECT_TRUE(box.drained());
}

TEST(Mailbox, LiveEveryValueIsEitherTakenOrGivenBack) {
  constexpr int kCount = 5000;
  Mailbox<int> box(Pacing::kLive);
  std::vector<int> given_back;
  std::vector<int> taken;
  {
    std::jthread writer([&] {
      for (int i = 0; i < kCount; ++i)
        if (auto displaced = box.put(i)) given_back.push_back(*displaced);
      box.close();
    });
    while (auto value = box.take()) taken.push_back(*value);
  }
  EXPECT_EQ(taken.size() + given_back.size(), static_cast<std::size_t>(kCount));
  EXPECT_TRUE(std::ranges::is_sorted(taken));
  EXPECT_EQ(taken.back(), kCount - 1);  // the newest is never the one that is dropped
}

TEST(Mailbox, CloseWakesAReader) {
  Mailbox<int> box(Pacing::kOffline);
  std::jthread closer([&] { box.close(); });
  EXPECT_EQ(box.take(), std::nullopt);
}

TEST(Mailbox, CloseWakesAWriterAndGivesItsValueBack) {
  Mailbox<int> box(Pacing::kOffline);
  box.put(1);
  {
    std::jthread closer([&] { box.close(); });
    EXPECT_EQ(box.put(2), 2);
  }
  EXPECT_FALSE(box.drained());
  EXPECT_EQ(box.take(), 1);  // what lay there before is still handed out
  EXPECT_EQ(box.take(), std::nullopt);
  EXPECT_TRUE(box.drained());
}

TEST(Mailbox, AfterCloseNothingGoesIn) {
  Mailbox<int> live(Pacing::kLive);
  live.put(1);
  live.close();
  live.close();
  EXPECT_EQ(live.put(2), 2);
  EXPECT_EQ(live.take(), 1);
}

TEST(Mailbox, ADeadlinePasses) {
  Mailbox<int> box(Pacing::kLive);
  EXPECT_EQ(box.take_until(Clock::now() - 1s), std::nullopt);
  EXPECT_EQ(box.take_until(Clock::now() + 1ms), std::nullopt);
  EXPECT_FALSE(box.drained());
  box.put(5);
  EXPECT_EQ(box.take_until(Clock::now() - 1s), 5);  // what is there needs no waiting
}

TEST(Mailbox, AValueComesBeforeADistantDeadline) {
  Mailbox<int> box(Pacing::kLive);
  std::jthread writer([&] { box.put(6); });
  EXPECT_EQ(box.take_until(Clock::now() + 1h), 6);
}

}  // namespace
}  // namespace scrim
