// The one description of a network, whatever file it came from.
//
// Readers (tflite_reader, tfjs_reader) produce a Graph; check.h checks it, fuse.h and plan.h turn
// it into kernel calls. A Graph is plain data and promises nothing by itself: indices and shapes
// count only once check_graph() has accepted them. Pictures are NHWC float32 with a batch of one.
// Reentrant.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace scrim {

/// Batch, height, width, channels. Weights of a convolution: output channels, kernel height, kernel
/// width, input channels (depthwise: 1, height, width, channels). A bias: 1, 1, 1, channels.
struct Shape {
  int batch = 1;
  int height = 1;
  int width = 1;
  int channels = 1;
  bool operator==(const Shape&) const = default;
};

enum class Op {
  kConv,           // picture, weights, bias
  kDepthwise,      // picture, weights, bias; one filter per channel
  kTransposeConv,  // picture, weights, bias; windows do not overlap: the stride is the kernel
  kActivation,     // picture
  kAdd,            // two pictures of one shape
  kMultiply,       // two pictures of one shape, or a picture and one factor per channel
  kGlobalMean,     // picture; each channel's mean over all places
  kResize,         // picture; bilinear, to the output's size
  kConcat,         // two pictures of one size; the channels of the first, then of the second
  kMaxPool,        // picture; the largest value of each window
  kPad,            // picture; zeros on its sides
};
constexpr std::size_t kOpCount = static_cast<std::size_t>(Op::kPad) + 1;

enum class Activation { kNone, kRelu, kRelu6, kHardSwish, kLogistic };

/// kSame: the output has the input's size divided by the stride, rounded up; zeros stand outside,
/// the odd one right and below. kValid: windows lie within the input.
enum class Padding { kSame, kValid };

/// Which places of the input the corners of a resized picture come from.
enum class Sampling { kHalfPixel, kAlignCorners, kTopLeft };

struct Pair {
  int down = 1;
  int right = 1;
  bool operator==(const Pair&) const = default;
};

struct Node {
  Op op = Op::kActivation;
  std::vector<int> inputs = {};  // indices of tensors, in the order that Op names
  int output = -1;
  Activation activation = Activation::kNone;  // applied to the result
  Padding padding = Padding::kSame;           // of convolutions, as are the next two, and kMaxPool
  Pair stride = {};
  Pair dilation = {};
  Pair kernel = {};                      // of kMaxPool
  Pair before = {0, 0}, after = {0, 0};  // of kPad: rows above and columns left; below and right
  Sampling sampling = Sampling::kHalfPixel;  // of kResize
  std::string label = {};                    // for messages: "operator 12 (CONV_2D)"
};

struct Tensor {
  std::string name;
  Shape shape = {};
  std::vector<float> data = {};  // of a constant, shape's number of values; else empty

  bool is_constant() const { return !data.empty(); }
};

struct Graph {
  std::vector<Tensor> tensors;
  std::vector<Node> nodes;  // each after those whose outputs it reads
  int input = -1;
  int output = -1;
};

/// The number of values; 2^31 stands for that and all above.
constexpr long long count(const Shape& shape) {
  constexpr long long kMany = 1LL << 31;
  long long n = 1;
  for (int side : {shape.batch, shape.height, shape.width, shape.channels})
    n = side > 0 ? std::min(n * side, kMany) : 0;
  return n;
}

/// Multiplications, each with its addition, that the convolutions of a checked graph ask for.
long long multiply_adds(const Graph& graph);

/// "1x256x256x3"
std::string describe(const Shape& shape);

}  // namespace scrim
