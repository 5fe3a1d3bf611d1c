// How many multiply-adds in float32 this core does in a second when nothing else holds it up: the
// measure for kernels. Reentrant.
#pragma once

namespace scrim {

/// One stretch of them, long enough to be timed (some 10 microseconds); returns how many it did.
long run_multiply_adds();

/// Per second, the best of some stretches over a few milliseconds.
double measure_peak();

}  // namespace scrim
