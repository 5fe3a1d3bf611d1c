// For sound files only; what is missing throws. Values: float32, or uint8 with scale and min.
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "network/naive.h"

namespace scrim::naive {
namespace {

using Json = nlohmann::json;

struct Stored {
  std::vector<int> shape;
  std::vector<double> values;
};

std::map<std::string, Stored> read_all(const Json& manifest, std::span<const std::byte> bytes) {
  std::map<std::string, Stored> all;
  std::size_t at = 0;
  for (const Json& group : manifest)
    for (const Json& item : group.at("weights")) {
      Stored stored{item.at("shape"), {}};
      std::size_t count = 1;
      for (int side : stored.shape) count *= static_cast<std::size_t>(side);
      const bool bytewise = item.contains("quantization");
      for (std::size_t i = 0; i < count; ++i, at += bytewise ? 1 : 4) {
        float value = 0;
        if (bytewise) {
          value = static_cast<float>(std::to_integer<int>(bytes[at]));
          const double scale = item["quantization"]["scale"], low = item["quantization"]["min"];
          stored.values.push_back(value * scale + low);
        } else {
          std::memcpy(&value, &bytes[at], sizeof(value));
          stored.values.push_back(value);
        }
      }
      all[item.at("name")] = stored;
    }
  return all;
}

/// From height, width, inputs, outputs.
Weights filters(const Stored& stored, bool depthwise) {
  const auto& s = stored.shape;
  if (depthwise) return {1, s.at(0), s.at(1), s.at(2), stored.values};
  Weights turned{s.at(3), s.at(0), s.at(1), s.at(2), std::vector<double>(stored.values.size())};
  const std::size_t outputs = static_cast<std::size_t>(s[3]), each = turned.values.size() / outputs;
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t i = 0; i < each; ++i)
      turned.values[o * each + i] = stored.values[i * outputs + o];
  return turned;
}

class Interpreter {
 public:
  Interpreter(const Json& model, std::span<const std::byte> bytes, const Picture& input)
      : weights_(read_all(model.at("weightsManifest"), bytes)), input_(input) {
    for (const Json& node : model.at("modelTopology").at("node")) nodes_[node.at("name")] = node;
  }

  Picture make(const std::string& name) {
    const Json& node = nodes_.at(name);
    const std::string op = node.at("op");
    if (op == "Placeholder") return input_;
    const Picture in = make(node.at("input").at(0));
    if (op == "Relu6") return activate(in, "relu6");
    const Stored& stored = weights_.at(node.at("input").at(1));
    if (op == "BiasAdd") {
      Picture out = in;
      for (std::size_t i = 0; i < out.values.size(); ++i)
        out.values[i] += stored.values[i % stored.values.size()];
      return out;
    }
    if (op == "Conv2D") return conv(in, filters(stored, false), {}, steps(node.at("attr")));
    if (op == "DepthwiseConv2dNative")
      return depthwise(in, filters(stored, true), {}, steps(node.at("attr")));
    throw std::runtime_error(op);
  }

 private:
  static Steps steps(const Json& attributes) {
    const auto number = [&](const char* key, std::size_t i) {
      const std::string text = attributes.at(key).at("list").at("i").at(i);
      return std::stoi(text);
    };
    return {number("strides", 1), number("strides", 2), number("dilations", 1),
            number("dilations", 2), attributes.at("padding").at("s") == "U0FNRQ=="};
  }

  std::map<std::string, Stored> weights_;
  std::map<std::string, Json> nodes_;
  const Picture& input_;
};

}  // namespace

Picture run_tfjs(const std::string& json, std::span<const std::byte> weights,
                 const std::string& output, const Picture& input) {
  return Interpreter(Json::parse(json), weights, input).make(output);
}

}  // namespace scrim::naive
