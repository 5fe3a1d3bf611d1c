#include "base/worker.h"

#include <gtest/gtest.h>

#include <numeric>
#include <semaphore>

namespace scrim {
namespace {

TEST(Worker, WorksOffEverythingInOrderOffline) {
  std::vector<int> seen;
  Worker<int> worker(std::vector<int>(3), [&](int& slot) { seen.push_back(slot); });
  for (int k = 0; k < 500; ++k)
    EXPECT_TRUE(worker.submit(Pacing::kOffline, [k](int& slot) { slot = k; }));
  worker.finish();
  std::vector<int> wanted(500);
  std::iota(wanted.begin(), wanted.end(), 0);
  EXPECT_EQ(seen, wanted);
}

TEST(Worker, DropsWhatFindsNoFreeSlotLive) {
  std::counting_semaphore<> go(0);
  std::vector<int> seen;
  Worker<int> worker(std::vector<int>(2), [&](int& slot) {
    go.acquire();
    seen.push_back(slot);
  });
  const auto offer = [&](int k) {
    return worker.submit(Pacing::kLive, [k](int& slot) { slot = k; });
  };
  EXPECT_TRUE(offer(0));
  EXPECT_TRUE(offer(1));
  EXPECT_FALSE(offer(2)) << "one is being worked on or waits, so does the other";
  go.release(2);
  worker.finish();
  EXPECT_EQ(seen, (std::vector{0, 1}));
}

TEST(Worker, EndsWithoutWork) {
  Worker<int> worker(std::vector<int>(1), [](int&) { FAIL(); });
}

}  // namespace
}  // namespace scrim
