#include "pipeline/stats.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace scrim {
void Stats::add(Stage stage, Clock::duration cpu) {
  std::lock_guard lock(mutex_);
  totals_.cpu[static_cast<std::size_t>(std::to_underlying(stage))] += cpu;
}

void Stats::frame_written(Clock::duration latency) {
  std::lock_guard lock(mutex_);
  ++totals_.frames;
  latencies_.add(latency);
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

void Stats::matte_failed(const std::string& why) {
  std::lock_guard lock(mutex_);
  ++totals_.failed;
  totals_.trouble = why;
}

void Stats::matte_made(std::optional<Clock::duration> relayed) {
  std::lock_guard lock(mutex_);
  totals_.trouble.clear();
  if (relayed) relayed_.add(*relayed);
}

void Stats::effort_saved(bool saves) {
  std::lock_guard lock(mutex_);
  totals_.saves_effort = saves;
}

void Stats::pictures_left_out(std::uint64_t count) {
  std::lock_guard lock(mutex_);
  totals_.left_out += count;
}

std::pair<Clock::duration, Clock::duration> Stats::quantiles(const Ring& ring) {
  if (ring.count == 0) return {};
  const auto kept = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(ring.count, kKept));
  std::vector<Clock::duration> sorted(ring.kept.begin(), ring.kept.begin() + kept);
  std::ranges::sort(sorted);
  return {sorted[sorted.size() / 2], sorted[sorted.size() * 99 / 100]};
}

Stats::Snapshot Stats::snapshot() const {
  std::unique_lock lock(mutex_);
  Snapshot result = totals_;
  const Ring latencies = latencies_, relayed = relayed_;
  lock.unlock();  // who measures need not wait for sorting
  std::tie(result.latency_p50, result.latency_p99) = quantiles(latencies);
  std::tie(result.relay_p50, result.relay_p99) = quantiles(relayed);
  return result;
}

}  // namespace scrim
