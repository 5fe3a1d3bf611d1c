#include "base/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
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

TEST(WriteAll, GoesOnUntilEverythingIsWritten) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd out(ends[0]);
  UniqueFd in(ends[1]);
  std::string read(1 << 20, ' ');  // more than a pipe holds
  std::size_t count = 0;
  std::jthread reader([&] {
    for (ssize_t n; (n = ::read(out.get(), read.data() + count, read.size() - count)) > 0;)
      count += static_cast<std::size_t>(n);
  });
  std::string written(read.size(), ' ');
  for (std::size_t i = 0; i < written.size(); ++i) written[i] = static_cast<char>(i * 7 / 5);
  EXPECT_TRUE(write_all(in.get(), written.data(), written.size()));
  in = UniqueFd();
  reader.join();
  EXPECT_EQ(count, written.size());
  EXPECT_EQ(read, written);
}

TEST(WriteAll, SaysWhyItCannot) {
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  ASSERT_TRUE(full);
  EXPECT_FALSE(write_all(full.get(), "text", 4));
  EXPECT_EQ(errno, ENOSPC);
  EXPECT_TRUE(write_all(full.get(), nullptr, 0));
}

}  // namespace
}  // namespace scrim
