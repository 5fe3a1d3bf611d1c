// How the window of a convolution or a pool lies on its input, and how channels lie in memory: what
// checks, plans and kernels share.
#pragma once

#include "network/graph.h"

namespace scrim {

struct Window {
  Pair kernel;
  Pair stride;
  Pair dilation;
  Pair before = {0, 0};  // zeros above and to the left
};

/// Places of a kernel, at most.
constexpr int kMaxKernel = 64;
/// Channels are stored in multiples of this.
constexpr int kLanes = 8;

}  // namespace scrim
