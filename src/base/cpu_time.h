// CPU time, user and system. Thread-safe.
#pragma once

#include "base/clock.h"

namespace scrim {

/// What the calling thread has used.
Clock::duration thread_cpu_time();
/// What the whole process has used, all its threads.
Clock::duration process_cpu_time();

}  // namespace scrim
