// The operators of TensorFlow Lite that a Graph can express, by code and name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "network/flatbuffer.h"
#include "network/graph.h"

namespace scrim {

enum TfliteType : std::int8_t { kFloat32 = 0, kFloat16 = 1, kInt32 = 2 };

/// What the file says of a tensor beyond what the Graph keeps.
struct TfliteTensor {
  int type = kFloat32;
  std::span<const std::byte> bytes = {};  // of a constant, as stored
  int stands_for = -1;                    // itself, or the constant that DEQUANTIZE makes it of
};

struct TfliteCode {
  int code = 0;
  std::string custom_name;
};

/// One operator on its way into the Graph. The views hold during the reading.
struct TfliteOperator {
  FlatTable table;
  FlatTable options;
  std::vector<int> inputs;
  const std::vector<Tensor>& tensors;
  std::vector<TfliteTensor>& stored;  // one for each of `tensors`
};

/// "CONV_2D", "custom operator 'X'", "operator code 77".
std::string operator_name(const TfliteCode& code);

/// Fills in `node`, whose label and output are set already (the output is one of the tensors).
/// true: the node is to be kept; false: it is resolved already. kSystem, without the label.
Expected<bool> read_operator(const TfliteCode& code, TfliteOperator& item, Node& node);

}  // namespace scrim
