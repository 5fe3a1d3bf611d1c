// Writes a small TFLite file, sound or spoilt as asked: one 1x1 convolution of a 2x2 picture of two
// channels. Offsets in a flatbuffer point forward, so it is written front to back and patched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace scrim {

struct SmallTflite {
  int operator_code = 3;  // CONV_2D
  int weights_type = 0;   // float32
  int activation = 1;     // relu
  int side = 2;           // the input's height
  int buffer = 1;         // the weights'
  int conv_input = 0;     // tensors: 0 in, 1 weights, 2 out
};

class FlatWriter {
 public:
  std::vector<std::byte> bytes;

  template <class T>
  std::size_t put(T value) {
    const std::size_t at = bytes.size();
    bytes.resize(at + sizeof(T));
    std::memcpy(&bytes[at], &value, sizeof(T));
    return at;
  }
  /// An offset that point_here() fills in later.
  std::size_t reserve() { return put<std::uint32_t>(0); }
  void point_here(std::size_t from) { point(from, bytes.size()); }
  void point(std::size_t from, std::size_t to) {
    const auto offset = static_cast<std::uint32_t>(to - from);
    std::memcpy(&bytes[from], &offset, sizeof(offset));
  }
  /// A table of `fields` fields of four bytes each, all zero; returns where the first lies.
  std::size_t table(int fields) {
    const std::size_t vtable = bytes.size();
    put<std::uint16_t>(static_cast<std::uint16_t>(4 + 2 * fields));
    put<std::uint16_t>(static_cast<std::uint16_t>(4 + 4 * fields));
    for (int i = 0; i < fields; ++i) put<std::uint16_t>(static_cast<std::uint16_t>(4 + 4 * i));
    const std::size_t at = bytes.size();
    put<std::int32_t>(static_cast<std::int32_t>(at - vtable));
    for (int i = 0; i < fields; ++i) reserve();
    return at + 4;
  }
  /// The table for an offset that waits at `from`.
  std::size_t table_for(std::size_t from, int fields) {
    const std::size_t first = table(fields);
    point(from, first - 4);
    return first;
  }
  /// Drops fields from a table's end, or makes one absent, by its number.
  void set(std::size_t first, int field, std::int32_t value) {
    std::memcpy(&bytes[first + 4 * static_cast<std::size_t>(field)], &value, sizeof(value));
  }
  void absent(std::size_t first, int fields, int field) {
    const std::uint16_t none = 0;
    const std::size_t vtable = first - 4 - 4 - 2 * static_cast<std::size_t>(fields);
    std::memcpy(&bytes[vtable + 4 + 2 * static_cast<std::size_t>(field)], &none, sizeof(none));
  }
  template <class T>
  void list_for(std::size_t from, const std::vector<T>& values) {
    point_here(from);
    put<std::uint32_t>(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) put(value);
  }
  /// A vector of `count` offsets to tables; returns where the first waits.
  std::size_t tables_for(std::size_t from, int count) {
    point_here(from);
    put<std::uint32_t>(static_cast<std::uint32_t>(count));
    const std::size_t first = bytes.size();
    for (int i = 0; i < count; ++i) reserve();
    return first;
  }
};

inline void write_tensor(FlatWriter& w, std::size_t from, const std::string& name,
                         const std::vector<int>& shape, int type, int buffer) {
  const std::size_t tensor = w.table_for(from, 4);  // shape, type, buffer, name
  w.set(tensor, 1, type);
  w.set(tensor, 2, buffer);
  w.list_for(tensor, shape);
  w.list_for(tensor + 12, std::vector<char>(name.begin(), name.end()));
}

inline void write_graph(FlatWriter& w, std::size_t from, const SmallTflite& parts) {
  const std::size_t graph = w.table_for(from, 4);  // tensors, inputs, outputs, operators
  const std::size_t tensors = w.tables_for(graph, 3);
  write_tensor(w, tensors, "in", {1, parts.side, 2, 2}, 0, 0);
  write_tensor(w, tensors + 4, "weights", {2, 1, 1, 2}, parts.weights_type, parts.buffer);
  write_tensor(w, tensors + 8, "out", {1, 2, 2, 2}, 0, 0);
  w.list_for(graph + 4, std::vector<int>{0});
  w.list_for(graph + 8, std::vector<int>{2});
  const std::size_t operators = w.tables_for(graph + 12, 1);
  const std::size_t conv = w.table_for(operators, 5);  // code, inputs, outputs, type, options
  w.set(conv, 3, 1);
  w.list_for(conv + 4, std::vector<int>{parts.conv_input, 1});
  w.list_for(conv + 8, std::vector<int>{2});
  const std::size_t options = w.table_for(conv + 16, 4);  // padding, strides, activation
  w.set(options, 1, 1);
  w.set(options, 2, 1);
  w.set(options, 3, parts.activation);
}

inline std::vector<std::byte> small_tflite(const SmallTflite& parts) {
  FlatWriter w;
  const std::size_t root = w.reserve();
  for (char c : {'T', 'F', 'L', '3'}) w.put(c);
  const std::size_t model = w.table_for(root, 5);  // version, codes, subgraphs, text, buffers
  w.absent(model, 5, 3);
  w.set(model, 0, 3);
  const std::size_t codes = w.tables_for(model + 4, 1);
  const std::size_t code = w.table_for(codes, 1);
  w.set(code, 0, parts.operator_code);
  write_graph(w, w.tables_for(model + 8, 1), parts);
  const std::size_t buffers = w.tables_for(model + 16, 2);
  w.table_for(buffers, 0);
  const std::size_t weights = w.table_for(buffers + 4, 1);
  w.point_here(weights);
  w.put<std::uint32_t>(16);
  for (float value : {1.0f, 2.0f, 3.0f, 4.0f}) w.put(value);
  return w.bytes;
}

}  // namespace scrim
