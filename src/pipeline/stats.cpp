#include "pipeline/stats.h"

#include <time.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace scrim {
namespace {

Clock::duration read_clock(clockid_t id) {
  timespec t{};
  ::clock_gettime(id, &t);
  return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
}

}  // namespace

Clock::duration thread_cpu_time() {
  return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

Clock::duration process_cpu_time() {
  return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

void Stats::add(Stage stage, Clock::duration cpu) {
  std::lock_guard lock(mutex_);
  totals_.cpu[static_cast<std::size_t>(std::to_underlying(stage))] += cpu;
}

void Stats::frame_written(Clock::duration latency) {
  std::lock_guard lock(mutex_);
  latencies_[totals_.frames++ % kKept] = latency;
}

void Stats::frame_repeated() {
  std::lock_guard lock(mutex_);
  ++totals_.repeated;
}

void Stats::frame_dropped() {
  std::lock_guard lock(mutex_);
  ++totals_.dropped;
}

void Stats::damaged_so_far(std::uint64_t count) {
  std::lock_guard lock(mutex_);
  totals_.damaged = count;
}

void Stats::paused() {
  std::lock_guard lock(mutex_);
  ++totals_.pauses;
}

void Stats::matte_failed() {
  std::lock_guard lock(mutex_);
  ++totals_.failed;
}

void Stats::effort_saved(bool saves) {
  std::lock_guard lock(mutex_);
  totals_.saves_effort = saves;
}

void Stats::pictures_left_out(std::uint64_t count) {
  std::lock_guard lock(mutex_);
  totals_.left_out += count;
}

Stats::Snapshot Stats::snapshot() const {
  std::vector<Clock::duration> sorted;
  Snapshot result;
  {
    std::lock_guard lock(mutex_);
    result = totals_;
    const auto kept = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(totals_.frames, kKept));
    sorted.assign(latencies_.begin(), latencies_.begin() + kept);
  }
  if (sorted.empty()) return result;
  std::ranges::sort(sorted);
  result.latency_p50 = sorted[sorted.size() / 2];
  result.latency_p99 = sorted[sorted.size() * 99 / 100];
  return result;
}

}  // namespace scrim
