// Tested by tests/base/doorbell_test.cpp.
#include "base/doorbell.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace scrim {
namespace {

void tell(const UniqueFd& changed) {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(changed.get(), &one, sizeof one);
}

}  // namespace

std::unique_ptr<Doorbell> Doorbell::start(pollfd watched, std::function<void()> ring) {
  UniqueFd changed(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!changed || watched.fd < 0) return nullptr;
  std::unique_ptr<Doorbell> made(new Doorbell(watched, std::move(ring), std::move(changed)));
  made->thread_ = std::jthread([bell = made.get()] { bell->run(); });
  return made;
}

Doorbell::Doorbell(pollfd watched, std::function<void()> ring, UniqueFd changed)
    : watched_(watched), ring_(std::move(ring)), changed_(std::move(changed)) {}

Doorbell::~Doorbell() {
  ended_ = true;
  tell(changed_);
}

void Doorbell::arm() {
  if (!armed_.exchange(true)) tell(changed_);
}

void Doorbell::run() {
  while (!ended_) {
    std::array waits{pollfd{changed_.get(), POLLIN, 0}, watched_};
    if (::poll(waits.data(), armed_ ? 2 : 1, -1) < 0 && errno != EINTR) return;
    std::uint64_t count = 0;
    [[maybe_unused]] const auto read = ::read(changed_.get(), &count, sizeof count);
    if (waits[1].revents == 0 || ended_) continue;
    armed_ = false;
    ring_();
  }
}

}  // namespace scrim
