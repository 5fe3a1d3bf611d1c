// Where the time goes: CPU time per stage, frame counts, and the wall time each frame took from
// capture to sink. Thread-safe: stages add, anybody takes a snapshot. Adding allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/cpu_time.h"

namespace scrim {

enum class Stage { kCapture, kMatte, kBackground, kPerson, kBlend, kPicture, kSinks };
constexpr std::array<std::string_view, 7> kStageNames = {
    "capture", "matte", "background", "person", "blend", "picture", "sinks"};

class Stats {
 public:
  struct Snapshot {
    std::uint64_t frames = 0;    // written, each once
    std::uint64_t repeated = 0;  // written again for lack of a new one
    std::uint64_t dropped = 0;   // captured, but overtaken by a newer one
    std::uint64_t damaged = 0;   // came damaged from the camera and were left out
    std::uint64_t pauses = 0;    // times that no picture came and the pause picture was shown
    std::uint64_t failed = 0;    // shown without a person, as no matte could be made
    bool saves_effort = false;   // the lighter matte is made now, as the usual one takes too long
    std::uint64_t left_out = 0;  // as an encoder or a reader was too slow; known at the end
    std::array<Clock::duration, kStageNames.size()> cpu{};  // in all
    Clock::duration latency_p50{}, latency_p99{};           // of the last kKept frames
    Clock::duration relay_p50{}, relay_p99{};  // of mattes made elsewhere: there and back
    std::string trouble = {};                  // why the last matte could not be made, if so
  };

  void add(Stage stage, Clock::duration cpu);
  void frame_written(Clock::duration latency);
  void frame_repeated();
  void frame_dropped();
  void damaged_so_far(std::uint64_t count);
  void paused();
  void matte_failed(const std::string& why);
  /// `relayed`: it was made elsewhere, so long after it was sent for.
  void matte_made(std::optional<Clock::duration> relayed = {});
  void effort_saved(bool saves);
  void pictures_left_out(std::uint64_t count);
  Snapshot snapshot() const;

 private:
  static constexpr std::size_t kKept = 4096;

  mutable std::mutex mutex_;
  Snapshot totals_;  // guarded by mutex_
  /// The last kKept durations.
  struct Ring {
    std::uint64_t count = 0;
    std::array<Clock::duration, kKept> kept{};

    void add(Clock::duration duration) { kept[count++ % kKept] = duration; }
  };
  /// Half of them, and 99 of 100, are no longer.
  static std::pair<Clock::duration, Clock::duration> quantiles(const Ring& ring);

  Ring latencies_, relayed_;  // guarded by mutex_
};

/// Adds the CPU time of its own life to a stage.
class StageTimer {
 public:
  StageTimer(Stats& stats, Stage stage) : stats_(stats), stage_(stage), begin_(thread_cpu_time()) {}
  ~StageTimer() { stats_.add(stage_, thread_cpu_time() - begin_); }
  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;

 private:
  Stats& stats_;
  Stage stage_;
  Clock::duration begin_;
};

}  // namespace scrim
