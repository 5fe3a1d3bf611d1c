// Seconds that this thread has worked; what others do on a shared machine is left out of it, as far
// as they do not take from its caches. Reentrant.
#pragma once

#include <time.h>

namespace scrim {

inline double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace scrim
