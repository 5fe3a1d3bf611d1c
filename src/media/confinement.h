// Takes from the calling process, for good, all that reading a stranger's file does not need: it
// can read and write what is open, use memory and processor time up to the limits, and end. It can
// open nothing, connect to nothing, start nothing and see no other process.
//
// The means are libseccomp's filter of system calls, which knows what is allowed and refuses the
// rest with EPERM, and the kernel's resource limits. For a process of one thread.
#pragma once

#include <chrono>
#include <cstddef>

#include "base/error.h"

namespace scrim {

struct ConfinementLimits {
  std::size_t memory;        // bytes of address space
  std::chrono::seconds cpu;  // then the kernel ends it
};

/// kSystem: the kernel has no such filter. Then nothing of strangers may be read.
Expected<void> confine(const ConfinementLimits& limits);

}  // namespace scrim
