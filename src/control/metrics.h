// What a mask service counts, as Prometheus reads it. Thread-safe: any thread adds, any reads.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "base/clock.h"

namespace scrim {

class Metrics {
 public:
  /// One answered mask request, with the time from its arrival.
  void count(int status, Seconds taken);
  /// `queued` requests wait now; processor time and memory are the process's.
  std::string print(std::size_t queued, int workers) const;

 private:
  static constexpr std::array kStatus{200, 400, 401, 413, 500, 503};
  static constexpr std::array kSeconds{.005, .01, .02, .05, .1, .2, .5, 1.0, 2.0, 5.0};
  std::array<std::atomic<std::uint64_t>, kStatus.size()> by_status_{};
  std::array<std::atomic<std::uint64_t>, kSeconds.size() + 1> by_time_{};
  std::atomic<std::uint64_t> microseconds_ = 0;
};

}  // namespace scrim
