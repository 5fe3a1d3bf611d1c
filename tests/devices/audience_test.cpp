#include "devices/audience.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/videodev2.h>

#include <cstring>
#include <deque>
#include <set>

#include "support/folder.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;

/// Stands for a v4l2loopback that knows some events.
struct FakeModule {
  std::set<std::uint32_t> known;
  std::deque<std::pair<std::uint32_t, std::uint32_t>> queued;  // (event, readers)
  bool wants_first_state = false;

  bool ask(unsigned long request, void* argument) {
    if (request == VIDIOC_SUBSCRIBE_EVENT) {
      const auto* wish = static_cast<v4l2_event_subscription*>(argument);
      wants_first_state = wish->flags & V4L2_EVENT_SUB_FL_SEND_INITIAL;
      return known.contains(wish->type);
    }
    if (request != VIDIOC_DQEVENT || queued.empty()) return false;
    auto& event = *static_cast<v4l2_event*>(argument);
    event.type = queued.front().first;
    std::memcpy(event.u.data, &queued.front().second, sizeof(std::uint32_t));
    queued.pop_front();
    return true;
  }
  std::unique_ptr<Audience> watch() {
    return watch_usage_events(
        [this](unsigned long request, void* argument) { return ask(request, argument); }, 7);
  }
};

constexpr std::uint32_t kUpstream = 0x10E00001, kUbuntu = 0x08000000;

TEST(UsageEvents, BothNumbersInTheWildAreUnderstood) {
  for (const std::uint32_t event : {kUpstream, kUbuntu}) {
    FakeModule module{{event}, {}};
    const auto audience = module.watch();
    ASSERT_TRUE(audience);
    EXPECT_TRUE(module.wants_first_state);
    EXPECT_EQ(audience->bell().fd, 7);
    EXPECT_EQ(audience->bell().events, POLLPRI) << "where events come";
    EXPECT_FALSE(audience->present(kStart));
    module.queued = {{event, 1}};
    EXPECT_TRUE(audience->present(kStart));
    EXPECT_TRUE(audience->present(kStart)) << "as long as nothing else is told";
    module.queued = {{event, 0}, {event, 2}, {V4L2_EVENT_CTRL, 0}};
    EXPECT_TRUE(audience->present(kStart)) << "the last word counts, of its own events";
    module.queued = {{event, 0}};
    EXPECT_FALSE(audience->present(kStart));
  }
}

TEST(UsageEvents, AModuleWithoutThemIsNoAudience) {
  FakeModule module;
  EXPECT_FALSE(module.watch());
}

/// A node, and a /proc with some processes.
struct Watched {
  TestFolder folder;
  std::string node = folder.path("video20");
  std::unique_ptr<Audience> audience;

  Watched() {
    folder.write("video20", "picture");
    folder.write("proc/self/comm", "not numbered");
    audience = watch_onlookers(node, folder.path("proc"));
  }
  void hold(int process, const std::string& maps) {
    const std::string place = fmt::format("proc/{}/", process);
    folder.link(place + "fd/7", node);
    folder.write(place + "comm", "firefox\n");
    folder.write(place + "maps", maps);
  }
  void open_and_close() const { std::ifstream opened(node); }
};

TEST(Onlookers, AreThoseWhoHaveMappedTheDevice) {
  Watched watched;
  ASSERT_TRUE(watched.audience);
  EXPECT_FALSE(watched.audience->present(kStart));
  watched.hold(4711, "7f00-7f10 r--s 0 00:05 1 /usr/lib/libc.so\n");
  watched.open_and_close();
  EXPECT_FALSE(watched.audience->present(kStart)) << "it only holds it";
  watched.folder.write("proc/4711/maps", "7f00-7f10 rw-s 0 00:05 1 " + watched.node + "\n");
  EXPECT_TRUE(watched.audience->present(kStart));
  watched.folder.write("proc/4711/maps");
  EXPECT_FALSE(watched.audience->present(kStart));
}

TEST(Onlookers, RingWhenSomebodyComesUntilThatIsSeen) {
  Watched watched;
  const auto rings = [&] {
    pollfd bell = watched.audience->bell();
    return ::poll(&bell, 1, 0) == 1;
  };
  EXPECT_FALSE(rings());
  watched.open_and_close();
  EXPECT_TRUE(rings());
  EXPECT_FALSE(watched.audience->present(kStart)) << "it only asks";
  EXPECT_FALSE(rings());
}

TEST(Onlookers, WhoWasThereBeforeIsSeen) {
  Watched watched;
  watched.hold(12, "7f00-7f10 rw-s 0 00:05 1 " + watched.node + "\n");
  EXPECT_TRUE(watch_onlookers(watched.node, watched.folder.path("proc"))->present(kStart));
}

TEST(Onlookers, ReadersByReadStayForASecond) {
  Watched watched;
  EXPECT_FALSE(watched.audience->present(kStart));
  std::string text;
  std::ifstream(watched.node) >> text;
  EXPECT_TRUE(watched.audience->present(kStart + 5s));
  EXPECT_TRUE(watched.audience->present(kStart + 5900ms));
  EXPECT_FALSE(watched.audience->present(kStart + 6s));
}

TEST(Onlookers, NeedANodeThatIsThere) {
  EXPECT_FALSE(watch_onlookers("/nowhere/video0"));
}

}  // namespace
}  // namespace scrim
