// What this machine could do at best, measured here and now: the yardstick beside a measured cost.
// For x86-64; the peak is that of AVX2 with FMA where the processor has it.
#pragma once

#include "image/image.h"

namespace scrim {

/// Multiply-adds of 32-bit floats per second on one core, best of several short runs.
double peak_macs_per_second();

/// Milliseconds of one pass that blends two pictures of this size, best of several.
double blend_pass_ms(Size size);

}  // namespace scrim
