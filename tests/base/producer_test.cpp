#include "base/producer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>

namespace scrim {
namespace {

TEST(Producer, GivesSlotsInOrderForLongerThanThereAreSlots) {
  int next = 0;
  Producer<int> producer(std::vector<int>(3), [&](int& slot) {
    slot = next++;
    return true;
  });
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(*producer.peek(0, Pacing::kOffline), i);
    ASSERT_EQ(*producer.peek(1, Pacing::kOffline), i + 1);
    producer.pop();
  }
}

TEST(Producer, IsNeverMoreSlotsAheadThanThereAre) {
  std::atomic<int> filled = 0;
  Producer<int> producer(std::vector<int>(4), [&](int&) {
    ++filled;
    return true;
  });
  EXPECT_NE(producer.peek(3, Pacing::kOffline), nullptr);
  EXPECT_EQ(producer.peek(4, Pacing::kOffline), nullptr) << "that can never be";
  EXPECT_EQ(filled, 4);
}

TEST(Producer, LiveNeverWaitsForAFill) {
  std::counting_semaphore<8> go(0);
  Producer<int> producer(std::vector<int>(2), [&](int&) {
    go.acquire();
    return true;
  });
  EXPECT_EQ(producer.peek(0, Pacing::kLive), nullptr);
  go.release();
  EXPECT_NE(producer.peek(0, Pacing::kOffline), nullptr);
  EXPECT_EQ(producer.peek(1, Pacing::kLive), nullptr);
  go.release(2);  // for the destructor
}

TEST(Producer, RestsWhileThereIsNothingAndGoesOnWhenWoken) {
  std::atomic<bool> there = false;
  std::atomic<int> asked = 0;
  Producer<int> producer(std::vector<int>(2), [&](int& slot) {
    slot = 7;
    ++asked;
    return there.load();
  });
  EXPECT_EQ(producer.peek(0, Pacing::kOffline), nullptr) << "and doesn't wait for ever";
  EXPECT_EQ(asked, 1);
  there = true;
  producer.wake();
  EXPECT_EQ(*producer.peek(0, Pacing::kOffline), 7);
}

}  // namespace
}  // namespace scrim
