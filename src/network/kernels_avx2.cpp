// For x86-64 with AVX2 and FMA; this file alone is compiled with them. See kernels_impl.h.
#define SCRIM_KERNELS avx2
#define SCRIM_KERNELS_NAME "avx2"
#include "network/kernels_impl.h"
