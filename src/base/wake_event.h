// Wakes a thread that waits in poll(): ring() on any thread makes to_poll() readable, until
// clear(). Thread-safe.
#pragma once

#include <poll.h>
#include <sys/eventfd.h>

#include "base/unique_fd.h"

namespace scrim {

class WakeEvent {
 public:
  WakeEvent() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  /// false: the system had no descriptor left; errno says so.
  explicit operator bool() const { return static_cast<bool>(fd_); }
  pollfd to_poll() const { return {fd_.get(), POLLIN, 0}; }
  void ring() const { ::eventfd_write(fd_.get(), 1); }
  void clear() const {
    eventfd_t count = 0;
    ::eventfd_read(fd_.get(), &count);
  }

 private:
  UniqueFd fd_;
};

}  // namespace scrim
