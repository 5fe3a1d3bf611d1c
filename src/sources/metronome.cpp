#include "sources/metronome.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace scrim {
namespace {

constexpr Clock::duration kLongestWait = std::chrono::seconds(1);
constexpr double kUsualFps = 30;

}  // namespace

Expected<void> wait_until(Clock::time_point due) {
  const Clock::time_point latest = Clock::now() + kLongestWait;
  std::this_thread::sleep_until(std::min(due, latest));
  if (due > latest) return fail(Errc::kTimeout, "no picture is due within a second");
  return {};
}

Metronome::Metronome(double fps, Pacing pacing, double seconds)
    : fps_(fps > 0 ? fps : kUsualFps), pacing_(pacing), end_(seconds) {}

Expected<Clock::time_point> Metronome::next() {
  return pacing_ == Pacing::kLive ? next_live() : next_offline();
}

bool Metronome::seek(Clock::time_point moment) {
  if (pacing_ == Pacing::kLive) return false;
  beat_ = std::max<std::int64_t>(std::llround(seconds_since_start(moment) * fps_) - 2, -1);
  while (moment_of(beat_ + 1) < moment) ++beat_;
  return true;
}

double Metronome::seconds() const {
  return static_cast<double>(beat_) / fps_;
}

Clock::time_point Metronome::moment_of(std::int64_t beat) const {
  return start_ + (at_seconds(static_cast<double>(beat) / fps_) - kStart);
}

Expected<Clock::time_point> Metronome::next_live() {
  const Clock::time_point now = Clock::now();
  if (beat_ < 0) start_ = now;
  const auto current = static_cast<std::int64_t>(std::floor(Seconds(now - start_).count() * fps_));
  const std::int64_t beat = std::max(beat_ + 1, current);
  const Clock::time_point due = moment_of(beat);
  if (auto ok = wait_until(due); !ok) return std::unexpected(ok.error());
  beat_ = beat;
  return due;
}

Expected<Clock::time_point> Metronome::next_offline() {
  const double seconds_in = static_cast<double>(beat_ + 1) / fps_;
  if (end_ > 0 && seconds_in >= end_) return fail(Errc::kEndOfStream, "all {} s are drawn", end_);
  ++beat_;
  return moment_of(beat_);
}

}  // namespace scrim
