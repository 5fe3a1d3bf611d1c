// v4l2loopback's event about readers that stream. Its number is one of two: that of the module's
// own releases, or that of the patch that Ubuntu ships with older ones. Tested by
// tests/devices/audience_test.cpp over a fake device: written after the module's source.
#include <linux/videodev2.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "devices/audience.h"

namespace scrim {
namespace {

constexpr std::array<std::uint32_t, 2> kEventTypes = {V4L2_EVENT_PRIVATE_START + 0x08E00000 + 1,
                                                      V4L2_EVENT_PRIVATE_START};

class UsageEvents : public Audience {
 public:
  UsageEvents(AskDevice ask, int fd) : ask_(std::move(ask)), fd_(fd) {}

  pollfd bell() const override { return {fd_, POLLPRI, 0}; }

  bool present(Clock::time_point) override {
    v4l2_event event{};
    while (ask_(VIDIOC_DQEVENT, &event)) {
      std::uint32_t readers = 0;
      std::memcpy(&readers, event.u.data, sizeof readers);
      if (std::ranges::count(kEventTypes, event.type) > 0) present_ = readers > 0;
      event = {};
    }
    return present_;
  }

 private:
  const AskDevice ask_;
  const int fd_;
  bool present_ = false;  // what is so at first, the module tells as well
};

}  // namespace

std::unique_ptr<Audience> watch_usage_events(AskDevice ask, int fd) {
  for (const std::uint32_t type : kEventTypes) {
    v4l2_event_subscription wish{};
    wish.type = type;
    wish.flags = V4L2_EVENT_SUB_FL_SEND_INITIAL;
    if (ask(VIDIOC_SUBSCRIBE_EVENT, &wish))
      return std::make_unique<UsageEvents>(std::move(ask), fd);
  }
  return nullptr;
}

}  // namespace scrim
