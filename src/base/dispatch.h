// Marks for hot loops: compiled for several instruction sets, the best chosen when the program is
// loaded. Sanitizer builds leave SCRIM_DISPATCH undefined (they crash in the resolver), other
// processors have one version; results are the same everywhere, as the loops are in integers.
#pragma once

/// In front of a function with a hot loop. What it calls must be inlined to gain.
#if defined(SCRIM_DISPATCH) && defined(__x86_64__) && defined(__GNUC__)
#define SCRIM_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define SCRIM_CLONES
#endif

/// In front of a loop whose output may be one of its inputs, but only at the same index.
#if defined(__clang__)
#define SCRIM_SAME_INDEX _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define SCRIM_SAME_INDEX _Pragma("GCC ivdep")
#else
#define SCRIM_SAME_INDEX
#endif
