// One background thread that works off filled slots, in order.
//
// The slots are made once and go round: free, filled, worked off, free again; nothing is allocated
// on the way. `work` runs on the worker's thread; submit(), finish() and the destructor belong to
// one other thread.
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
class Worker {
 public:
  Worker(std::vector<Slot> slots, std::function<void(Slot&)> work)
      : slots_(std::move(slots)), work_(std::move(work)), thread_([this] { run(); }) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// What is queued is dropped.
  ~Worker() {
    {
      std::lock_guard lock(mutex_);
      filled_ = 0;
    }
    finish();
  }

  /// Lets `fill(slot)` fill a free slot and queues it. While there is none, kOffline waits;
  /// kLive drops: false.
  template <class Fill>
  bool submit(Pacing pacing, Fill fill) {
    {
      std::unique_lock lock(mutex_);
      if (pacing == Pacing::kOffline) changed_.wait(lock, [this] { return has_free(); });
      if (!has_free()) return false;
    }
    fill(slots_[next_]);  // free slots are touched by this thread only
    next_ = (next_ + 1) % slots_.size();
    {
      std::lock_guard lock(mutex_);
      ++filled_;
    }
    changed_.notify_all();
    return true;
  }

  /// Waits until all that was queued is worked off, and ends the thread.
  void finish() {
    {
      std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  bool has_free() const { return filled_ + working_ < slots_.size(); }

  void run() {
    std::unique_lock lock(mutex_);
    for (std::size_t at = 0;; at = (at + 1) % slots_.size()) {
      changed_.wait(lock, [this] { return filled_ > 0 || ending_; });
      if (filled_ == 0) return;
      --filled_;
      working_ = 1;
      lock.unlock();
      work_(slots_[at]);
      lock.lock();
      working_ = 0;
      changed_.notify_all();
    }
  }

  std::vector<Slot> slots_;
  std::function<void(Slot&)> work_;
  std::size_t next_ = 0;  // the slot to be filled next
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t filled_ = 0;   // guarded by mutex_
  std::size_t working_ = 0;  // guarded by mutex_
  bool ending_ = false;      // guarded by mutex_
  std::jthread thread_;      // last: it uses all of the above
};

}  // namespace scrim
