#include "media/confinement.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace scrim {
namespace {

constexpr ConfinementLimits kLimits{.memory = std::size_t{4} << 30,
                                    .cpu = std::chrono::seconds(60)};

/// Whether `deed` comes true in a confined process.
template <class Deed>
bool confined(Deed deed) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(confine(kLimits) && deed() ? 0 : 1);
  int status = -1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool refused(long result) {
  return result < 0 && errno == EPERM;
}

TEST(Confinement, MemoryAndOpenFilesStay) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  EXPECT_TRUE(confined([&] {
    void* const memory = std::malloc(8 << 20);
    const bool written = ::write(ends[1], "x", 1) == 1;
    std::free(memory);
    return memory && written;
  }));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Confinement, TheRestIsRefused) {
  EXPECT_TRUE(confined([] { return refused(::open("/dev/null", O_RDONLY)); }));
  EXPECT_TRUE(confined([] { return refused(::open("/tmp/x", O_CREAT | O_WRONLY, 0600)); }));
  EXPECT_TRUE(confined([] { return refused(::socket(AF_INET, SOCK_STREAM, 0)); }));
  EXPECT_TRUE(confined([] { return refused(::socket(AF_UNIX, SOCK_STREAM, 0)); }));
  EXPECT_TRUE(confined([] { return refused(::fork()); }));
  EXPECT_TRUE(confined([] { return refused(::execl("/bin/true", "true", nullptr)); }));
  EXPECT_TRUE(confined([] { return refused(::kill(1, 0)); }));
  EXPECT_TRUE(confined([] { return refused(::unlink("/tmp/x")); }));
  EXPECT_TRUE(confined([] {
    return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
               MAP_FAILED &&
           errno == EPERM;
  }));
}

}  // namespace
}  // namespace scrim
