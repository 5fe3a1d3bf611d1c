// Builds small graphs for tests.
#pragma once

#include <utility>
#include <vector>

#include "network/graph.h"
#include "network/pictures.h"

namespace scrim {

class GraphBuilder {
 public:
  /// The first picture is the network's input.
  int picture(Shape shape) {
    graph_.tensors.push_back({.name = "picture", .shape = shape});
    const int index = static_cast<int>(graph_.tensors.size()) - 1;
    if (graph_.input < 0) graph_.input = index;
    return index;
  }
  int constant(Shape shape, unsigned seed) {
    return constant(shape, random_values(static_cast<std::size_t>(count(shape)), seed));
  }
  int constant(Shape shape, std::vector<float> values) {
    graph_.tensors.push_back({.name = "constant", .shape = shape, .data = std::move(values)});
    return static_cast<int>(graph_.tensors.size()) - 1;
  }
  /// Makes the node and its output, which is the network's so far.
  int add(Node node, Shape output) {
    graph_.tensors.push_back({.name = "made", .shape = output});
    node.output = graph_.output = static_cast<int>(graph_.tensors.size()) - 1;
    node.label = "node " + std::to_string(graph_.nodes.size());
    graph_.nodes.push_back(std::move(node));
    return graph_.output;
  }
  const Shape& shape(int tensor) const {
    return graph_.tensors[static_cast<std::size_t>(tensor)].shape;
  }
  const std::vector<float>& values(int tensor) const {
    return graph_.tensors[static_cast<std::size_t>(tensor)].data;
  }
  Graph& graph() { return graph_; }

 private:
  Graph graph_;
};

}  // namespace scrim
