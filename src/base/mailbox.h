// A one-slot hand-over between two threads; thread-safe.
//
// put() either waits until the slot is free (kOffline: nothing is ever dropped) or replaces what
// lies there (kLive: the newest wins) and gives the displaced value back. take() waits for a value,
// at most until a deadline or a nudge. After close(), put() gives its value back and take() hands
// out what is left, then nothing.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "base/clock.h"

namespace scrim {

template <class T>
class Mailbox {
 public:
  explicit Mailbox(Pacing pacing) : pacing_(pacing) {}

  /// What could not be delivered: the displaced older value (kLive), or `value` itself once closed.
  std::optional<T> put(T value) {
    std::optional<T> displaced = std::move(value);
    {
      std::unique_lock lock(mutex_);
      if (pacing_ == Pacing::kOffline) changed_.wait(lock, [this] { return closed_ || !slot_; });
      if (!closed_) std::swap(slot_, displaced);
    }
    changed_.notify_all();
    return displaced;
  }

  std::optional<T> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || slot_; });
    return take_locked(lock);
  }

  std::optional<T> take_until(Clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, deadline, [this] { return closed_ || slot_ || nudged_; });
    nudged_ = false;
    return take_locked(lock);
  }

  /// Ends a take_until() that waits, or the next one, before its deadline.
  void nudge() {
    {
      std::lock_guard lock(mutex_);
      nudged_ = true;
    }
    changed_.notify_all();
  }

  /// What lies there now, if anything does.
  std::optional<T> try_take() {
    std::unique_lock lock(mutex_);
    if (!slot_) return {};
    return take_locked(lock);
  }

  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }

  /// Closed and empty: take() will never give anything again.
  bool drained() const {
    std::lock_guard lock(mutex_);
    return closed_ && !slot_;
  }

 private:
  std::optional<T> take_locked(std::unique_lock<std::mutex>& lock) {
    std::optional<T> value = std::exchange(slot_, std::nullopt);
    lock.unlock();
    changed_.notify_all();
    return value;
  }

  const Pacing pacing_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<T> slot_;  // guarded by mutex_
  bool closed_ = false;    // guarded by mutex_
  bool nudged_ = false;    // guarded by mutex_
};

}  // namespace scrim
