// Everything that running a network needs, made once: steps in order, packed weights, memory.
//
// Owns what its steps point to; may be moved, not copied. The memory is one block for pictures that
// come and go (see arena.h), one of scratch, and the constants. Reentrant. Tested by network_test.
#pragma once

#include <vector>

#include "base/error.h"
#include "network/floats.h"
#include "network/kernels.h"

namespace scrim {

struct Plan {
  std::vector<Step> steps;
  Map input, output;  // dense: pitch == channels
  std::vector<Floats> constants;
  std::vector<std::vector<Lerp>> lerps;
  Floats memory, scratch, zeros;
  std::size_t memory_size = 0;  // in floats, of `memory`
};

/// kSystem: the graph fails check_graph() or would need too much memory.
Expected<Plan> make_plan(const Graph& graph, const Kernels& kernels);

}  // namespace scrim
