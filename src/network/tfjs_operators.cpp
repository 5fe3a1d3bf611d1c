// One short function per operator; they stand in one table. Tested by tfjs_reader_test.
#include "network/tfjs_operators.h"

#include <algorithm>
#include <charconv>

#include "network/check.h"

namespace scrim {
namespace {

using Json = nlohmann::json;
using ReadNode = Expected<int> (*)(const TfjsNode&, TfjsBuilding&);

/// Weights that many nodes share are copied for each; a file whose constants add up to much more
/// than it holds is a bomb.
constexpr std::size_t kMaxExpansion = 8;

// ---- attributes

/// A number, or the text of one, as 64-bit integers are written.
int integer(const Json& value) {
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    return number > -INT32_MAX && number < INT32_MAX ? static_cast<int>(number) : 0;
  }
  const std::string& text = value.get_ref<const std::string&>();
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

int base64_digit(char c) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t at = kDigits.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// Bytes, which are written in base64 or as a list of their codes.
std::string bytes(const Json& value) {
  std::string text;
  if (value.is_array()) {
    for (const Json& code : value) text += static_cast<char>(integer(code));
    return text;
  }
  unsigned bits = 0;
  int count = 0;
  for (char c : value.get_ref<const std::string&>()) {
    const int digit = base64_digit(c);
    if (digit < 0) break;
    bits = bits << 6 | static_cast<unsigned>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += static_cast<char>(bits >> count & 255);
  }
  return text;
}

std::string text_attribute(const TfjsNode& node, const char* key) {
  return node.attributes.contains(key) ? bytes(node.attributes.at(key).at("s")) : "";
}

/// The middle two of four: height and width.
Expected<Pair> pair_attribute(const TfjsNode& node, const char* key) {
  if (!node.attributes.contains(key)) return Pair{1, 1};
  const Json& list = node.attributes.at(key).at("list").at("i");
  if (list.size() != 4 || integer(list.at(0)) != 1 || integer(list.at(3)) != 1)
    return fail(Errc::kSystem, "its {} are not those of pictures", key);
  return Pair{integer(list.at(1)), integer(list.at(2))};
}

// ---- parts of the Graph

Expected<int> picture_or_pieces(const TfjsNode& node, std::size_t input) {
  if (input >= node.tensors.size()) return fail(Errc::kSystem, "{} inputs", node.tensors.size());
  if (node.tensors[input] < 0)
    return fail(Errc::kSystem, "input {} is a weight, not a picture", input);
  return node.tensors[input];
}

Expected<int> picture(const TfjsNode& node, const TfjsBuilding& building, std::size_t input) {
  auto found = picture_or_pieces(node, input);
  if (found && building.pieces.contains(*found))
    return fail(Errc::kSystem,
                "between SpaceToBatchND and BatchToSpaceND only a convolution is supported");
  return found;
}

Expected<const TfjsWeight*> weight(const TfjsNode& node, const TfjsBuilding& building,
                                   std::size_t input) {
  if (input >= node.inputs.size()) return fail(Errc::kSystem, "{} inputs", node.inputs.size());
  const auto found = building.weights.find(node.inputs[input]);
  if (node.tensors[input] >= 0 || found == building.weights.end())
    return fail(Errc::kSystem, "input {} is not among the weights", input);
  return &found->second;
}

Expected<int> add_constant(TfjsBuilding& building, Shape shape, const TfjsWeight& weight) {
  auto values = decode(weight);
  if (!values) return std::unexpected(values.error());
  building.constant_bytes += values->size() * sizeof(float);
  if (building.constant_bytes > kMaxExpansion * building.weight_bytes)
    return fail(Errc::kSystem, "the same weights over and over");
  building.graph.tensors.push_back({.name = "weights", .shape = shape, .data = *std::move(values)});
  return static_cast<int>(building.graph.tensors.size()) - 1;
}

/// Adds the node and the tensor that it makes, whose shape follows.
Expected<int> add_node(const TfjsNode& from, TfjsBuilding& building, Node node) {
  Graph& graph = building.graph;
  auto shape = output_shape(graph, node);
  if (!shape) return std::unexpected(shape.error());
  graph.tensors.push_back({.name = "result", .shape = *shape});
  node.output = static_cast<int>(graph.tensors.size()) - 1;
  node.label = fmt::format("node {} ({})", graph.nodes.size(), from.op);
  graph.nodes.push_back(std::move(node));
  return graph.nodes.back().output;
}

// ---- operators

Expected<int> read_placeholder(const TfjsNode&, TfjsBuilding& building) {
  Graph& graph = building.graph;
  if (graph.input >= 0) return fail(Errc::kSystem, "only networks with one input run");
  graph.tensors.push_back({.name = "input", .shape = {1, building.height, building.width, 3}});
  graph.input = static_cast<int>(graph.tensors.size()) - 1;
  return graph.input;
}

Expected<int> read_constant(const TfjsNode&, TfjsBuilding&) {
  return -1;  // Whoever uses it asks for it in the shape that it needs.
}

Expected<int> read_identity(const TfjsNode& node, TfjsBuilding& building) {
  return picture(node, building, 0);
}

/// From height, width, inputs, outputs to outputs, height, width, inputs.
void put_outputs_first(Tensor& tensor) {
  const Shape& shape = tensor.shape;
  const auto outputs = static_cast<std::size_t>(shape.batch);
  const std::size_t each = tensor.data.size() / outputs;
  std::vector<float> turned(tensor.data.size());
  for (std::size_t i = 0; i < each; ++i)
    for (std::size_t o = 0; o < outputs; ++o) turned[o * each + i] = tensor.data[i * outputs + o];
  tensor.data = std::move(turned);
}

Expected<int> add_filters(const TfjsNode& node, TfjsBuilding& building, bool depthwise) {
  auto stored = weight(node, building, 1);
  if (!stored) return std::unexpected(stored.error());
  const std::vector<int>& sides = (*stored)->sides;
  if (sides.size() != 4) return fail(Errc::kSystem, "weights of {} dimensions", sides.size());
  if (depthwise && sides[3] != 1)
    return fail(Errc::kSystem, "{} filters for each channel: only one is supported", sides[3]);
  const Shape shape{depthwise ? 1 : sides[3], sides[0], sides[1], sides[2]};
  auto added = add_constant(building, shape, **stored);
  if (added && !depthwise) put_outputs_first(building.graph.tensors.back());
  return added;
}

Expected<int> add_bias(const TfjsNode& node, TfjsBuilding& building, std::size_t input) {
  auto stored = weight(node, building, input);
  if (!stored) return std::unexpected(stored.error());
  if ((*stored)->sides.size() != 1)
    return fail(Errc::kSystem, "a bias that is not a row of values");
  return add_constant(building, {1, 1, 1, (*stored)->sides[0]}, **stored);
}

/// Takes "BiasAdd" and an activation in the list of what is fused into a convolution.
Expected<void> read_fused(const TfjsNode& node, TfjsBuilding& building, Node& conv) {
  if (!node.attributes.contains("fused_ops")) return {};
  for (const Json& item : node.attributes.at("fused_ops").at("list").at("s")) {
    const std::string op = bytes(item);
    if (op == "BiasAdd" && conv.inputs.size() == 2) {
      auto bias = add_bias(node, building, 2);
      if (!bias) return std::unexpected(bias.error());
      conv.inputs.push_back(*bias);
    } else if (op == "Relu" || op == "Relu6") {
      conv.activation = op == "Relu" ? Activation::kRelu : Activation::kRelu6;
    } else if (op != "Linear") {
      return fail(Errc::kSystem, "what is fused into it is not supported");
    }
  }
  return {};
}

/// Strides, dilations and padding.
Expected<void> read_window(const TfjsNode& node, Node& window) {
  auto stride = pair_attribute(node, "strides"), dilation = pair_attribute(node, "dilations");
  if (!stride) return std::unexpected(stride.error());
  if (!dilation) return std::unexpected(dilation.error());
  const std::string padding = text_attribute(node, "padding");
  if (padding != "SAME" && padding != "VALID")
    return fail(Errc::kSystem, "only paddings SAME and VALID are supported");
  if (text_attribute(node, "data_format") == "NCHW")
    return fail(Errc::kSystem, "only the data format NHWC is supported");
  window.padding = padding == "SAME" ? Padding::kSame : Padding::kValid;
  window.stride = *stride;
  window.dilation = *dilation;
  return {};
}

/// A convolution of a picture's pieces, each with its neighbours `pieces` places apart, is a
/// dilated one of the whole picture.
Expected<void> join_pieces(const TfjsBuilding& building, Node& conv) {
  const auto pieces = building.pieces.find(conv.inputs[0]);
  if (pieces == building.pieces.end()) return {};
  if (conv.padding != Padding::kValid || conv.stride != Pair{} || conv.dilation != Pair{})
    return fail(Errc::kSystem,
                "of pieces only plain convolutions with padding VALID are supported");
  conv.dilation = pieces->second;
  return {};
}

template <Op kOp>
Expected<int> read_conv(const TfjsNode& node, TfjsBuilding& building) {
  auto in = picture_or_pieces(node, 0);
  if (!in) return std::unexpected(in.error());
  auto filters = add_filters(node, building, kOp == Op::kDepthwise);
  if (!filters) return std::unexpected(filters.error());
  Node conv{.op = kOp, .inputs = {*in, *filters}};
  if (auto done = read_window(node, conv); !done) return std::unexpected(done.error());
  if (auto done = join_pieces(building, conv); !done) return std::unexpected(done.error());
  if (auto done = read_fused(node, building, conv); !done) return std::unexpected(done.error());
  auto made = add_node(node, building, std::move(conv));
  if (made && building.pieces.contains(*in)) building.pieces[*made] = building.pieces[*in];
  return made;
}

/// Goes into the convolution before it, if nobody else reads that.
Expected<int> read_bias_add(const TfjsNode& node, TfjsBuilding& building) {
  auto in = picture_or_pieces(node, 0);
  if (!in) return in;
  std::vector<Node>& nodes = building.graph.nodes;
  const auto maker = std::ranges::find(nodes, *in, &Node::output);
  const bool fits = maker != nodes.end() && maker->inputs.size() == 2 &&
                    (maker->op == Op::kConv || maker->op == Op::kDepthwise) &&
                    maker->activation == Activation::kNone && building.readers[node.inputs[0]] == 1;
  if (!fits) return fail(Errc::kSystem, "only supported right after a convolution");
  auto bias = add_bias(node, building, 1);
  if (!bias) return bias;
  maker->inputs.push_back(*bias);
  auto still = output_shape(building.graph, *maker);
  if (!still) return std::unexpected(still.error());
  return in;
}

template <Activation kActivation>
Expected<int> read_activation(const TfjsNode& node, TfjsBuilding& building) {
  auto in = picture(node, building, 0);
  if (!in) return in;
  return add_node(node, building,
                  {.op = Op::kActivation, .inputs = {*in}, .activation = kActivation});
}

/// Two pictures; a weight on one side is a bias.
Expected<int> read_add(const TfjsNode& node, TfjsBuilding& building) {
  if (node.tensors.size() == 2 && node.tensors[1] < 0) return read_bias_add(node, building);
  auto a = picture(node, building, 0), b = picture(node, building, 1);
  if (!a) return a;
  if (!b) return b;
  return add_node(node, building, {.op = Op::kAdd, .inputs = {*a, *b}});
}

Expected<int> read_max_pool(const TfjsNode& node, TfjsBuilding& building) {
  auto in = picture(node, building, 0);
  if (!in) return in;
  auto kernel = pair_attribute(node, "ksize");
  if (!kernel) return std::unexpected(kernel.error());
  Node pool{.op = Op::kMaxPool, .inputs = {*in}};
  if (auto done = read_window(node, pool); !done) return std::unexpected(done.error());
  pool.kernel = *kernel;
  return add_node(node, building, std::move(pool));
}

/// `count` whole numbers, given as a weight.
Expected<std::vector<int>> integers(const TfjsNode& node, const TfjsBuilding& building,
                                    std::size_t input, std::size_t count) {
  auto stored = weight(node, building, input);
  if (!stored) return std::unexpected(stored.error());
  return integers(**stored, count);
}

Expected<int> read_pad(const TfjsNode& node, TfjsBuilding& building) {
  auto in = picture(node, building, 0);
  if (!in) return in;
  auto sides = integers(node, building, 1, 8);  // before and after, for each dimension
  if (!sides) return std::unexpected(sides.error());
  const std::vector<int>& all = *sides;
  if (all[0] || all[1] || all[6] || all[7])
    return fail(Errc::kSystem, "only rows and columns can be padded");
  Node pad{.op = Op::kPad, .inputs = {*in}};
  pad.before = {all[2], all[4]};
  pad.after = {all[3], all[5]};
  return add_node(node, building, std::move(pad));
}

/// Only pads the picture; what reads it knows of the pieces.
Expected<int> read_space_to_batch(const TfjsNode& node, TfjsBuilding& building) {
  auto in = picture(node, building, 0);
  if (!in) return in;
  if (building.readers[node.name] != 1)
    return fail(Errc::kSystem, "only supported for one convolution");
  auto block = integers(node, building, 1, 2), sides = integers(node, building, 2, 4);
  if (!block) return std::unexpected(block.error());
  if (!sides) return std::unexpected(sides.error());
  Node pad{.op = Op::kPad, .inputs = {*in}};
  pad.before = {sides->at(0), sides->at(2)};
  pad.after = {sides->at(1), sides->at(3)};
  auto made = add_node(node, building, std::move(pad));
  if (!made) return made;
  const Pair pieces = {block->at(0), block->at(1)};
  const Shape& padded = building.graph.tensors[static_cast<std::size_t>(*made)].shape;
  if (pieces.down < 1 || pieces.right < 1 || padded.height % pieces.down ||
      padded.width % pieces.right)
    return fail(Errc::kSystem, "{}x{} pieces of {}", pieces.down, pieces.right, describe(padded));
  building.pieces[*made] = pieces;
  return made;
}

/// The convolution that joined the pieces makes the whole picture already; what would be cut off
/// then need not be padded before.
Expected<int> read_batch_to_space(const TfjsNode& node, TfjsBuilding& building) {
  auto in = picture_or_pieces(node, 0);
  if (!in) return in;
  auto block = integers(node, building, 1, 2), crops = integers(node, building, 2, 4);
  if (!block) return std::unexpected(block.error());
  if (!crops) return std::unexpected(crops.error());
  std::vector<Node>& nodes = building.graph.nodes;
  const auto conv = std::ranges::find(nodes, *in, &Node::output);
  const auto pad =
      conv == nodes.end() ? conv : std::ranges::find(nodes, conv->inputs[0], &Node::output);
  const auto pieces = building.pieces.find(*in);
  // Each made for the next alone: the two nodes before this one.
  if (pad == nodes.end() || pieces == building.pieces.end() || pad->op != Op::kPad ||
      nodes.end() - pad != 2 || building.readers[node.inputs[0]] != 1 ||
      pieces->second != Pair{block->at(0), block->at(1)})
    return fail(Errc::kSystem, "only supported after SpaceToBatchND and a convolution");
  pad->before = {pad->before.down - crops->at(0), pad->before.right - crops->at(2)};
  pad->after = {pad->after.down - crops->at(1), pad->after.right - crops->at(3)};
  for (const Node* changed : {&*pad, &*conv}) {
    auto shape = output_shape(building.graph, *changed);
    if (!shape) return std::unexpected(shape.error());
    building.graph.tensors[static_cast<std::size_t>(changed->output)].shape = *shape;
  }
  building.pieces.erase(pieces);
  return in;
}

struct OperatorKind {
  std::string_view name;
  ReadNode read;
};

constexpr OperatorKind kOperators[] = {
    {"Add", read_add},
    {"AddV2", read_add},
    {"BatchToSpaceND", read_batch_to_space},
    {"BiasAdd", read_bias_add},
    {"Const", read_constant},
    {"Conv2D", read_conv<Op::kConv>},
    {"DepthwiseConv2dNative", read_conv<Op::kDepthwise>},
    {"FusedDepthwiseConv2dNative", read_conv<Op::kDepthwise>},
    {"Identity", read_identity},
    {"MaxPool", read_max_pool},
    {"Pad", read_pad},
    {"Placeholder", read_placeholder},
    {"Relu", read_activation<Activation::kRelu>},
    {"Relu6", read_activation<Activation::kRelu6>},
    {"Sigmoid", read_activation<Activation::kLogistic>},
    {"SpaceToBatchND", read_space_to_batch},
    {"_FusedConv2D", read_conv<Op::kConv>},
};

}  // namespace

Expected<int> read_tfjs_node(const TfjsNode& node, TfjsBuilding& building) {
  const auto found = std::ranges::find(kOperators, node.op, &OperatorKind::name);
  if (found == std::end(kOperators)) return fail(Errc::kSystem, "not supported");
  return found->read(node, building);
}

}  // namespace scrim
