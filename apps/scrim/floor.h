// What this machine could do at best, measured here and now: the yardstick beside a measured cost.
// For x86-64; the peak is that of AVX2 with FMA where the processor has it.
// Reentrant.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <thread>

#include "base/clock.h"
#include "image/image.h"
#include "pipeline/stats.h"

namespace scrim {

/// Milliseconds of CPU time that `work` takes, the median of some runs: more on a busy computer, as
/// with everything else; and more after a `pause` before each, as caches are cold then.
template <class Work>
double typical_ms(Work work, Clock::duration pause = {}) {
  std::array<double, 21> runs;
  for (double& ms : runs) {
    if (pause > Clock::duration{}) std::this_thread::sleep_for(pause);
    const auto begin = thread_cpu_time();
    work();
    ms = Seconds(thread_cpu_time() - begin).count() * 1000;
  }
  std::ranges::nth_element(runs, runs.begin() + runs.size() / 2);
  return runs[runs.size() / 2];
}

/// Multiply-adds of 32-bit floats per second on one core.
double peak_macs_per_second();

/// Of one pass that blends two pictures of this size.
double blend_pass_ms(Size size);

/// Of one pass that writes a picture of this size as YUYV.
double pack_pass_ms(Size size);

/// Of one picture that `decode` fills, blended and packed in one go, once every `period`: a call's
/// path with the network left out.
double path_at_pace_ms(Size size, Clock::duration period,
                       const std::function<void(ImageView)>& decode);

}  // namespace scrim
