// Whether anybody looks at a virtual camera.
//
// Programs that only open a device, ask what it is and close it again (browsers do every few
// seconds) do not look. Two ways to know:
//  - UsageEvents: v4l2loopback 0.13 and newer say so with an event. Tested over a fake device only.
//  - Onlookers: else, by who holds the device. Pictures reach a reader through memory that it maps
//    from the device, which /proc/PID/maps shows, or by read(), which inotify tells. Who holds the
//    device can change only when somebody opens or closes it, so /proc is searched only then.
// Reentrant; allocates.
#pragma once

#include <poll.h>

#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "devices/video_device.h"

namespace scrim {

class Audience {
 public:
  virtual ~Audience() = default;
  /// Never blocks.
  virtual bool present(Clock::time_point now) = 0;
  /// What poll() waits for to know that somebody may have come; present() takes it away.
  virtual pollfd bell() const { return {-1, 0, 0}; }
};

/// ioctl() on the device: whether it succeeded.
using AskDevice = std::function<bool(unsigned long request, void* argument)>;

/// Null where the module has no such event. `fd` is the device's, for bell().
std::unique_ptr<Audience> watch_usage_events(AskDevice ask, int fd = -1);

/// Null where the node cannot be watched. `proc` is another folder in tests.
std::unique_ptr<Audience> watch_onlookers(const std::string& path,
                                          const std::string& proc = "/proc");

/// The better one that works; somebody is always there where none does. `device` must outlive it.
std::unique_ptr<Audience> watch_audience(const VideoDevice& device);

}  // namespace scrim
