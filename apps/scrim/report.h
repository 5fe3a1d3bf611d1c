// What a run tells: lines on the way, and when it is over frames, and where the CPU time went.
#pragma once

#include <string>

#include "base/clock.h"
#include "image/image.h"
#include "pipeline/stats.h"

namespace scrim {

/// "scrim: LINE" for people. Thread-safe.
void tell(const std::string& line);

/// CPU and wall time of the whole process from its construction on.
class Meter {
 public:
  double cpu_ms() const;
  double wall_ms() const;

 private:
  Clock::duration cpu_ = process_cpu_time();
  Clock::time_point wall_ = Clock::now();
};

double milliseconds(Clock::duration duration);

/// "300 frames of 1280x720 in 4.1 s; CPU per frame 9.30 ms: capture 3.00, matte 3.10, ..."
std::string summary(const Stats::Snapshot& stats, Size size, const Meter& meter);

}  // namespace scrim
