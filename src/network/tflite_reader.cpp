// The walk: model -> operator codes, buffers and the one subgraph -> tensors -> operators. Field
// numbers are those of TensorFlow's schema.fbs; the enums name them. What the operators mean stands
// in tflite_operators. Tested by tflite_reader_test; fuzzed by tflite_fuzz.
#include "network/tflite_reader.h"

#include <algorithm>
#include <array>

#include "network/flatbuffer.h"
#include "network/half.h"
#include "network/tflite_operators.h"

namespace scrim {
namespace {

namespace model_field {
enum : std::size_t { kOperatorCodes = 1, kSubgraphs = 2, kBuffers = 4 };
}
namespace code_field {
enum : std::size_t { kOldCode = 0, kCustomName = 1, kCode = 3 };
}
namespace subgraph_field {
enum : std::size_t { kTensors = 0, kInputs = 1, kOutputs = 2, kOperators = 3 };
}
namespace tensor_field {
enum : std::size_t { kShape = 0, kType = 1, kBuffer = 2, kName = 3 };
}
namespace operator_field {
enum : std::size_t { kCode = 0, kInputs = 1, kOutputs = 2, kOptions = 4 };
}

constexpr std::string_view kTypeNames[] = {"float32", "float16", "int32", "uint8",     "int64",
                                           "string",  "bool",    "int16", "complex64", "int8"};

/// Far above any network that runs in real time on one core.
constexpr std::size_t kMaxItems = 16384;
constexpr std::size_t kMaxName = 128;
/// Tensors may share a buffer; a file whose tensors add up to much more than it holds is a bomb.
constexpr std::size_t kMaxExpansion = 8;

std::string_view type_name(int type) {
  const auto index = static_cast<std::size_t>(type);
  return index < std::size(kTypeNames) ? kTypeNames[index] : "of an unknown type";
}

bool is_quantised(int type) {
  const std::string_view name = type_name(type);
  return name == "uint8" || name == "int8" || name == "int16";
}

/// Names come from the file: no control characters, no novels.
std::string clean(std::string_view text) {
  std::string name(text.substr(0, kMaxName));
  std::ranges::replace_if(
      name, [](char c) { return c < ' ' || c > '~'; }, '?');
  return name;
}

std::vector<float> widen(std::span<const std::byte> halves) {
  std::vector<float> values(halves.size() / sizeof(std::uint16_t));
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint16_t half = 0;
    std::memcpy(&half, halves.data() + sizeof(half) * i, sizeof(half));
    values[i] = widen_half(half);
  }
  return values;
}

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : file_(bytes), size_(bytes.size()) {}
  Expected<Graph> read();

 private:
  Expected<void> read_header();
  Expected<void> read_codes();
  Expected<void> read_tensors();
  Expected<void> read_tensor(const FlatTable& item);
  Expected<void> read_constant(Tensor& tensor, const TfliteTensor& stored);
  Expected<void> read_ends();
  Expected<void> read_operators();
  Expected<void> read_operator(const FlatTable& item, std::size_t index);
  bool is_tensor(int index) const;

  FlatFile file_;
  std::size_t size_;
  FlatTable model_, subgraph_;
  std::vector<TfliteCode> codes_;
  std::vector<TfliteTensor> stored_;  // one for each tensor of the Graph
  std::size_t constant_bytes_ = 0;
  Graph graph_;
};

Expected<Graph> Reader::read() {
  using Stage = Expected<void> (Reader::*)();
  for (Stage stage : {&Reader::read_header, &Reader::read_codes, &Reader::read_tensors,
                      &Reader::read_ends, &Reader::read_operators}) {
    auto done = (this->*stage)();
    // Damage explains whatever else seems wrong.
    if (file_.damaged())
      return fail(Errc::kSystem, "the TFLite file is damaged: an offset leads out of it");
    if (!done) return std::unexpected(done.error());
  }
  return std::move(graph_);
}

Expected<void> Reader::read_header() {
  constexpr std::uint32_t kMark = 0x334c4654;  // "TFL3"
  if (size_ < 8 || file_.read<std::uint32_t>(4) != kMark)
    return fail(Errc::kSystem, "not a TFLite file: it lacks the mark TFL3");
  model_ = FlatTable::root(file_);
  const FlatVector subgraphs = model_.tables(model_field::kSubgraphs);
  if (subgraphs.count != 1)
    return fail(Errc::kSystem, "{} subgraphs: only networks of one are supported", subgraphs.count);
  subgraph_ = model_.item(subgraphs, 0);
  return {};
}

Expected<void> Reader::read_codes() {
  const FlatVector items = model_.tables(model_field::kOperatorCodes);
  if (items.count > kMaxItems) return fail(Errc::kSystem, "{} operator codes", items.count);
  for (std::size_t i = 0; i < items.count; ++i) {
    const FlatTable item = model_.item(items, i);
    // Codes above 127 came later and have a wider field; the larger of the two counts.
    const int old_code = item.get<std::int8_t>(code_field::kOldCode);
    const int code = std::max(old_code, item.get<std::int32_t>(code_field::kCode));
    codes_.push_back({code, clean(item.text(code_field::kCustomName))});
  }
  return {};
}

Expected<void> Reader::read_tensors() {
  const FlatVector items = subgraph_.tables(subgraph_field::kTensors);
  if (items.count > kMaxItems) return fail(Errc::kSystem, "{} tensors", items.count);
  for (std::size_t i = 0; i < items.count; ++i)
    if (auto done = read_tensor(subgraph_.item(items, i)); !done) return done;
  return {};
}

/// Shapes of fewer than four sides count from the right: a bias {16} is {1, 1, 1, 16}.
Expected<Shape> read_shape(const FlatTable& item) {
  const std::vector<int> sides = item.integers(tensor_field::kShape);
  if (sides.size() > 4) return fail(Errc::kSystem, "more than 4 dimensions");
  for (int side : sides)
    if (side < 1) return fail(Errc::kSystem, "a side of {}", side);
  std::array<int, 4> four = {1, 1, 1, 1};
  std::ranges::copy_backward(sides, four.end());
  return Shape{four[0], four[1], four[2], four[3]};
}

Expected<void> Reader::read_tensor(const FlatTable& item) {
  Tensor tensor{.name = clean(item.text(tensor_field::kName))};
  TfliteTensor stored{.type = item.get<std::int8_t>(tensor_field::kType),
                      .stands_for = static_cast<int>(stored_.size())};
  if (is_quantised(stored.type))
    return fail(Errc::kSystem,
                "tensor '{}' is {}: quantised networks are not supported; take the float one",
                tensor.name, type_name(stored.type));
  if (stored.type != kFloat32 && stored.type != kFloat16 && stored.type != kInt32)
    return fail(Errc::kSystem, "tensor '{}' is {}: not supported", tensor.name,
                type_name(stored.type));
  auto shape = read_shape(item);
  if (!shape) return fail_in(fmt::format("tensor '{}'", tensor.name), shape.error());
  tensor.shape = *shape;

  const FlatVector buffers = model_.tables(model_field::kBuffers);
  const auto buffer = item.get<std::uint32_t>(tensor_field::kBuffer);
  if (buffer >= buffers.count)
    return fail(Errc::kSystem, "tensor '{}': there is no buffer {}", tensor.name, buffer);
  stored.bytes = model_.item(buffers, buffer).bytes(0);
  if (auto done = read_constant(tensor, stored); !done) return done;
  stored_.push_back(stored);
  graph_.tensors.push_back(std::move(tensor));
  return {};
}

/// Takes memory only for what the file holds.
Expected<void> Reader::read_constant(Tensor& tensor, const TfliteTensor& stored) {
  const std::size_t size = stored.bytes.size();
  if (size == 0) return {};
  const long long value_size = stored.type == kFloat16 ? 2 : 4;
  if (count(tensor.shape) * value_size != static_cast<long long>(size))
    return fail(Errc::kSystem, "tensor '{}': {} bytes for {} values of {}", tensor.name, size,
                describe(tensor.shape), type_name(stored.type));
  constant_bytes_ += size;
  if (constant_bytes_ > kMaxExpansion * size_)
    return fail(Errc::kSystem, "the constants add up to more than {} times the file",
                kMaxExpansion);
  if (stored.type == kFloat16) tensor.data = widen(stored.bytes);
  if (stored.type == kFloat32) {
    tensor.data.resize(size / sizeof(float));
    std::memcpy(tensor.data.data(), stored.bytes.data(), size);
  }
  return {};
}

Expected<void> Reader::read_ends() {
  const std::vector<int> inputs = subgraph_.integers(subgraph_field::kInputs);
  const std::vector<int> outputs = subgraph_.integers(subgraph_field::kOutputs);
  if (inputs.size() != 1 || outputs.size() != 1)
    return fail(Errc::kSystem, "{} inputs and {} outputs: only networks with one each run",
                inputs.size(), outputs.size());
  graph_.input = inputs[0];
  graph_.output = outputs[0];
  for (int end : {graph_.input, graph_.output})
    if (!is_tensor(end) || stored_[static_cast<std::size_t>(end)].type != kFloat32)
      return fail(Errc::kSystem, "input and output must be float32 tensors");
  return {};
}

Expected<void> Reader::read_operators() {
  const FlatVector items = subgraph_.tables(subgraph_field::kOperators);
  if (items.count > kMaxItems) return fail(Errc::kSystem, "{} operators", items.count);
  for (std::size_t i = 0; i < items.count; ++i)
    if (auto done = read_operator(subgraph_.item(items, i), i); !done) return done;
  return {};
}

Expected<void> Reader::read_operator(const FlatTable& item, std::size_t index) {
  const auto code_index = item.get<std::uint32_t>(operator_field::kCode);
  if (code_index >= codes_.size())
    return fail(Errc::kSystem, "operator {}: there is no operator code {}", index, code_index);
  const TfliteCode& code = codes_[code_index];
  Node node{.label = fmt::format("operator {} ({})", index, operator_name(code))};

  const std::vector<int> outputs = item.integers(operator_field::kOutputs);
  if (outputs.size() != 1 || !is_tensor(outputs[0]))
    return fail(Errc::kSystem, "{}: needs one output among the tensors", node.label);
  node.output = outputs[0];
  TfliteOperator parts{item, item.table(operator_field::kOptions),
                       item.integers(operator_field::kInputs), graph_.tensors, stored_};
  auto keep = scrim::read_operator(code, parts, node);
  if (!keep) return fail_in(node.label, keep.error());
  if (*keep) graph_.nodes.push_back(std::move(node));
  return {};
}

bool Reader::is_tensor(int index) const {
  return index >= 0 && static_cast<std::size_t>(index) < graph_.tensors.size();
}

}  // namespace

Expected<Graph> read_tflite(std::span<const std::byte> file) {
  return Reader(file).read();
}

}  // namespace scrim
