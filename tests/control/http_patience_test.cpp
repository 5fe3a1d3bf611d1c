#include "control/http_patience.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>

#include "base/unique_fd.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;

/// A connection: what the server holds, and the client.
struct Pair {
  UniqueFd server, client;
  Pair() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    server = UniqueFd(ends[0]);
    client = UniqueFd(ends[1]);
  }
  bool is_cut(std::chrono::milliseconds patience) const {
    pollfd waiting{client.get(), POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(patience.count())) == 1;
  }
};

TEST(Patience, CutsWhatTakesTooLong) {
  Patience patience(9);
  Pair slow, quick;
  patience.entered(slow.server.get(), Clock::now() + 1ms);
  patience.entered(quick.server.get(), Clock::now() + 1h);
  EXPECT_TRUE(slow.is_cut(60s));
  EXPECT_FALSE(quick.is_cut(0s));
  patience.allow(quick.server.get(), Clock::now());  // sooner than what was waited for
  EXPECT_TRUE(quick.is_cut(60s));
}

TEST(Patience, WhoIsWaitedForStays) {
  Patience patience(9);
  Pair guest, other;
  patience.entered(guest.server.get(), Clock::now() + 1h);
  patience.allow(guest.server.get(), Patience::kNoEnd);
  patience.entered(other.server.get(), Clock::now());
  EXPECT_TRUE(other.is_cut(60s));
  EXPECT_FALSE(guest.is_cut(0s));
}

TEST(Patience, OfTooManyStrangersTheFirstGoes) {
  Patience patience(2);
  std::array<Pair, 4> pairs;
  patience.entered(pairs[0].server.get(), Clock::now() + 1h);
  patience.welcome(pairs[0].server.get());
  for (std::size_t i = 1; i < 4; ++i) patience.entered(pairs[i].server.get(), Clock::now() + 1h);
  EXPECT_FALSE(pairs[0].is_cut(0s));
  EXPECT_TRUE(pairs[1].is_cut(60s));
  EXPECT_FALSE(pairs[2].is_cut(0s));
  EXPECT_FALSE(pairs[3].is_cut(0s));
}

TEST(Patience, WhoLeftIsForgotten) {
  Patience patience(1);
  Pair first, second;
  patience.entered(first.server.get(), Clock::now() + 1h);
  patience.left(first.server.get());
  patience.entered(second.server.get(), Clock::now() + 1h);
  EXPECT_FALSE(first.is_cut(0s));
  EXPECT_FALSE(second.is_cut(0s));
}

}  // namespace
}  // namespace scrim
