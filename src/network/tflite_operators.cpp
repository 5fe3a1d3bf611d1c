// One short function per operator; they stand in one table. A row without a function is known by
// name only, so that its refusal reads well. Field numbers are those of TensorFlow's schema.fbs.
// Tested by tflite_reader_test.
#include "network/tflite_operators.h"

#include <algorithm>
#include <array>

namespace scrim {
namespace {

constexpr int kCustomCode = 32;
constexpr std::size_t kCustomOptions = 5;  // field of an operator's table

using ReadOperator = Expected<void> (*)(TfliteOperator&, Node&);

struct OperatorKind {
  int code;
  std::string_view name;
  ReadOperator read = nullptr;
};

/// The float inputs: `required` ones, then up to `optional` ones, where -1 is an absent one.
Expected<void> take_inputs(const TfliteOperator& item, Node& node, std::size_t required,
                           std::size_t optional = 0) {
  for (std::size_t i = 0; i < std::min(item.inputs.size(), required + optional); ++i) {
    const int wanted = item.inputs[i];
    if (i >= required && wanted == -1) break;
    if (wanted < 0 || static_cast<std::size_t>(wanted) >= item.tensors.size())
      return fail(Errc::kSystem, "there is no tensor {}", wanted);
    const int input = item.stored[static_cast<std::size_t>(wanted)].stands_for;
    const Tensor& tensor = item.tensors[static_cast<std::size_t>(input)];
    if (item.stored[static_cast<std::size_t>(input)].type != kFloat32 && !tensor.is_constant())
      return fail(Errc::kSystem, "tensor '{}' must be float32", tensor.name);
    node.inputs.push_back(input);
  }
  if (node.inputs.size() < required)
    return fail(Errc::kSystem, "{} inputs; it needs {}", node.inputs.size(), required);
  return {};
}

/// The values of a constant int32 input.
Expected<std::vector<int>> integers(const TfliteOperator& item, std::size_t input) {
  const int wanted = input < item.inputs.size() ? item.inputs[input] : -1;
  if (wanted < 0 || static_cast<std::size_t>(wanted) >= item.stored.size())
    return fail(Errc::kSystem, "input {} is missing", input);
  const TfliteTensor& stored = item.stored[static_cast<std::size_t>(wanted)];
  if (stored.type != kInt32 || stored.bytes.empty())
    return fail(Errc::kSystem, "input {} must be a constant of int32", input);
  std::vector<int> values(stored.bytes.size() / sizeof(int));
  std::memcpy(values.data(), stored.bytes.data(), values.size() * sizeof(int));
  return values;
}

const Tensor& output_of(const TfliteOperator& item, const Node& node) {
  return item.tensors[static_cast<std::size_t>(node.output)];
}

/// Codes of the schema's ActivationFunctionType.
Expected<void> take_activation(Node& node, int code) {
  constexpr int kNone = 0, kRelu = 1, kRelu6 = 3;
  if (code == kRelu) node.activation = Activation::kRelu;
  if (code == kRelu6) node.activation = Activation::kRelu6;
  if (code == kNone || code == kRelu || code == kRelu6) return {};
  return fail(Errc::kSystem, "fused activation {} is not supported", code);
}

Padding padding_of(int code) {
  return code == 0 ? Padding::kSame : Padding::kValid;
}

/// Fields that CONV_2D and DEPTHWISE_CONV_2D have in common; the others' numbers differ.
Expected<void> read_window(TfliteOperator& item, Node& node, std::size_t activation) {
  enum : std::size_t { kPadding, kStrideX, kStrideY };
  const FlatTable& options = item.options;
  node.padding = padding_of(options.get<std::int8_t>(kPadding));
  node.stride = {options.get<std::int32_t>(kStrideY), options.get<std::int32_t>(kStrideX)};
  node.dilation = {options.get<std::int32_t>(activation + 2, 1),
                   options.get<std::int32_t>(activation + 1, 1)};
  if (auto done = take_activation(node, options.get<std::int8_t>(activation)); !done) return done;
  return take_inputs(item, node, 2, 1);
}

Expected<void> read_conv(TfliteOperator& item, Node& node) {
  node.op = Op::kConv;
  return read_window(item, node, 3);
}

/// Field 3 is the depth multiplier, which follows from the shapes.
Expected<void> read_depthwise(TfliteOperator& item, Node& node) {
  node.op = Op::kDepthwise;
  return read_window(item, node, 4);
}

/// MediaPipe's own operator; its options are {padding, stride right, stride down} as int32.
Expected<void> read_transpose_conv_bias(TfliteOperator& item, Node& node) {
  const auto options = item.table.bytes(kCustomOptions);
  std::array<std::int32_t, 3> values{};
  if (options.size() < sizeof(values)) return fail(Errc::kSystem, "its options are missing");
  std::memcpy(values.data(), options.data(), sizeof(values));
  node.op = Op::kTransposeConv;
  node.stride = {values[2], values[1]};
  return take_inputs(item, node, 2, 1);
}

template <Activation kActivation>
Expected<void> read_activation(TfliteOperator& item, Node& node) {
  node.op = Op::kActivation;
  node.activation = kActivation;
  return take_inputs(item, node, 1);
}

template <Op kOp>
Expected<void> read_binary(TfliteOperator& item, Node& node) {
  node.op = kOp;
  if (auto done = take_activation(node, item.options.get<std::int8_t>(0)); !done) return done;
  return take_inputs(item, node, 2);
}

/// Joins two pictures along their channels; nothing else is supported.
Expected<void> read_concat(TfliteOperator& item, Node& node) {
  enum : std::size_t { kAxis, kActivation };
  node.op = Op::kConcat;
  const int axis = item.options.get<std::int32_t>(kAxis);
  if (item.inputs.size() != 2 || (axis != 3 && axis != -1))
    return fail(Errc::kSystem, "only two pictures, along their channels, are supported");
  if (auto done = take_activation(node, item.options.get<std::int8_t>(kActivation)); !done)
    return done;
  return take_inputs(item, node, 2);
}

/// Only the mean of the whole picture; networks write it as a pool or as a mean.
Expected<void> read_average_pool(TfliteOperator& item, Node& node) {
  enum : std::size_t { kPadding, kStrideX, kStrideY, kWidth, kHeight, kActivation };
  node.op = Op::kGlobalMean;
  if (auto done = take_inputs(item, node, 1); !done) return done;
  const Shape& shape = item.tensors[static_cast<std::size_t>(node.inputs[0])].shape;
  if (item.options.get<std::int32_t>(kWidth) != shape.width ||
      item.options.get<std::int32_t>(kHeight) != shape.height ||
      padding_of(item.options.get<std::int8_t>(kPadding)) != Padding::kValid)
    return fail(Errc::kSystem, "only means of the whole picture are supported");
  return take_activation(node, item.options.get<std::int8_t>(kActivation));
}

Expected<void> read_max_pool(TfliteOperator& item, Node& node) {
  enum : std::size_t { kPadding, kStrideX, kStrideY, kWidth, kHeight, kActivation };
  const FlatTable& options = item.options;
  node.op = Op::kMaxPool;
  node.padding = padding_of(options.get<std::int8_t>(kPadding));
  node.stride = {options.get<std::int32_t>(kStrideY), options.get<std::int32_t>(kStrideX)};
  node.kernel = {options.get<std::int32_t>(kHeight), options.get<std::int32_t>(kWidth)};
  if (auto done = take_activation(node, options.get<std::int8_t>(kActivation)); !done) return done;
  return take_inputs(item, node, 1);
}

/// Its second input is {before, after} for each of four dimensions.
Expected<void> read_pad(TfliteOperator& item, Node& node) {
  node.op = Op::kPad;
  auto sides = integers(item, 1);
  if (!sides) return std::unexpected(sides.error());
  const std::vector<int>& all = *sides;
  if (all.size() != 8 || all[0] || all[1] || all[6] || all[7])
    return fail(Errc::kSystem, "only rows and columns can be padded");
  node.before = {all[2], all[4]};
  node.after = {all[3], all[5]};
  return take_inputs(item, node, 1);
}

Expected<void> read_mean(TfliteOperator& item, Node& node) {
  constexpr std::size_t kKeepSides = 0;
  node.op = Op::kGlobalMean;
  auto axes = integers(item, 1);
  if (!axes) return std::unexpected(axes.error());
  for (int& axis : *axes)
    if (axis < 0) axis += 4;
  std::ranges::sort(*axes);
  if (*axes != std::vector{1, 2} || !item.options.get<std::int8_t>(kKeepSides))
    return fail(Errc::kSystem, "only means over height and width that keep both are supported");
  return take_inputs(item, node, 1);
}

Expected<void> read_resize(TfliteOperator& item, Node& node) {
  enum : std::size_t { kAlignCorners = 2, kHalfPixel = 3 };
  node.op = Op::kResize;
  node.sampling = Sampling::kTopLeft;
  if (item.options.get<std::int8_t>(kHalfPixel)) node.sampling = Sampling::kHalfPixel;
  if (item.options.get<std::int8_t>(kAlignCorners)) node.sampling = Sampling::kAlignCorners;
  auto size = integers(item, 1);
  if (!size) return std::unexpected(size.error());
  const Shape& out = output_of(item, node).shape;
  if (*size != std::vector{out.height, out.width})
    return fail(Errc::kSystem, "its size and its output's shape differ");
  return take_inputs(item, node, 1);
}

/// Leaves no node: those who read its output will read its input, which is widened already.
Expected<void> read_dequantize(TfliteOperator& item, Node& node) {
  if (auto done = take_inputs(item, node, 1); !done) return done;
  const Tensor& input = item.tensors[static_cast<std::size_t>(node.inputs[0])];
  const Tensor& output = output_of(item, node);
  if (!input.is_constant()) return fail(Errc::kSystem, "only constants can be widened");
  if (output.is_constant() || output.shape != input.shape)
    return fail(Errc::kSystem, "its output must be a tensor of its input's shape");
  item.stored[static_cast<std::size_t>(node.output)].stands_for = node.inputs[0];
  return {};
}

constexpr OperatorKind kOperators[] = {
    {0, "ADD", read_binary<Op::kAdd>},
    {1, "AVERAGE_POOL_2D", read_average_pool},
    {2, "CONCATENATION", read_concat},
    {3, "CONV_2D", read_conv},
    {4, "DEPTHWISE_CONV_2D", read_depthwise},
    {5, "DEPTH_TO_SPACE"},
    {6, "DEQUANTIZE", read_dequantize},
    {9, "FULLY_CONNECTED"},
    {14, "LOGISTIC", read_activation<Activation::kLogistic>},
    {17, "MAX_POOL_2D", read_max_pool},
    {18, "MUL", read_binary<Op::kMultiply>},
    {19, "RELU", read_activation<Activation::kRelu>},
    {21, "RELU6", read_activation<Activation::kRelu6>},
    {22, "RESHAPE"},
    {23, "RESIZE_BILINEAR", read_resize},
    {25, "SOFTMAX"},
    {28, "TANH"},
    {34, "PAD", read_pad},
    {37, "BATCH_TO_SPACE_ND"},
    {38, "SPACE_TO_BATCH_ND"},
    {39, "TRANSPOSE"},
    {40, "MEAN", read_mean},
    {41, "SUB"},
    {42, "DIV"},
    {45, "STRIDED_SLICE"},
    {54, "PRELU"},
    {56, "ARG_MAX"},
    {67, "TRANSPOSE_CONV"},
    {97, "RESIZE_NEAREST_NEIGHBOR"},
    {98, "LEAKY_RELU"},
    {114, "QUANTIZE"},
    {117, "HARD_SWISH", read_activation<Activation::kHardSwish>},
    {kCustomCode, "Convolution2DTransposeBias", read_transpose_conv_bias},
};

const OperatorKind* find_operator(const TfliteCode& wanted) {
  const auto found = std::ranges::find_if(kOperators, [&](const OperatorKind& kind) {
    return kind.code == wanted.code &&
           (wanted.code != kCustomCode || kind.name == wanted.custom_name);
  });
  return found == std::end(kOperators) ? nullptr : &*found;
}

}  // namespace

std::string operator_name(const TfliteCode& code) {
  if (code.code == kCustomCode) return fmt::format("custom operator '{}'", code.custom_name);
  const OperatorKind* kind = find_operator(code);
  return kind ? std::string(kind->name) : fmt::format("operator code {}", code.code);
}

Expected<bool> read_operator(const TfliteCode& code, TfliteOperator& item, Node& node) {
  const OperatorKind* kind = find_operator(code);
  if (!kind || !kind->read) return fail(Errc::kSystem, "not supported");
  if (auto done = kind->read(item, node); !done) return std::unexpected(done.error());
  return kind->read != read_dequantize;
}

}  // namespace scrim
