#include "base/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <utility>

namespace scrim {
namespace {

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) != -1;
}

UniqueFd open_something() {
  return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

TEST(UniqueFd, ClosesWhenItGoes) {
  int number = -1;
  {
    UniqueFd fd = open_something();
    ASSERT_TRUE(fd);
    number = fd.get();
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(UniqueFd, IsEmptyByDefaultAndAfterAFailedOpen) {
  EXPECT_FALSE(UniqueFd());
  EXPECT_FALSE(UniqueFd(::open("/nonexistent/file", O_RDONLY | O_CLOEXEC)));
}

TEST(UniqueFd, MovesHandOver) {
  UniqueFd first = open_something();
  const int number = first.get();
  UniqueFd second(std::move(first));
  EXPECT_EQ(second.get(), number);
  EXPECT_TRUE(is_open(number));
}

TEST(UniqueFd, AssignmentClosesWhatItHeld) {
  UniqueFd held = open_something();
  const int old = held.get();
  UniqueFd other = open_something();
  held = std::move(other);
  EXPECT_FALSE(is_open(old));
  held = UniqueFd();
  EXPECT_FALSE(held);
}

}  // namespace
}  // namespace scrim
