// For every machine of the architecture. See kernels_impl.h.
#define SCRIM_KERNELS baseline
#define SCRIM_KERNELS_NAME "baseline"
#include "network/kernels_impl.h"
