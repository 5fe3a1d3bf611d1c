#include "base/cpu_time.h"

#include <time.h>

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

}  // namespace scrim
