// Exceptions of the JSON library pass through here to the one function that catches them (in
// tfjs_reader.cpp).
#include "network/tfjs_weights.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>

#include "network/half.h"

namespace scrim {
namespace {

using Json = nlohmann::json;
using Storage = TfjsWeight::Storage;

constexpr std::size_t kMaxSides = 6;

struct StorageKind {
  std::string_view name;
  Storage storage;
  std::size_t size;
};

constexpr StorageKind kStorages[] = {
    {"float32", Storage::kFloat32, 4}, {"float16", Storage::kFloat16, 2},
    {"uint8", Storage::kUint8, 1},     {"uint16", Storage::kUint16, 2},
    {"int32", Storage::kInt32, 4},     {"bool", Storage::kOther, 1},
};

Expected<StorageKind> storage_of(const Json& item) {
  std::string name = item.at("dtype");
  if (item.contains("quantization")) name = item.at("quantization").at("dtype");
  for (const StorageKind& kind : kStorages)
    if (kind.name == name) return kind;
  return fail(Errc::kSystem, "values of an unknown type");
}

/// How many values; never more than `limit`.
Expected<std::size_t> count_values(const std::vector<int>& sides, std::size_t limit) {
  std::size_t count = 1;
  for (int side : sides) {
    if (side < 1) return fail(Errc::kSystem, "a side of {}", side);
    if (count > limit / static_cast<std::size_t>(side))
      return fail(Errc::kSystem, "more values than the shards hold");
    count *= static_cast<std::size_t>(side);
  }
  return count;
}

/// Takes its bytes off the front of `bytes`.
Expected<TfjsWeight> read_weight(const Json& item, std::span<const std::byte>& bytes) {
  TfjsWeight weight;
  for (const Json& side : item.at("shape")) {
    const auto value = side.is_number_integer() ? side.get<std::int64_t>() : 0;
    weight.sides.push_back(value > 0 && value <= INT32_MAX ? static_cast<int>(value) : 0);
  }
  if (weight.sides.size() > kMaxSides)
    return fail(Errc::kSystem, "{} dimensions", weight.sides.size());
  const auto kind = storage_of(item);
  if (!kind) return std::unexpected(kind.error());
  weight.storage = kind->storage;
  if (kind->storage == Storage::kUint8 || kind->storage == Storage::kUint16) {
    if (!item.contains("quantization"))
      weight.storage = Storage::kOther;
    else {
      weight.scale = item.at("quantization").at("scale");
      weight.low = item.at("quantization").at("min");
    }
  }
  const auto count = count_values(weight.sides, bytes.size());
  if (!count) return std::unexpected(count.error());
  if (*count > bytes.size() / kind->size)
    return fail(Errc::kSystem, "the shards end before its values do");
  weight.bytes = bytes.first(*count * kind->size);
  bytes = bytes.subspan(weight.bytes.size());
  return weight;
}

template <class Stored, class Widen>
std::vector<float> widen_all(std::span<const std::byte> bytes, Widen widen) {
  std::vector<float> values(bytes.size() / sizeof(Stored));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stored stored{};
    std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
    values[i] = widen(stored);
  }
  return values;
}

/// A name in a file that nobody vouches for must not lead out of its folder.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
}

}  // namespace

Expected<std::vector<std::string>> shard_names(const Json& manifest) {
  std::vector<std::string> names;
  for (const Json& group : manifest)
    for (const Json& path : group.at("paths")) {
      names.push_back(path);
      if (!is_plain_name(names.back()))
        return fail(Errc::kSystem, "a shard's path is not a plain file name");
    }
  return names;
}

Expected<TfjsWeights> read_weights(const Json& manifest, std::span<const std::byte> bytes) {
  TfjsWeights weights;
  for (const Json& group : manifest)
    for (const Json& item : group.at("weights")) {
      const std::string name = item.at("name");
      auto weight = read_weight(item, bytes);
      if (!weight) return fail_in("a weight", weight.error());
      if (!weights.emplace(name, *std::move(weight)).second)
        return fail(Errc::kSystem, "two weights of one name");
    }
  if (!bytes.empty())
    return fail(Errc::kSystem, "the shards hold {} bytes more than the weights need", bytes.size());
  return weights;
}

Expected<std::vector<float>> decode(const TfjsWeight& weight) {
  const auto affine = [&](auto value) {
    return static_cast<float>(value) * weight.scale + weight.low;
  };
  switch (weight.storage) {
    case Storage::kFloat32:
      return widen_all<float>(weight.bytes, [](float value) { return value; });
    case Storage::kFloat16:
      return widen_all<std::uint16_t>(weight.bytes, widen_half);
    case Storage::kUint8:
      return widen_all<std::uint8_t>(weight.bytes, affine);
    case Storage::kUint16:
      return widen_all<std::uint16_t>(weight.bytes, affine);
    case Storage::kInt32:
    case Storage::kOther:
      break;
  }
  return fail(Errc::kSystem, "its values are no real numbers");
}

Expected<std::vector<int>> integers(const TfjsWeight& weight, std::size_t count) {
  std::vector<int> values(count);
  if (weight.storage != Storage::kInt32 || weight.bytes.size() != count * sizeof(int))
    return fail(Errc::kSystem, "needs {} values of int32", count);
  std::memcpy(values.data(), weight.bytes.data(), weight.bytes.size());
  return values;
}

}  // namespace scrim
