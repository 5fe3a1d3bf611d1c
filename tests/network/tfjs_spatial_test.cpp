// Operators that move places about, in small models made here, against their naive twins.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "network/naive.h"
#include "network/network.h"
#include "network/pictures.h"
#include "network/tfjs_reader.h"

namespace scrim {
namespace {

using Json = nlohmann::json;

constexpr int kHeight = 9, kWidth = 11, kChannels = 3;

/// Nodes and weights, added one by one; "in" is there.
class Model {
 public:
  Model() { nodes_.push_back({{"name", "in"}, {"op", "Placeholder"}}); }

  void node(const std::string& name, const std::string& op, std::vector<std::string> inputs,
            Json attributes = Json::object()) {
    nodes_.push_back({{"name", name}, {"op", op}, {"input", inputs}, {"attr", attributes}});
  }
  void integers(const std::string& name, std::vector<int> shape, const std::vector<int>& values) {
    weight(name, shape, "int32", std::as_bytes(std::span(values)));
  }
  std::vector<float> floats(const std::string& name, std::vector<int> shape) {
    std::size_t count = 1;
    for (int side : shape) count *= static_cast<std::size_t>(side);
    const std::vector<float> values = random_values(count, 5);
    weight(name, shape, "float32", std::as_bytes(std::span(values)));
    return values;
  }
  Expected<Graph> read(const std::string& output) const {
    const Json json = {{"modelTopology", {{"node", nodes_}}},
                       {"weightsManifest", {{{"paths", {"a.bin"}}, {"weights", weights_}}}}};
    return read_tfjs(json.dump(), bytes_, {kHeight, kWidth, output});
  }

 private:
  void weight(const std::string& name, std::vector<int> shape, const std::string& type,
              std::span<const std::byte> bytes) {
    nodes_.push_back({{"name", name}, {"op", "Const"}});
    weights_.push_back({{"name", name}, {"shape", shape}, {"dtype", type}});
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }

  Json nodes_ = Json::array(), weights_ = Json::array();
  std::vector<std::byte> bytes_;
};

Json four(int down, int right) {
  return {{"list", {{"i", {1, down, right, 1}}}}};
}

Json window(const std::string& padding, int stride = 1) {
  return {{"padding", {{"s", padding}}}, {"strides", four(stride, stride)}};
}
const std::string kSame = "U0FNRQ==", kValid = "VkFMSUQ=";

naive::Picture some_picture() {
  naive::Picture picture(kHeight, kWidth, kChannels);
  std::ranges::copy(random_values(picture.values.size(), 9), picture.values.begin());
  return picture;
}

void expect_makes(const Expected<Graph>& graph, const naive::Picture& truth) {
  ASSERT_TRUE(graph) << graph.error().what;
  auto network = Network::create(*graph);
  ASSERT_TRUE(network) << network.error().what;
  std::ranges::copy(some_picture().values, network->input().begin());
  const auto made = network->run();
  ASSERT_EQ(network->output_shape(), (Shape{1, truth.height, truth.width, truth.channels}));
  for (std::size_t i = 0; i < made.size(); ++i) ASSERT_NEAR(made[i], truth.values[i], 1e-4) << i;
}

TEST(TfjsSpatial, PadsAndPools) {
  Model model;
  model.integers("sides", {4, 2}, {0, 0, 1, 2, 3, 0, 0, 0});
  model.node("padded", "Pad", {"in", "sides"});
  Json attributes = window(kSame, 2);
  attributes["ksize"] = four(3, 2);
  model.node("out", "MaxPool", {"padded"}, attributes);
  const auto padded = naive::pad(some_picture(), 1, 3, 2, 0);
  expect_makes(model.read("padded"), padded);
  expect_makes(model.read("out"), naive::max_pool(padded, 3, 2, {.stride_y = 2, .stride_x = 2}));
}

/// Padded so that pieces come out even, convolved piece by piece, the rest cut off again.
struct Pieces {
  int block, top, left, bottom, right;
  int crop_top, crop_left, crop_bottom, crop_right;
};

class InPieces : public testing::TestWithParam<Pieces> {
 protected:
  Model model_;
  std::vector<float> filter_;

  void SetUp() override {
    const Pieces& p = GetParam();
    model_.integers("block", {2}, {p.block, p.block});
    model_.integers("sides", {2, 2}, {p.top, p.bottom, p.left, p.right});
    model_.integers("crops", {2, 2}, {p.crop_top, p.crop_bottom, p.crop_left, p.crop_right});
    filter_ = model_.floats("filter", {3, 3, kChannels, 1});
    model_.node("pieces", "SpaceToBatchND", {"in", "block", "sides"});
    model_.node("conv", "DepthwiseConv2dNative", {"pieces", "filter"}, window(kValid));
    model_.node("out", "BatchToSpaceND", {"conv", "block", "crops"});
    model_.node("after", "Relu", {"out"});
  }
};

TEST_P(InPieces, ConvolvesAsItsTwin) {
  const Pieces& p = GetParam();
  auto pieces =
      naive::space_to_batch(naive::pad(some_picture(), p.top, p.left, p.bottom, p.right), p.block);
  const naive::Weights weights{1, 3, 3, kChannels, {filter_.begin(), filter_.end()}};
  for (naive::Picture& piece : pieces)
    piece = naive::depthwise(piece, weights, {}, {.same = false});
  const auto joined = naive::batch_to_space(pieces, p.block);
  const auto truth =
      naive::crop(joined, p.crop_top, p.crop_left, joined.height - p.crop_top - p.crop_bottom,
                  joined.width - p.crop_left - p.crop_right);
  expect_makes(model_.read("after"), naive::activate(truth, "relu"));
}

INSTANTIATE_TEST_SUITE_P(All, InPieces,
                         testing::Values(Pieces{2, 2, 2, 3, 3, 0, 0, 1, 1},  // as SAME
                                         Pieces{2, 0, 0, 1, 1, 0, 0, 0, 0},
                                         Pieces{3, 3, 4, 3, 3, 1, 0, 2, 1},
                                         Pieces{1, 1, 1, 1, 1, 0, 0, 0, 0}));

TEST(TfjsSpatial, NamesWhatItRefuses) {
  const auto refusal = [](int block, int sides, int crops, const std::string& output,
                          const Json& attributes = window(kValid)) {
    Model model;
    model.integers("block", {2}, {block, block});
    model.integers("sides", {2, 2}, {2, 2 + sides, 2, 2});
    model.integers("crops", {2, 2}, {0, crops, 0, 0});
    static_cast<void>(model.floats("filter", {3, 3, kChannels, 1}));
    model.node("pieces", "SpaceToBatchND", {"in", "block", "sides"});
    model.node("conv", "DepthwiseConv2dNative", {"pieces", "filter"}, attributes);
    model.node("relu", "Relu", {"conv"});
    model.node("out", "BatchToSpaceND", {"conv", "block", "crops"});
    model.node("early", "BatchToSpaceND", {"pieces", "block", "crops"});
    model.node("both", "Add", {"out", "early"});
    model.node("padded", "Pad", {"in", "crops"});
    const auto graph = model.read(output);
    EXPECT_FALSE(graph) << output;
    return graph ? "" : graph.error().what;
  };
  const auto expect = [](const std::string& words, const std::string& part) {
    EXPECT_TRUE(words.contains(part)) << words;
  };
  expect(refusal(4, 0, 0, "out"), "4x4 pieces of 1x13x15x3");
  expect(refusal(0, 0, 0, "out"), "0x0 pieces");
  expect(refusal(-1, 0, 0, "out"), "-1x-1 pieces");
  expect(refusal(1, -9, 0, "out"), "a padding of -7");
  expect(refusal(1, 0, 9, "out"), "a padding of -7");
  expect(refusal(1, 0, 0, "relu"), "only a convolution");
  expect(refusal(1, 0, 0, "conv"), "lacks a BatchToSpaceND");
  expect(refusal(1, 0, 0, "early"), "only supported after SpaceToBatchND");
  expect(refusal(1, 0, 0, "both"), "only supported for one convolution");
  expect(refusal(1, 0, 0, "out", window(kSame)), "padding VALID");
  expect(refusal(1, 0, 0, "out", window(kValid, 2)), "padding VALID");
  expect(refusal(1, 0, 0, "padded"), "needs 8 values of int32");
}

}  // namespace
}  // namespace scrim
