// Trusts the file's offsets as far as vector::at() lets it: for sound files only.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>

#include "network/naive.h"

namespace scrim::naive {
namespace {

using Bytes = std::vector<std::uint8_t>;

template <class T>
T peek(const Bytes& bytes, std::size_t at) {
  T value;
  (void)bytes.at(at + sizeof(T) - 1);
  std::memcpy(&value, &bytes.at(at), sizeof(T));
  return value;
}

/// A table's fields by number, where they lie; absent ones are missing.
struct Table {
  const Bytes* bytes = nullptr;
  std::map<int, std::size_t> fields = {};

  Table() = default;
  Table(const Bytes& file, std::size_t at) : bytes(&file) {
    const std::size_t vtable = at - static_cast<std::size_t>(peek<std::int32_t>(file, at));
    const int entries = peek<std::uint16_t>(file, vtable) / 2 - 2;
    for (int i = 0; i < entries; ++i) {
      const auto offset = peek<std::uint16_t>(file, vtable + 4 + 2 * static_cast<std::size_t>(i));
      if (offset) fields[i] = at + offset;
    }
  }

  template <class T>
  T value(int field, T fallback) const {
    return fields.contains(field) ? peek<T>(*bytes, fields.at(field)) : fallback;
  }
  std::size_t target(int field) const {
    return fields.at(field) + peek<std::uint32_t>(*bytes, fields.at(field));
  }
  Table table(int field) const {
    return fields.contains(field) ? Table(*bytes, target(field)) : Table();
  }
  std::size_t length(int field) const {
    return fields.contains(field) ? peek<std::uint32_t>(*bytes, target(field)) : 0;
  }
  template <class T>
  std::vector<T> list(int field) const {
    std::vector<T> all;
    for (std::size_t i = 0; i < length(field); ++i)
      all.push_back(peek<T>(*bytes, target(field) + 4 + i * sizeof(T)));
    return all;
  }
  std::vector<Table> tables(int field) const {
    std::vector<Table> all;
    for (std::size_t i = 0; i < length(field); ++i) {
      const std::size_t at = target(field) + 4 + 4 * i;
      all.emplace_back(*bytes, at + peek<std::uint32_t>(*bytes, at));
    }
    return all;
  }
};

double half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const double size =
      exponent ? std::ldexp(1024 + fraction, exponent - 25) : std::ldexp(fraction, -24);
  return bits & 0x8000 ? -size : size;
}

struct Tensor {
  std::vector<int> shape;
  std::vector<double> values;  // of constants, and of pictures once made
};

class Interpreter {
 public:
  explicit Interpreter(std::span<const std::byte> file) : bytes_(file.size()) {
    std::memcpy(bytes_.data(), file.data(), file.size());
    model_ = Table(bytes_, peek<std::uint32_t>(bytes_, 0));
    graph_ = model_.tables(2).at(0);
    const auto buffers = model_.tables(4);
    for (const Table& item : graph_.tables(0)) {
      const Table& buffer = buffers.at(item.value<std::uint32_t>(2, 0));
      tensors_.push_back({item.list<int>(0), constants(buffer, item.value<std::int8_t>(1, 0))});
    }
  }

  Picture run(const Picture& input) {
    tensor(graph_.list<int>(1).at(0)).values = input.values;
    for (const Table& item : graph_.tables(3)) run_operator(item);
    return picture(graph_.list<int>(2).at(0));
  }

 private:
  static std::vector<double> constants(const Table& buffer, int type) {
    const Bytes stored = buffer.list<std::uint8_t>(0);
    std::vector<double> values;
    const std::size_t size = type == 1 ? 2 : 4;
    for (std::size_t at = 0; at < stored.size(); at += size) {
      if (type == 0) values.push_back(peek<float>(stored, at));
      if (type == 1) values.push_back(half(peek<std::uint16_t>(stored, at)));
      if (type == 2) values.push_back(peek<std::int32_t>(stored, at));
    }
    return values;
  }

  Tensor& tensor(int index) { return tensors_.at(static_cast<std::size_t>(index)); }

  Picture picture(int index) {
    const Tensor& from = tensor(index);
    Picture made(from.shape.at(1), from.shape.at(2), from.shape.at(3));
    if (made.values.size() != from.values.size()) throw std::runtime_error("not made yet");
    made.values = from.values;
    return made;
  }

  Weights weights(int index) {
    const Tensor& from = tensor(index);
    return {from.shape.at(0), from.shape.at(1), from.shape.at(2), from.shape.at(3), from.values};
  }

  /// Fields of the options: padding 0, stride 1 and 2, dilation where told.
  static Steps steps(const Table& options, int dilation) {
    return {options.value<std::int32_t>(2, 1), options.value<std::int32_t>(1, 1),
            options.value<std::int32_t>(dilation + 1, 1), options.value<std::int32_t>(dilation, 1),
            options.value<std::int8_t>(0, 0) == 0};
  }

  static Picture activate_fused(Picture picture, const Table& options, int field) {
    const std::map<int, std::string> names = {{0, "none"}, {1, "relu"}, {3, "relu6"}};
    return activate(std::move(picture), names.at(options.value<std::int8_t>(field, 0)));
  }

  Picture make(int code, const std::vector<int>& in, const Table& options, int out) {
    const std::map<int, std::string> activations = {
        {14, "logistic"}, {19, "relu"}, {21, "relu6"}, {117, "hard_swish"}};
    if (activations.contains(code)) return activate(picture(in.at(0)), activations.at(code));
    switch (code) {
      case 0:
        return add(picture(in.at(0)), picture(in.at(1)));
      case 2:
        return concat(picture(in.at(0)), picture(in.at(1)));
      case 18:
        return multiply(picture(in.at(0)), picture(in.at(1)));
      case 1:
      case 40:
        return mean(picture(in.at(0)));
      case 3:
        return activate_fused(
            conv(picture(in.at(0)), weights(in.at(1)), tensor(in.at(2)).values, steps(options, 4)),
            options, 3);
      case 4:
        return activate_fused(depthwise(picture(in.at(0)), weights(in.at(1)),
                                        tensor(in.at(2)).values, steps(options, 5)),
                              options, 4);
      case 23:
        return resize(picture(in.at(0)), tensor(out).shape.at(1), tensor(out).shape.at(2),
                      options.value<std::int8_t>(2, 0)   ? Corners::kAligned
                      : options.value<std::int8_t>(3, 0) ? Corners::kHalfPixel
                                                         : Corners::kTopLeft);
      case 32:
        return transpose_conv(picture(in.at(0)), weights(in.at(1)), tensor(in.at(2)).values);
      default:
        throw std::runtime_error("operator code " + std::to_string(code));
    }
  }

  void run_operator(const Table& item) {
    const Table code = model_.tables(1).at(item.value<std::uint32_t>(0, 0));
    const int number = std::max<int>(code.value<std::int8_t>(0, 0), code.value<std::int32_t>(3, 0));
    const std::vector<int> in = item.list<int>(1);
    const int out = item.list<int>(2).at(0);
    constexpr int kDequantize = 6;
    tensor(out).values = number == kDequantize ? tensor(in.at(0)).values
                                               : make(number, in, item.table(4), out).values;
  }

  Bytes bytes_;
  Table model_, graph_;
  std::vector<Tensor> tensors_;
};

}  // namespace

Picture run_tflite(std::span<const std::byte> file, const Picture& input) {
  return Interpreter(file).run(input);
}

}  // namespace scrim::naive
