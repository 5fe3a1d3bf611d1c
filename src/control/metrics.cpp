#include "control/metrics.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace scrim {
namespace {

double seconds(timeval time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::int64_t resident_bytes() {
  std::int64_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace

void Metrics::count(int status, Seconds taken) {
  const auto by_status = std::ranges::find(kStatus, status) - kStatus.begin();
  const auto by_time = std::ranges::lower_bound(kSeconds, taken.count()) - kSeconds.begin();
  by_status_.at(static_cast<std::size_t>(by_status))++;
  by_time_[static_cast<std::size_t>(by_time)]++;
  microseconds_ += static_cast<std::uint64_t>(taken.count() * 1e6);
}

std::string Metrics::print(std::size_t queued, int workers) const {
  std::string text = "# TYPE scrim_requests_total counter\n";
  const auto out = std::back_inserter(text);
  for (std::size_t i = 0; i < kStatus.size(); ++i)
    fmt::format_to(out, "scrim_requests_total{{code=\"{}\"}} {}\n", kStatus[i],
                   by_status_[i].load());
  text += "# TYPE scrim_request_seconds histogram\n";
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < by_time_.size(); ++i) {
    sum += by_time_[i];
    const auto limit = i < kSeconds.size() ? fmt::format("{}", kSeconds[i]) : "+Inf";
    fmt::format_to(out, "scrim_request_seconds_bucket{{le=\"{}\"}} {}\n", limit, sum);
  }
  fmt::format_to(out,
                 "scrim_request_seconds_sum {}\nscrim_request_seconds_count {}\n"
                 "# TYPE scrim_queued gauge\nscrim_queued {}\n"
                 "# TYPE scrim_workers gauge\nscrim_workers {}\n"
                 "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total {}\n"
                 "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes {}\n",
                 static_cast<double>(microseconds_) * 1e-6, sum, queued, workers,
                 processor_seconds(), resident_bytes());
  return text;
}

}  // namespace scrim
