// CPU time, user and system. Thread-safe.
#pragma once

#include "base/clock.h"

namespace scrim {

/// The calling thread has used so much.
Clock::duration thread_cpu_time();
/// All threads of the process together have used so much.
Clock::duration process_cpu_time();

}  // namespace scrim
