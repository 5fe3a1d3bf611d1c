#include "report.h"

#include <fmt/format.h>

#include <algorithm>

#include "say.h"

namespace scrim {

void tell(const std::string& line) {
  say("scrim: " + line + "\n");
}

double milliseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

double Meter::cpu_ms() const {
  return milliseconds(process_cpu_time() - cpu_);
}

double Meter::wall_ms() const {
  return milliseconds(Clock::now() - wall_);
}

std::string summary(const Stats::Snapshot& stats, Size size, const Meter& meter) {
  const double frames = static_cast<double>(std::max<std::uint64_t>(stats.frames, 1));
  std::string text =
      fmt::format("{} frames of {}x{} in {:.1f} s; CPU per frame {:.2f} ms:", stats.frames,
                  size.width, size.height, meter.wall_ms() / 1000, meter.cpu_ms() / frames);
  for (std::size_t i = 0; i < kStageNames.size(); ++i)
    text += fmt::format("{} {} {:.2f}", i ? "," : "", kStageNames[i],
                        milliseconds(stats.cpu[i]) / frames);
  if (stats.dropped) text += fmt::format("; {} dropped", stats.dropped);
  if (stats.repeated) text += fmt::format("; {} repeated", stats.repeated);
  if (stats.damaged) text += fmt::format("; {} came damaged", stats.damaged);
  if (stats.pauses) text += fmt::format("; paused {} times", stats.pauses);
  if (stats.relay_p50 != Clock::duration{})
    text += fmt::format("; masks after {:.1f} ms, 99 of 100 within {:.1f} ms",
                        milliseconds(stats.relay_p50), milliseconds(stats.relay_p99));
  if (stats.failed) text += fmt::format("; {} without a matte", stats.failed);
  if (stats.saves_effort) text += "; lately with low effort, as this computer is too slow for more";
  if (stats.left_out)
    text += fmt::format("; {} left out, as an encoder or a reader was too slow", stats.left_out);
  return text;
}

}  // namespace scrim
