// The operators of TensorFlow.js that a Graph can express. Exceptions of the JSON library pass
// through; see tfjs_reader.cpp.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "network/graph.h"
#include "network/tfjs_weights.h"

namespace scrim {

/// One node on its way into the Graph.
struct TfjsNode {
  const std::string& name;
  std::string op;
  nlohmann::json attributes;
  const std::vector<std::string>& inputs;
  std::vector<int> tensors = {};  // of the inputs; -1: a weight
};

/// The Graph as far as it is made.
struct TfjsBuilding {
  explicit TfjsBuilding(TfjsWeights all) : weights(std::move(all)) {
    for (const auto& [name, weight] : weights) weight_bytes += weight.bytes.size();
  }

  TfjsWeights weights;
  int height = 0, width = 0;  // of the input
  Graph graph = {};
  std::map<std::string, int, std::less<>> readers = {};  // how many read each node
  std::map<int, Pair> pieces = {};  // tensors that the file holds in pieces, by how many a side
  std::size_t weight_bytes = 0, constant_bytes = 0;
};

/// Adds what `node` stands for and returns the tensor that holds its result; -1: it is a weight.
Expected<int> read_tfjs_node(const TfjsNode& node, TfjsBuilding& building);

}  // namespace scrim
