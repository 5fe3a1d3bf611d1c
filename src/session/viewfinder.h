// Shows, to who asks, what a run shows just now: the finished picture, the matte or the camera's
// picture, for the owner's eyes.
//
// Who wants a picture waits in take(); the thread that writes to sinks scales it straight into the
// asker's memory on its way. Between askers it costs that thread one look at an atomic. It counts
// as somebody who watches for kInterest after each wish, so that a camera that sleeps wakes up.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "sinks/sink.h"

namespace scrim {

class Viewfinder {
 public:
  /// While a run is paused all three are the pause picture, or nobody.
  enum class View { kOutput, kMatte, kCamera };
  static constexpr Clock::duration kInterest = std::chrono::seconds(2);

  /// The next picture, scaled to fill `out`. false: none came by then. Thread-safe.
  bool take(View view, Clock::time_point deadline, ImageView out);

  /// The Sink that sees pictures of `size` for it; this must outlive it.
  std::unique_ptr<Sink> make_sink(Size size);

 private:
  struct Wish {
    View view;
    ImageView out;
    bool met = false;
  };
  class Eye;

  void show(const Shot& shot);
  bool wanted() const;
  void set_ring(std::function<void()> ring);

  std::atomic<bool> wishes_wait_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> ring_;                    // guarded by mutex_
  std::vector<Wish*> wishes_;                     // guarded by mutex_
  std::optional<Clock::time_point> last_wished_;  // guarded by mutex_
};

}  // namespace scrim
