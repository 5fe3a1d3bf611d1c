#include "base/doorbell.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <semaphore>

namespace scrim {
namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    out = UniqueFd(ends[0]);
    in = UniqueFd(ends[1]);
  }
  void put() const { EXPECT_EQ(::write(in.get(), "x", 1), 1); }
  void take() const {
    char byte = 0;
    EXPECT_EQ(::read(out.get(), &byte, 1), 1);
  }
  UniqueFd out, in;
};

TEST(Doorbell, RingsOnceForWhatHasComeAndAgainWhenArmed) {
  const Pipe pipe;
  std::atomic<int> rings = 0;
  std::counting_semaphore<> rung(0);
  const auto bell = Doorbell::start({pipe.out.get(), POLLIN, 0}, [&] {
    ++rings;
    rung.release();
  });
  pipe.put();
  rung.acquire();
  pipe.put();
  pipe.take();
  bell->arm();
  rung.acquire();  // the second one still lies there
  EXPECT_EQ(rings, 2);
  pipe.take();
  bell->arm();
  bell->arm();
  pipe.put();
  rung.acquire();
  EXPECT_EQ(rings, 3);
}

TEST(Doorbell, EndsWhileItWaits) {
  const Pipe pipe;
  EXPECT_TRUE(Doorbell::start({pipe.out.get(), POLLIN, 0}, [] { ADD_FAILURE(); }));
  EXPECT_FALSE(Doorbell::start({-1, POLLIN, 0}, [] {})) << "nothing to wait for";
}

}  // namespace
}  // namespace scrim
