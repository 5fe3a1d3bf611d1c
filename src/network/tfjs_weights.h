// The weights of a TensorFlow.js graph model: what its JSON says of them, and their values.
//
// Values are float32, float16, or uint8 and uint16 that stand for min + scale * value. Nothing is
// believed: sizes are held against the bytes that are there, and a value is decoded only when it is
// asked for. Errors are kSystem. Reentrant. Tested by tfjs_reader_test.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"

namespace scrim {

struct TfjsWeight {
  enum class Storage { kFloat32, kFloat16, kUint8, kUint16, kInt32, kOther };
  std::vector<int> sides;  // none of a single value
  Storage storage = Storage::kFloat32;
  float scale = 1, low = 0;               // of kUint8 and kUint16
  std::span<const std::byte> bytes = {};  // exactly as many as it needs
};

using TfjsWeights = std::map<std::string, TfjsWeight, std::less<>>;

/// The files that `manifest` names, in the order that their bytes are to be joined in.
Expected<std::vector<std::string>> shard_names(const nlohmann::json& manifest);

/// `bytes`: all shards joined; they must outlive the result.
Expected<TfjsWeights> read_weights(const nlohmann::json& manifest,
                                   std::span<const std::byte> bytes);

Expected<std::vector<float>> decode(const TfjsWeight& weight);
/// The same of whole numbers: `count` of int32, as paddings and block sizes are.
Expected<std::vector<int>> integers(const TfjsWeight& weight, std::size_t count);

}  // namespace scrim
