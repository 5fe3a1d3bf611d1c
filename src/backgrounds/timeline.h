// Where a moving background is at a given moment, in seconds from its beginning. Offline that is
// the stream's own time. Live it begins with the first moment asked for, and does not run on
// through pauses: after a gap it goes on from where it was. Reentrant.
#pragma once

#include <optional>

#include "base/clock.h"

namespace scrim {

class Timeline {
 public:
  explicit Timeline(Pacing pacing) : pacing_(pacing) {}

  double at(Clock::time_point now) {
    if (pacing_ == Pacing::kOffline) return seconds_since_start(now);
    const bool follows = last_ && now >= *last_ && now - *last_ <= kGap;
    if (!follows) origin_ = last_ ? origin_ + (now - *last_) : now;
    last_ = now;
    return Seconds(now - origin_).count();
  }

  /// Live: from now on, the last moment asked for is second `seconds`.
  void set(double seconds) {
    if (last_) origin_ = *last_ - std::chrono::round<Clock::duration>(Seconds(seconds));
  }

 private:
  static constexpr Clock::duration kGap = std::chrono::seconds(2);

  const Pacing pacing_;
  std::optional<Clock::time_point> last_;
  Clock::time_point origin_;
};

}  // namespace scrim
