// One background thread that fills slots ahead of whoever takes them, in order: a Worker the other
// way round.
//
// The slots are made once and go round: free, filled, taken, free again; nothing is allocated on
// the way. `fill` runs on the producer's thread; it gives false when there is nothing to be had
// until wake(). What takes the slots is one other thread; wake() is thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace scrim {

template <class Slot>
class Producer {
 public:
  Producer(std::vector<Slot> slots, std::function<bool(Slot&)> fill)
      : slots_(std::move(slots)), fill_(std::move(fill)), thread_([this] { run(); }) {}
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;
  /// Waits for a `fill` under way.
  ~Producer() {
    {
      std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
  }

  /// The filled slot that is `ahead` behind the oldest; it stays until pop(). While there is none,
  /// kOffline waits, unless `fill` has nothing; else null.
  Slot* peek(std::size_t ahead, Pacing pacing) {
    std::unique_lock lock(mutex_);
    const auto settled = [&] { return filled_ > ahead || idle_ || filled_ == slots_.size(); };
    if (pacing == Pacing::kOffline) changed_.wait(lock, settled);
    return filled_ > ahead ? &slots_[(oldest_ + ahead) % slots_.size()] : nullptr;
  }

  /// Gives the oldest filled slot back to be filled again.
  void pop() {
    {
      std::lock_guard lock(mutex_);
      oldest_ = (oldest_ + 1) % slots_.size();
      --filled_;
    }
    changed_.notify_all();
  }

  /// There may be something again.
  void wake() {
    {
      std::lock_guard lock(mutex_);
      idle_ = false;
      ++woken_;
    }
    changed_.notify_all();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return ending_ || (!idle_ && filled_ < slots_.size()); });
      if (ending_) return;
      Slot& slot = slots_[(oldest_ + filled_) % slots_.size()];  // free: the other thread keeps off
      const auto woken = woken_;
      lock.unlock();
      const bool filled = fill_(slot);
      lock.lock();
      if (filled) ++filled_;
      idle_ = !filled && woken == woken_;
      changed_.notify_all();
    }
  }

  std::vector<Slot> slots_;
  std::function<bool(Slot&)> fill_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t oldest_ = 0;  // guarded by mutex_
  std::size_t filled_ = 0;  // guarded by mutex_
  std::size_t woken_ = 0;   // guarded by mutex_
  bool idle_ = false;       // guarded by mutex_: fill_ had nothing
  bool ending_ = false;     // guarded by mutex_
  std::jthread thread_;     // last: it uses all of the above
};

}  // namespace scrim
