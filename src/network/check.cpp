// Walks the nodes in their order, as running will, and infers each output's shape from its inputs'.
// Limits are generous for networks that run in real time and small enough that no product of sides
// overflows an int.
#include "network/check.h"

#include <algorithm>
#include <cmath>

namespace scrim {
namespace {

constexpr long long kMaxValues = 1LL << 25;           // of one tensor: 128 MiB
constexpr long long kMaxMultiplications = 1LL << 36;  // of the network: a second or two
constexpr int kMaxStep = 256;                         // stride, dilation
constexpr int kMaxPadding = 4096;

int kernel_span(int kernel, int dilation) {
  return (kernel - 1) * dilation + 1;
}

/// The output's side, and the zeros before the input's first place; 0 if no window fits.
struct Fit {
  int outputs = 0;
  int before = 0;
};

Fit fit(Padding padding, int input, int kernel, int stride, int dilation) {
  const int span = kernel_span(kernel, dilation);
  if (padding == Padding::kValid) return {input < span ? 0 : (input - span) / stride + 1, 0};
  const int outputs = (input + stride - 1) / stride;
  return {outputs, std::max((outputs - 1) * stride + span - input, 0) / 2};
}

/// What windows of this kernel make of a picture.
Expected<Shape> windows(const Node& node, const Shape& in, Pair kernel, int channels) {
  const Fit down = fit(node.padding, in.height, kernel.down, node.stride.down, node.dilation.down);
  const Fit right =
      fit(node.padding, in.width, kernel.right, node.stride.right, node.dilation.right);
  if (!down.outputs || !right.outputs)
    return fail(Errc::kSystem, "its window is larger than its input");
  return Shape{1, down.outputs, right.outputs, channels};
}

class Checker {
 public:
  explicit Checker(const Graph& graph) : graph_(graph), ready_(graph.tensors.size()) {}
  Expected<void> check();
  Expected<Shape> infer(const Node& node);

 private:
  Expected<void> check_tensors();
  Expected<void> check_node(const Node& node);
  Expected<Shape> infer_conv(const Node& node);
  Expected<Shape> infer_max_pool(const Node& node);
  Expected<Shape> infer_pad(const Node& node);
  static Expected<void> check_window(const Node& node, Pair kernel);
  Expected<Shape> infer_transpose_conv(const Node& node);
  Expected<Shape> infer_binary(const Node& node);
  Expected<Shape> infer_concat(const Node& node);
  Expected<void> check_weights(const Node& node, const Shape& expected) const;
  Expected<void> count_work(const Node& node, const Shape& out);
  bool is_tensor(int index) const {
    return index >= 0 && static_cast<std::size_t>(index) < graph_.tensors.size();
  }
  const Tensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }
  const Shape& shape(const Node& node, std::size_t input) const {
    return tensor(node.inputs[input]).shape;
  }

  const Graph& graph_;
  std::vector<bool> ready_;
  long long multiplications_ = 0;
};

Expected<void> Checker::check() {
  if (!is_tensor(graph_.input) || !is_tensor(graph_.output))
    return fail(Errc::kSystem, "the network has no input or no output");
  if (auto done = check_tensors(); !done) return done;
  if (tensor(graph_.input).is_constant())
    return fail(Errc::kSystem, "the network's input is a constant");
  ready_[static_cast<std::size_t>(graph_.input)] = true;
  for (const Node& node : graph_.nodes)
    if (auto done = check_node(node); !done) return fail_in(node.label, done.error());
  if (!ready_[static_cast<std::size_t>(graph_.output)] || tensor(graph_.output).is_constant() ||
      graph_.output == graph_.input)
    return fail(Errc::kSystem, "no operator makes the network's output");
  return {};
}

Expected<void> Checker::check_tensors() {
  for (std::size_t i = 0; i < graph_.tensors.size(); ++i) {
    const Tensor& tensor = graph_.tensors[i];
    Shape stored = tensor.shape;
    stored.channels = std::max(stored.channels, kLanes);
    if (count(tensor.shape) < 1 || count(stored) > kMaxValues)
      return fail(Errc::kSystem, "tensor '{}' of {}: too large", tensor.name,
                  describe(tensor.shape));
    ready_[i] = tensor.is_constant();
    if (!tensor.is_constant()) continue;
    if (static_cast<long long>(tensor.data.size()) != count(tensor.shape))
      return fail(Errc::kSystem, "tensor '{}': {} values for {}", tensor.name, tensor.data.size(),
                  describe(tensor.shape));
    if (!std::ranges::all_of(tensor.data, [](float value) { return std::isfinite(value); }))
      return fail(Errc::kSystem, "tensor '{}' holds values that are not finite", tensor.name);
  }
  return {};
}

Expected<void> Checker::check_node(const Node& node) {
  const bool is_conv =
      node.op == Op::kConv || node.op == Op::kDepthwise || node.op == Op::kTransposeConv;
  const bool is_binary = node.op == Op::kAdd || node.op == Op::kMultiply || node.op == Op::kConcat;
  const std::size_t needed = is_conv || is_binary ? 2 : 1;
  if (node.inputs.size() < needed || node.inputs.size() > needed + is_conv)
    return fail(Errc::kSystem, "{} inputs", node.inputs.size());
  for (int input : node.inputs)
    if (!is_tensor(input) || !ready_[static_cast<std::size_t>(input)])
      return fail(Errc::kSystem, "reads a tensor that nothing has made yet");
  if (!is_tensor(node.output) || ready_[static_cast<std::size_t>(node.output)])
    return fail(Errc::kSystem, "writes a tensor that is made already");
  if (shape(node, 0).batch != 1) return fail(Errc::kSystem, "a batch of more than one picture");
  auto expected = infer(node);
  if (!expected) return std::unexpected(expected.error());
  if (*expected != tensor(node.output).shape)
    return fail(Errc::kSystem, "makes {}, but its output is {}", describe(*expected),
                describe(tensor(node.output).shape));
  ready_[static_cast<std::size_t>(node.output)] = true;
  return count_work(node, *expected);
}

Expected<Shape> Checker::infer(const Node& node) {
  const Shape& in = shape(node, 0);
  switch (node.op) {
    case Op::kConv:
    case Op::kDepthwise:
      return infer_conv(node);
    case Op::kTransposeConv:
      return infer_transpose_conv(node);
    case Op::kAdd:
    case Op::kMultiply:
      return infer_binary(node);
    case Op::kGlobalMean:
      return Shape{1, 1, 1, in.channels};
    case Op::kResize:
      return Shape{1, tensor(node.output).shape.height, tensor(node.output).shape.width,
                   in.channels};
    case Op::kActivation:
      return in;
    case Op::kConcat:
      return infer_concat(node);
    case Op::kMaxPool:
      return infer_max_pool(node);
    case Op::kPad:
      return infer_pad(node);
  }
  return fail(Errc::kSystem, "an unknown operator");
}

Expected<void> Checker::check_weights(const Node& node, const Shape& expected) const {
  const Tensor& weights = tensor(node.inputs[1]);
  if (!weights.is_constant() || weights.shape != expected)
    return fail(Errc::kSystem, "needs constant weights of {}, not {}", describe(expected),
                describe(weights.shape));
  const int outputs = node.op == Op::kDepthwise ? expected.channels : expected.batch;
  if (node.inputs.size() < 3) return {};
  const Tensor& bias = tensor(node.inputs[2]);
  if (!bias.is_constant() || bias.shape != Shape{1, 1, 1, outputs})
    return fail(Errc::kSystem, "needs a constant bias of {}", outputs);
  return {};
}

Expected<void> Checker::check_window(const Node& node, Pair kernel) {
  if (kernel.down < 1 || kernel.right < 1 || kernel.down > kMaxKernel ||
      kernel.right > kMaxKernel || kernel.down * kernel.right > kMaxKernel)
    return fail(Errc::kSystem, "a kernel of {}x{}", kernel.down, kernel.right);
  for (int step : {node.stride.down, node.stride.right, node.dilation.down, node.dilation.right})
    if (step < 1 || step > kMaxStep) return fail(Errc::kSystem, "a step of {}", step);
  return {};
}

Expected<Shape> Checker::infer_conv(const Node& node) {
  const Shape& in = shape(node, 0);
  const Shape& weights = shape(node, 1);
  if (auto done = check_window(node, {weights.height, weights.width}); !done)
    return std::unexpected(done.error());
  const bool depthwise = node.op == Op::kDepthwise;
  const int outputs = depthwise ? in.channels : weights.batch;
  const Shape expected{depthwise ? 1 : outputs, weights.height, weights.width, in.channels};
  if (auto done = check_weights(node, expected); !done) return std::unexpected(done.error());
  return windows(node, in, {weights.height, weights.width}, outputs);
}

Expected<Shape> Checker::infer_max_pool(const Node& node) {
  if (auto done = check_window(node, node.kernel); !done) return std::unexpected(done.error());
  return windows(node, shape(node, 0), node.kernel, shape(node, 0).channels);
}

Expected<Shape> Checker::infer_pad(const Node& node) {
  for (int side : {node.before.down, node.before.right, node.after.down, node.after.right})
    if (side < 0 || side > kMaxPadding) return fail(Errc::kSystem, "a padding of {}", side);
  const Shape& in = shape(node, 0);
  return Shape{1, in.height + node.before.down + node.after.down,
               in.width + node.before.right + node.after.right, in.channels};
}

Expected<Shape> Checker::infer_transpose_conv(const Node& node) {
  const Shape& in = shape(node, 0);
  const Shape& weights = shape(node, 1);
  if (node.stride != Pair{weights.height, weights.width})
    return fail(Errc::kSystem, "only strides equal to the kernel are supported");
  if (weights.height > kMaxKernel || weights.width > kMaxKernel ||
      weights.height * weights.width > kMaxKernel)
    return fail(Errc::kSystem, "a kernel of {}x{}", weights.height, weights.width);
  const Shape expected{weights.batch, weights.height, weights.width, in.channels};
  if (auto done = check_weights(node, expected); !done) return std::unexpected(done.error());
  // The products stay below 2^25 * 64.
  return Shape{1, in.height * weights.height, in.width * weights.width, weights.batch};
}

Expected<Shape> Checker::infer_binary(const Node& node) {
  const Shape& a = shape(node, 0);
  const Shape& b = shape(node, 1);
  if (a == b) return a;
  const auto are_factors = [](const Shape& shape, const Shape& of) {
    return shape == Shape{1, 1, 1, of.channels};
  };
  if (node.op == Op::kMultiply && are_factors(b, a)) return a;
  if (node.op == Op::kMultiply && are_factors(a, b) && b.batch == 1) return b;
  return fail(Errc::kSystem, "operands of {} and {}", describe(a), describe(b));
}

Expected<Shape> Checker::infer_concat(const Node& node) {
  const Shape& a = shape(node, 0);
  const Shape& b = shape(node, 1);
  if (a.height != b.height || a.width != b.width || b.batch != 1)
    return fail(Errc::kSystem, "operands of {} and {}", describe(a), describe(b));
  return Shape{1, a.height, a.width, a.channels + b.channels};
}

Expected<void> Checker::count_work(const Node& node, const Shape& out) {
  long long per_value = 1;
  if (node.op == Op::kDepthwise || node.op == Op::kConv)
    per_value = count(shape(node, 1)) / out.channels;
  if (node.op == Op::kMaxPool) per_value = node.kernel.down * node.kernel.right;
  if (node.op == Op::kTransposeConv) per_value = shape(node, 0).channels;
  if (node.op == Op::kGlobalMean) per_value = count(shape(node, 0)) / out.channels;
  multiplications_ += count(out) * std::max(per_value, 1LL);
  if (multiplications_ > kMaxMultiplications)
    return fail(Errc::kSystem, "the network is too much work for one picture");
  return {};
}

}  // namespace

Window window_of(const Graph& graph, const Node& node) {
  const Shape& in = graph.tensors[static_cast<std::size_t>(node.inputs[0])].shape;
  Window window{.kernel = node.kernel, .stride = node.stride, .dilation = node.dilation};
  if (node.op != Op::kMaxPool) {
    const Shape& weights = graph.tensors[static_cast<std::size_t>(node.inputs[1])].shape;
    window.kernel = {weights.height, weights.width};
  }
  if (node.op == Op::kTransposeConv) return window;
  const auto& [kernel, stride, dilation, none] = window;
  window.before = {fit(node.padding, in.height, kernel.down, stride.down, dilation.down).before,
                   fit(node.padding, in.width, kernel.right, stride.right, dilation.right).before};
  return window;
}

Expected<Shape> output_shape(const Graph& graph, const Node& node) {
  return Checker(graph).infer(node);
}

Expected<void> check_graph(const Graph& graph) {
  return Checker(graph).check();
}

}  // namespace scrim
