// What fuzzers do with a Graph, wherever it came from.
#pragma once

#include "network/check.h"
#include "network/network.h"

namespace scrim {

/// Checked, planned and, where it is little work, run.
inline void run_if_small(const Graph& graph) {
  constexpr long long kFewValues = 1 << 14;
  if (!check_graph(graph)) return;
  long long values = 0;
  for (const Tensor& tensor : graph.tensors) values += count(tensor.shape);
  if (values > kFewValues) return;
  auto network = Network::create(graph, *available_kernels().front());
  if (network) network->run();
}

}  // namespace scrim
