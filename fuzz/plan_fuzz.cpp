// Any bytes at all as a Graph: eight tensors, of which the odd ones are constants, then nodes.
#include <cstddef>
#include <cstdint>

#include "graph_run.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t at = 0;
  const auto next = [&](int limit) { return at < size ? data[at++] % limit : 0; };
  scrim::Graph graph{.input = 0};
  for (int i = 0; i < 8; ++i) {
    scrim::Tensor tensor{.shape = {i % 2 ? next(5) : 1, next(12), next(12), next(20)}};
    if (i % 2) tensor.data.assign(static_cast<std::size_t>(count(tensor.shape)), 0.25f);
    graph.tensors.push_back(tensor);
  }
  while (at < size && graph.nodes.size() < 8) {
    scrim::Node node{.op = static_cast<scrim::Op>(next(11))};
    for (int inputs = next(4); inputs > 0; --inputs) node.inputs.push_back(next(10) - 1);
    node.output = graph.output = next(10) - 1;
    node.activation = static_cast<scrim::Activation>(next(5));
    node.padding = static_cast<scrim::Padding>(next(2));
    node.sampling = static_cast<scrim::Sampling>(next(3));
    for (scrim::Pair* pair :
         {&node.stride, &node.dilation, &node.kernel, &node.before, &node.after})
      *pair = {next(5), next(5)};
    graph.nodes.push_back(node);
  }
  scrim::run_if_small(graph);
  return 0;
}
