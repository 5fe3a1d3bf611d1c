#include "xnnpack_network.h"

#include <xnnpack.h>

#include <array>
#include <limits>

#include "network/check.h"

namespace scrim {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::uint32_t positive(int value) {
  return static_cast<std::uint32_t>(value);
}

struct Bounds {
  float low = -kInfinity, high = kInfinity;
};

Bounds bounds_of(Activation activation) {
  if (activation == Activation::kRelu) return {0, kInfinity};
  if (activation == Activation::kRelu6) return {0, 6};
  return {};
}

/// Translates one Graph. Each method returns XNNPACK's own word on it.
class Builder {
 public:
  Builder(const Graph& graph, xnn_subgraph_t subgraph)
      : graph_(graph), subgraph_(subgraph), ids_(graph.tensors.size(), XNN_INVALID_VALUE_ID) {}

  bool build() {
    for (std::size_t i = 0; i < graph_.tensors.size(); ++i)
      if (define_tensor(static_cast<int>(i)) != xnn_status_success) return false;
    for (const Node& node : graph_.nodes)
      if (define(node) != xnn_status_success) return false;
    return true;
  }

 private:
  std::uint32_t id(int tensor) const { return ids_[static_cast<std::size_t>(tensor)]; }
  const Tensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }
  std::uint32_t bias(const Node& node) const {
    return node.inputs.size() > 2 ? id(node.inputs[2]) : XNN_INVALID_VALUE_ID;
  }

  xnn_status define_tensor(int index) {
    const Tensor& from = tensor(index);
    const bool end = index == graph_.input || index == graph_.output;
    const std::uint32_t outside = end ? (index == graph_.input ? 0u : 1u) : XNN_INVALID_VALUE_ID;
    const std::uint32_t flags = end ? (index == graph_.input ? XNN_VALUE_FLAG_EXTERNAL_INPUT
                                                             : XNN_VALUE_FLAG_EXTERNAL_OUTPUT)
                                    : 0u;
    const Shape& s = from.shape;
    const std::array sides = {static_cast<std::size_t>(s.batch), static_cast<std::size_t>(s.height),
                              static_cast<std::size_t>(s.width),
                              static_cast<std::size_t>(s.channels)};
    const bool is_bias = s == Shape{1, 1, 1, s.channels} && from.is_constant();
    return xnn_define_tensor_value(subgraph_, xnn_datatype_fp32, is_bias ? 1 : 4,
                                   is_bias ? &sides[3] : sides.data(),
                                   from.is_constant() ? from.data.data() : nullptr, outside, flags,
                                   &ids_[static_cast<std::size_t>(index)]);
  }

  xnn_status define(const Node& node) {
    const std::uint32_t in = id(node.inputs[0]), out = id(node.output);
    const auto [low, high] = bounds_of(node.activation);
    switch (node.op) {
      case Op::kConv:
      case Op::kDepthwise:
        return define_conv(node);
      case Op::kTransposeConv:
        return define_transpose_conv(node);
      case Op::kAdd:
        return xnn_define_add2(subgraph_, low, high, in, id(node.inputs[1]), out, 0);
      case Op::kMultiply:
        return xnn_define_multiply2(subgraph_, low, high, in, id(node.inputs[1]), out, 0);
      case Op::kGlobalMean:
        return xnn_define_global_average_pooling_2d(subgraph_, low, high, in, out, 0);
      case Op::kActivation:
        return define_activation(node);
      case Op::kResize:
        return define_resize(node);
      case Op::kConcat:  // not in this version
        break;
    }
    return xnn_status_unsupported_parameter;
  }

  xnn_status define_conv(const Node& node) {
    const Window w = window_of(graph_, node);
    const Shape& weights = tensor(node.inputs[1]).shape;
    const auto [low, high] = bounds_of(node.activation);
    // Not with windows that are 1x1: XNNPACK takes its faster way only where it sees no padding.
    const bool pads = node.padding == Padding::kSame && weights.height * weights.width > 1;
    const std::uint32_t flags = pads ? XNN_FLAG_TENSORFLOW_SAME_PADDING : 0;
    const auto kernel = [&](auto define_one, auto... channels) {
      return define_one(subgraph_, 0, 0, 0, 0, positive(w.kernel.down), positive(w.kernel.right),
                        positive(w.stride.down), positive(w.stride.right),
                        positive(w.dilation.down), positive(w.dilation.right), 1, channels..., low,
                        high, id(node.inputs[0]), id(node.inputs[1]), bias(node), id(node.output),
                        flags);
    };
    const auto inputs = static_cast<std::size_t>(weights.channels);
    if (node.op == Op::kDepthwise) return kernel(xnn_define_depthwise_convolution_2d, inputs);
    return kernel(xnn_define_convolution_2d, inputs, static_cast<std::size_t>(weights.batch));
  }

  xnn_status define_transpose_conv(const Node& node) {
    const Shape& w = tensor(node.inputs[1]).shape;
    const auto [low, high] = bounds_of(node.activation);
    return xnn_define_deconvolution_2d(
        subgraph_, 0, 0, 0, 0, 0, 0, positive(w.height), positive(w.width),
        positive(node.stride.down), positive(node.stride.right), 1, 1, 1,
        static_cast<std::size_t>(w.channels), static_cast<std::size_t>(w.batch), low, high,
        id(node.inputs[0]), id(node.inputs[1]), bias(node), id(node.output), 0);
  }

  xnn_status define_activation(const Node& node) {
    const std::uint32_t in = id(node.inputs[0]), out = id(node.output);
    const auto [low, high] = bounds_of(node.activation);
    if (node.activation == Activation::kHardSwish)
      return xnn_define_hardswish(subgraph_, in, out, 0);
    if (node.activation == Activation::kLogistic) return xnn_define_sigmoid(subgraph_, in, out, 0);
    return xnn_define_clamp(subgraph_, low, high, in, out, 0);
  }

  xnn_status define_resize(const Node& node) {
    const Shape& to = tensor(node.output).shape;
    std::uint32_t flags = 0;
    if (node.sampling == Sampling::kAlignCorners) flags = XNN_FLAG_ALIGN_CORNERS;
    if (node.sampling == Sampling::kTopLeft) flags = XNN_FLAG_TENSORFLOW_LEGACY_MODE;
    return xnn_define_static_resize_bilinear_2d(subgraph_, static_cast<std::size_t>(to.height),
                                                static_cast<std::size_t>(to.width),
                                                id(node.inputs[0]), id(node.output), flags);
  }

  const Graph& graph_;
  xnn_subgraph_t subgraph_;
  std::vector<std::uint32_t> ids_;
};

std::size_t values_of(const Graph& graph, int tensor) {
  return static_cast<std::size_t>(count(graph.tensors[static_cast<std::size_t>(tensor)].shape));
}

}  // namespace

struct XnnpackNetwork::Parts {
  explicit Parts(const Graph& graph)
      : output_size(values_of(graph, graph.output)),
        // XNNPACK reads a little beyond the end.
        input(values_of(graph, graph.input) + XNN_EXTRA_BYTES / sizeof(float)),
        output(output_size + XNN_EXTRA_BYTES / sizeof(float)) {}
  ~Parts() {
    if (runtime) xnn_delete_runtime(runtime);
    if (subgraph) xnn_delete_subgraph(subgraph);
  }

  std::size_t output_size;
  std::vector<float> input, output;
  xnn_subgraph_t subgraph = nullptr;
  xnn_runtime_t runtime = nullptr;
};

XnnpackNetwork::XnnpackNetwork(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
XnnpackNetwork::~XnnpackNetwork() = default;

std::unique_ptr<XnnpackNetwork> XnnpackNetwork::create(const Graph& graph) {
  auto parts = std::make_unique<Parts>(graph);
  const bool built = xnn_initialize(nullptr) == xnn_status_success &&
                     xnn_create_subgraph(2, 0, &parts->subgraph) == xnn_status_success &&
                     Builder(graph, parts->subgraph).build() &&
                     xnn_create_runtime(parts->subgraph, &parts->runtime) == xnn_status_success;
  if (!built) return nullptr;
  const xnn_external_value ends[] = {{0, parts->input.data()}, {1, parts->output.data()}};
  if (xnn_setup_runtime(parts->runtime, 2, ends) != xnn_status_success) return nullptr;
  return std::unique_ptr<XnnpackNetwork>(new XnnpackNetwork(std::move(parts)));
}

std::span<float> XnnpackNetwork::input() {
  return std::span(parts_->input).first(parts_->input.size() - XNN_EXTRA_BYTES / sizeof(float));
}

std::span<const float> XnnpackNetwork::run() {
  xnn_invoke_runtime(parts_->runtime);
  return std::span(parts_->output).first(parts_->output_size);
}

}  // namespace scrim
