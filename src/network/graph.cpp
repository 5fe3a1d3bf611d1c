#include "network/graph.h"

#include <fmt/format.h>

namespace scrim {
namespace {

const Shape& shape_of(const Graph& graph, int tensor) {
  return graph.tensors[static_cast<std::size_t>(tensor)].shape;
}

/// For each value that comes out: the size of the window it is made from.
long long multiply_adds(const Graph& graph, const Node& node) {
  if (node.inputs.size() < 2) return 0;
  const Shape& weights = shape_of(graph, node.inputs[1]);
  const long long window = static_cast<long long>(weights.height) * weights.width;
  switch (node.op) {
    case Op::kConv:
      return count(shape_of(graph, node.output)) * window * weights.channels;
    case Op::kDepthwise:
      return count(shape_of(graph, node.output)) * window;
    case Op::kTransposeConv:  // each value of the output lies in one window
      return count(shape_of(graph, node.output)) * weights.channels;
    default:
      return 0;
  }
}

}  // namespace

long long multiply_adds(const Graph& graph) {
  long long sum = 0;
  for (const Node& node : graph.nodes) sum += multiply_adds(graph, node);
  return sum;
}

std::string describe(const Shape& shape) {
  return fmt::format("{}x{}x{}x{}", shape.batch, shape.height, shape.width, shape.channels);
}

}  // namespace scrim
