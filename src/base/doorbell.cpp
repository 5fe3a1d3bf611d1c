// Tested by tests/base/doorbell_test.cpp.
#include "base/doorbell.h"

#include <array>
#include <cerrno>
#include <utility>

namespace scrim {

std::unique_ptr<Doorbell> Doorbell::start(pollfd watched, std::function<void()> ring) {
  std::unique_ptr<Doorbell> made(new Doorbell(watched, std::move(ring)));
  if (!made->changed_ || watched.fd < 0) return nullptr;
  made->thread_ = std::jthread([bell = made.get()] { bell->run(); });
  return made;
}

Doorbell::Doorbell(pollfd watched, std::function<void()> ring)
    : watched_(watched), ring_(std::move(ring)) {}

Doorbell::~Doorbell() {
  ended_ = true;
  changed_.ring();
}

void Doorbell::arm() {
  if (!armed_.exchange(true)) changed_.ring();
}

void Doorbell::run() {
  while (!ended_) {
    std::array waits{changed_.to_poll(), watched_};
    if (::poll(waits.data(), armed_ ? 2 : 1, -1) < 0 && errno != EINTR) return;
    changed_.clear();
    if (waits[1].revents == 0 || ended_) continue;
    armed_ = false;
    ring_();
  }
}

}  // namespace scrim
