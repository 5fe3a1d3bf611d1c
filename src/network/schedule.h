// In which order the rows of all stages are made.
//
// Not one stage after the other: a picture of a whole stage is larger than the caches that are
// quick. Each stage makes a few rows when those who read them need them, so that they are read
// while they are near; only a mean waits for all rows of its input, and takes them up as they are
// made. The cost is nothing: the same rows are made once each. Idea: Ragan-Kelley et al., "Halide"
// (compute_at). Reentrant. Tested by schedule_test and, as a whole, by network_test.
#pragma once

#include <vector>

#include "network/fuse.h"
#include "network/graph.h"

namespace scrim {

/// Rows `first` to `last` (not included) of one stage. They are rows of its output, but of its
/// input for those that go through it once: kGlobalMean and kTransposeConv.
struct Turn {
  int stage = 0;
  int first = 0;
  int last = 0;
};

/// How many rows a stage has in that sense.
int row_count(const Fused& fused, const FusedStage& stage);

/// Every row of every stage that the network's output needs, once, after the rows that it is made
/// from.
std::vector<Turn> make_schedule(const Graph& graph, const Fused& fused);

}  // namespace scrim
