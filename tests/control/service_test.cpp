#include "control/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "base/unique_fd.h"
#include "support/folder.h"

namespace scrim {
namespace {

using testing::HasSubstr;
using testing::Not;
using State = Session::State;
constexpr auto kWatchdog = std::chrono::seconds(20);

/// What a service with a watchdog tells five seconds later, once it has seen `before`.
std::string told(const Pipeline::Progress& before, const Pipeline::Progress& after) {
  ServiceTale tale(kWatchdog);
  tale.next(at_seconds(100), State::kLive, before);
  return tale.next(at_seconds(105), State::kLive, after);
}

TEST(ServiceTale, IsReadyOnceSomethingHasBeenShownAndSaysSoOnce) {
  ServiceTale tale({});
  EXPECT_EQ(tale.next(at_seconds(1), State::kWaiting, {.captures = 3}), "");
  EXPECT_EQ(tale.next(at_seconds(2), State::kLive, {.captures = 3, .shows = 1}),
            "READY=1\nSTATUS=live\n");
  EXPECT_EQ(tale.next(at_seconds(90), State::kLive, {.captures = 9, .shows = 9}), "");
}

TEST(ServiceTale, TellsEachNewState) {
  ServiceTale tale({});
  tale.next(at_seconds(1), State::kLive, {.shows = 1});
  EXPECT_EQ(tale.next(at_seconds(2), State::kAsleep, {.shows = 1}),
            "STATUS=asleep: nobody looks\n");
  EXPECT_EQ(tale.next(at_seconds(3), State::kAsleep, {.shows = 1}), "");
  EXPECT_EQ(tale.next(at_seconds(4), State::kPaused, {.shows = 1}), "STATUS=paused\n");
}

TEST(ServiceTale, FeedsTheWatchdogFourTimesInItsTime) {
  ServiceTale tale(kWatchdog);
  int fed = 0;
  for (std::uint64_t i = 1; i <= 80; ++i)
    fed += tale.next(at_seconds(100 + .5 * static_cast<double>(i)), State::kLive, {i, i, i, i})
               .contains("WATCHDOG=1");
  EXPECT_EQ(fed, 8);
}

TEST(ServiceTale, FeedsItNoMoreWhenAThreadStandsStill) {
  EXPECT_THAT(told({5, 5, 5, 5}, {6, 6, 6, 6}), HasSubstr("WATCHDOG=1"));
  EXPECT_THAT(told({5, 5, 5, 5}, {5, 5, 5, 6}), Not(HasSubstr("WATCHDOG"))) << "capture is stuck";
  EXPECT_THAT(told({5, 5, 5, 5}, {9, 9, 5, 6}), Not(HasSubstr("WATCHDOG"))) << "matte is stuck";
  EXPECT_THAT(told({5, 5, 5, 5}, {9, 9, 6, 5}), Not(HasSubstr("WATCHDOG"))) << "compose is stuck";
}

TEST(ServiceTale, FeedsItWhileNoPictureComes) {
  EXPECT_THAT(told({5, 5, 5, 5}, {9, 5, 5, 6}), HasSubstr("WATCHDOG=1"));
}

TEST(Service, TellsTheSocketThatItIsGiven) {
  const TestFolder folder;
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  folder.path("notify").copy(address.sun_path, sizeof address.sun_path - 1);
  const UniqueFd manager(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::bind(manager.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::setenv("NOTIFY_SOCKET", address.sun_path, 1);
  EXPECT_TRUE(tell_service_manager("READY=1"));
  ::unsetenv("NOTIFY_SOCKET");
  std::string heard(64, '\0');
  heard.resize(static_cast<std::size_t>(::recv(manager.get(), heard.data(), heard.size(), 0)));
  EXPECT_EQ(heard, "READY=1");
}

TEST(Service, WithoutAServiceManagerNothingIsTold) {
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_FALSE(tell_service_manager("READY=1"));
}

TEST(Service, KnowsTheJournalByItsFileNotByAVariableThatChildrenInherit) {
  struct stat about {};
  ASSERT_EQ(::fstat(STDERR_FILENO, &about), 0);
  const auto itself = std::to_string(about.st_dev) + ":" + std::to_string(about.st_ino);
  ::setenv("JOURNAL_STREAM", itself.c_str(), 1);
  EXPECT_TRUE(errors_go_to_journal());
  ::setenv("JOURNAL_STREAM", "1:1", 1);
  EXPECT_FALSE(errors_go_to_journal());
  ::unsetenv("JOURNAL_STREAM");
  EXPECT_FALSE(errors_go_to_journal());
}

}  // namespace
}  // namespace scrim
