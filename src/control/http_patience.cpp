// Tested by tests/control/http_patience_test.cpp and tests/attack.
#include "control/http_patience.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace scrim {
namespace {

/// The server sees an end there, and closes the descriptor, which is its own.
void cut(int fd) {
  ::shutdown(fd, SHUT_RDWR);
}

}  // namespace

Patience::Patience(std::size_t most_strangers)
    : most_strangers_(most_strangers),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Patience::entered(int fd, Clock::time_point until) {
  {
    std::lock_guard lock(mutex_);
    guests_.insert_or_assign(fd, Guest{.until = kNoEnd, .number = came_++});
    if (++strangers_ > most_strangers_) cut_first_stranger();
  }
  allow(fd, until);
}

/// It stays among the strangers until the server has noticed, but is not found again.
void Patience::cut_first_stranger() {
  const auto goes_before = [](const auto& a, const auto& b) {
    return std::pair(!a.second.stranger, a.second.number) <
           std::pair(!b.second.stranger, b.second.number);
  };
  const auto first = std::ranges::min_element(guests_, goes_before);
  if (first == guests_.end() || !first->second.stranger) return;
  first->second.stranger = false;
  --strangers_;
  cut(first->first);
}

void Patience::welcome(int fd) {
  std::lock_guard lock(mutex_);
  const auto guest = guests_.find(fd);
  if (guest == guests_.end() || !std::exchange(guest->second.stranger, false)) return;
  --strangers_;
}

void Patience::allow(int fd, Clock::time_point until) {
  {
    std::lock_guard lock(mutex_);
    const auto guest = guests_.find(fd);
    if (guest == guests_.end()) return;
    guest->second.until = until;
    if (until >= waits_until_) return;
  }
  changed_.notify_all();
}

void Patience::left(int fd) {
  std::lock_guard lock(mutex_);
  const auto guest = guests_.find(fd);
  if (guest == guests_.end()) return;
  if (guest->second.stranger) --strangers_;
  guests_.erase(guest);
}

void Patience::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto now = Clock::now();
    waits_until_ = kNoEnd;
    for (auto& [fd, guest] : guests_) {
      if (guest.until <= now) {
        guest.until = kNoEnd;
        cut(fd);
      }
      waits_until_ = std::min(waits_until_, guest.until);
    }
    const auto sooner = [this, was = waits_until_] {
      return std::ranges::any_of(guests_,
                                 [&](const auto& each) { return each.second.until < was; });
    };
    if (waits_until_ == kNoEnd)
      changed_.wait(lock, stop, sooner);
    else
      changed_.wait_until(lock, stop, waits_until_, sooner);
  }
}

}  // namespace scrim
