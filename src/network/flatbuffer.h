// Reads a flatbuffer that nobody vouches for.
//
// Every access is checked against the file's end. The first bad one is remembered, and from then
// on everything reads as empty, so that a walk needs to look at damaged() only where it is about to
// draw conclusions. A walk of fixed depth cannot be led in circles, and no vector is longer than
// the file has room for. Format: https://flatbuffers.dev/internals/ (tables with optional fields
// found through a "vtable"; offsets count from where they stand). Tested by tflite_reader_test.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace scrim {

static_assert(std::endian::native == std::endian::little, "flatbuffers are little-endian");

class FlatFile {
 public:
  /// `bytes` must outlive the FlatFile and all that it hands out.
  explicit FlatFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool damaged() const { return damaged_; }

  template <class T>
  T read(std::size_t at) {
    T value{};
    if (!holds(at, sizeof(T))) return value;
    std::memcpy(&value, bytes_.data() + at, sizeof(T));
    return value;
  }

  /// Whether `size` bytes from `at` lie within the file; if not, it is damaged.
  bool holds(std::size_t at, std::size_t size) {
    if (damaged_ || at > bytes_.size() || size > bytes_.size() - at) damaged_ = true;
    return !damaged_;
  }

  std::span<const std::byte> bytes(std::size_t at, std::size_t size) {
    return holds(at, size) ? bytes_.subspan(at, size) : std::span<const std::byte>();
  }

 private:
  std::span<const std::byte> bytes_;
  bool damaged_ = false;
};

/// A vector inside the file: `count` elements, the first at `at`, all within the file.
struct FlatVector {
  std::size_t at = 0;
  std::size_t count = 0;
};

/// One table. Fields are numbered as in the schema; a field that is absent reads as its default.
class FlatTable {
 public:
  FlatTable() = default;
  FlatTable(FlatFile& file, std::size_t at) : file_(&file), at_(at) {
    const auto back = file.read<std::int32_t>(at);
    // Unsigned arithmetic wraps; holds() then refuses what lies outside.
    vtable_ = at - static_cast<std::size_t>(static_cast<std::ptrdiff_t>(back));
    vtable_size_ = file.read<std::uint16_t>(vtable_);
    if (file.damaged()) file_ = nullptr;
  }
  static FlatTable root(FlatFile& file) { return {file, file.read<std::uint32_t>(0)}; }

  /// Absent tables behave as tables without fields.
  explicit operator bool() const { return file_ != nullptr; }

  template <class T>
  T get(std::size_t field, T fallback = {}) const {
    const std::size_t at = find(field);
    return at ? file_->read<T>(at) : fallback;
  }

  FlatTable table(std::size_t field) const {
    const std::size_t at = follow(field);
    return at ? FlatTable(*file_, at) : FlatTable();
  }

  FlatVector vector(std::size_t field, std::size_t element_size) const {
    const std::size_t at = follow(field);
    if (!at) return {};
    const std::size_t count = file_->read<std::uint32_t>(at);
    const bool fits = file_->holds(at + sizeof(std::uint32_t), count * element_size);
    return fits ? FlatVector{at + sizeof(std::uint32_t), count} : FlatVector();
  }

  std::span<const std::byte> bytes(std::size_t field) const {
    const FlatVector found = vector(field, 1);
    return found.count ? file_->bytes(found.at, found.count) : std::span<const std::byte>();
  }

  std::string_view text(std::size_t field) const {
    const auto found = bytes(field);
    return {reinterpret_cast<const char*>(found.data()), found.size()};
  }

  /// A list of int32, of which at most kMaxList are read.
  std::vector<int> integers(std::size_t field) const {
    constexpr std::size_t kMaxList = 64;
    const FlatVector found = vector(field, sizeof(std::int32_t));
    std::vector<int> values(std::min(found.count, kMaxList));
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = file_->read<std::int32_t>(found.at + i * sizeof(std::int32_t));
    return values;
  }

  FlatVector tables(std::size_t field) const { return vector(field, sizeof(std::uint32_t)); }

  /// The i-th table of a vector of tables.
  FlatTable item(FlatVector tables, std::size_t i) const {
    const std::size_t at = tables.at + i * sizeof(std::uint32_t);
    return {*file_, at + file_->read<std::uint32_t>(at)};
  }

 private:
  /// Where the field's value lies; 0: absent.
  std::size_t find(std::size_t field) const {
    const std::size_t slot = (2 + field) * sizeof(std::uint16_t);
    if (!file_ || slot + sizeof(std::uint16_t) > vtable_size_) return 0;
    const std::size_t offset = file_->read<std::uint16_t>(vtable_ + slot);
    return offset ? at_ + offset : 0;
  }

  /// Where the field's offset leads; 0: absent.
  std::size_t follow(std::size_t field) const {
    const std::size_t at = find(field);
    return at ? at + file_->read<std::uint32_t>(at) : 0;
  }

  FlatFile* file_ = nullptr;
  std::size_t at_ = 0;
  std::size_t vtable_ = 0;
  std::size_t vtable_size_ = 0;
};

}  // namespace scrim
