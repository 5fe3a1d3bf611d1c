// Tells when something has come to a descriptor, from a thread that sleeps in the kernel until
// then.
//
// `ring` runs on that thread, once, however much has come; after arm(), which whoever has taken
// what came calls, again. Borrows the descriptor, which must outlive it. arm() is thread-safe.
#pragma once

#include <poll.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "base/wake_event.h"

namespace scrim {

class Doorbell {
 public:
  /// `watched` as poll() takes it. Null if the kernel refuses, or there is no descriptor.
  static std::unique_ptr<Doorbell> start(pollfd watched, std::function<void()> ring);
  Doorbell(const Doorbell&) = delete;
  Doorbell& operator=(const Doorbell&) = delete;
  /// Waits for a `ring` under way.
  ~Doorbell();

  void arm();

 private:
  Doorbell(pollfd watched, std::function<void()> ring);
  void run();

  const pollfd watched_;
  const std::function<void()> ring_;
  const WakeEvent changed_;  // readable when one of these has changed
  std::atomic<bool> armed_ = true, ended_ = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace scrim
