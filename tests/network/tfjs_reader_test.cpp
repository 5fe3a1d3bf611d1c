// Models made here, whole and spoilt in many ways, and those of BodyPix where they are.
#include "network/tfjs_reader.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

#include "network/check.h"
#include "network/naive.h"
#include "network/network.h"
#include "network/pictures.h"
#include "support/media.h"

namespace scrim {
namespace {

using Json = nlohmann::json;

std::string in_base64(const std::string& text) {
  const std::map<std::string, std::string> known = {{"SAME", "U0FNRQ=="},
                                                    {"VALID", "VkFMSUQ="},
                                                    {"NCHW", "TkNIVw=="},
                                                    {"BiasAdd", "Qmlhc0FkZA=="},
                                                    {"Relu6", "UmVsdTY="}};
  return known.at(text);
}

Json list_of(std::vector<std::string> numbers) {
  return {{"list", {{"i", numbers}}}};
}

/// in -> conv (1x1, 3 to 2) -> bias -> relu: as small as a model can be.
struct SmallModel {
  Json json;
  std::vector<float> weights = {1, -1, 2, 0, 3, 0.5f, 10, 20};  // in x out, then the bias

  SmallModel() {
    const Json window = {{"strides", list_of({"1", "1", "1", "1"})},
                         {"padding", {{"s", in_base64("SAME")}}}};
    json["modelTopology"]["node"] = {
        {{"name", "in"}, {"op", "Placeholder"}},
        {{"name", "w"}, {"op", "Const"}},
        {{"name", "b"}, {"op", "Const"}},
        {{"name", "conv"}, {"op", "Conv2D"}, {"input", {"in", "w"}}, {"attr", window}},
        {{"name", "sum"}, {"op", "BiasAdd"}, {"input", {"conv", "b"}}},
        {{"name", "out"}, {"op", "Relu"}, {"input", {"sum:0"}}},
        {{"name", "unasked"}, {"op", "Softmax"}, {"input", {"sum"}}}};
    json["weightsManifest"] = {{{"paths", {"a.bin"}},
                                {"weights",
                                 {{{"name", "w"}, {"shape", {1, 1, 3, 2}}, {"dtype", "float32"}},
                                  {{"name", "b"}, {"shape", {2}}, {"dtype", "float32"}}}}}};
  }
  Json& node(std::size_t index) { return json["modelTopology"]["node"][index]; }
  Json& weight(std::size_t index) { return json["weightsManifest"][0]["weights"][index]; }
  std::span<const std::byte> bytes() const { return std::as_bytes(std::span(weights)); }
  Expected<Graph> read(const TfjsWish& wish = {1, 2, "out"}) const {
    return read_tfjs(json.dump(), bytes(), wish);
  }
};

std::vector<float> answer(const Graph& graph, const std::vector<float>& input) {
  auto network = Network::create(graph);
  EXPECT_TRUE(network) << network.error().what;
  std::ranges::copy(input, network->input().begin());
  const auto made = network->run();
  return {made.begin(), made.end()};
}

TEST(TfjsReader, ReadsWhatTheOutputNeeds) {
  const auto graph = SmallModel().read();
  ASSERT_TRUE(graph) << graph.error().what;
  EXPECT_EQ(graph->nodes.size(), 2u);  // the bias is the convolution's
  EXPECT_EQ(answer(*graph, {1, 1, 1, -9, 0, 0}), (std::vector<float>{16, 19.5f, 1, 29}));
}

TEST(TfjsReader, ReadsFusedConvolutions) {
  SmallModel model;
  model.node(3)["op"] = "_FusedConv2D";
  model.node(3)["input"] = {"in", "w", "b"};
  model.node(3)["attr"]["fused_ops"] = {
      {"list", {{"s", {in_base64("BiasAdd"), in_base64("Relu6")}}}}};
  const auto graph = model.read({1, 2, "conv"});
  ASSERT_TRUE(graph) << graph.error().what;
  EXPECT_EQ(answer(*graph, {1, 1, 1, -9, 0, -1}), (std::vector<float>{6, 6, 0, 6}));
}

TEST(TfjsReader, WidensHalvesAndBytes) {
  SmallModel model;
  model.weight(0)["quantization"] = {{"dtype", "uint8"}, {"scale", 0.5}, {"min", -1.0}};
  model.weight(1)["quantization"] = {{"dtype", "float16"}, {"original_dtype", "float32"}};
  const std::uint8_t bytes[] = {4, 0, 6, 2, 8, 3, 0x00, 0x49, 0x00, 0x4d};  // halves: 10, 20
  auto graph = read_tfjs(model.json.dump(), std::as_bytes(std::span(bytes)), {1, 2, "out"});
  ASSERT_TRUE(graph) << graph.error().what;
  EXPECT_EQ(answer(*graph, {1, 1, 1, -9, 0, 0}), (std::vector<float>{16, 19.5f, 1, 29}));

  model.weight(1)["quantization"] = {{"dtype", "uint16"}, {"scale", 0.01}, {"min", 0.0}};
  const std::uint8_t wide[] = {4, 0, 6, 2, 8, 3, 0xe8, 0x03, 0xd0, 0x07};  // 1000, 2000
  graph = read_tfjs(model.json.dump(), std::as_bytes(std::span(wide)), {1, 2, "out"});
  ASSERT_TRUE(graph) << graph.error().what;
  EXPECT_NEAR(answer(*graph, {1, 1, 1, -9, 0, 0})[3], 29, 1e-4);
}

TEST(TfjsReader, NamesWhatItRefuses) {
  struct Case {
    std::string words;
    std::function<void(SmallModel&)> spoil;
  };
  const Case cases[] = {
      {"node 'sum' (Softmax): not supported", [](auto& m) { m.node(4)["op"] = "Softmax"; }},
      {"there is no node 'nowhere'", [](auto& m) { m.node(5)["input"] = {"nowhere"}; }},
      {"there is no node 'sum:1'", [](auto& m) { m.node(5)["input"] = {"sum:1"}; }},
      {"waits for itself",
       [](auto& m) {
         m.node(3)["input"] = {"sum", "w"};
       }},
      {"waits for itself", [](auto& m) { m.node(5)["input"] = {"out"}; }},
      {"does not describe", [](auto& m) { m.json.erase("weightsManifest"); }},
      {"does not describe", [](auto& m) { m.json["modelTopology"] = 7; }},
      {"does not describe",
       [](auto& m) {
         m.node(3)["input"] = {1, 2};
       }},
      {"does not describe", [](auto& m) { m.node(3)["attr"]["strides"] = "1"; }},
      {"its strides are not", [](auto& m) { m.node(3)["attr"]["strides"] = list_of({"2"}); }},
      {"a step of 0",
       [](auto& m) {
         m.node(3)["attr"]["strides"] = list_of({"1", "0", "1", "1"});
       }},
      {"only paddings", [](auto& m) { m.node(3)["attr"].erase("padding"); }},
      {"data format", [](auto& m) { m.node(3)["attr"]["data_format"]["s"] = in_base64("NCHW"); }},
      {"needs constant weights",
       [](auto& m) {
         m.weight(0)["shape"] = {1, 1, 2, 3};
       }},
      {"weights of 3 dimensions",
       [](auto& m) {
         m.weight(0)["shape"] = {1, 3, 2};
       }},
      {"a side of 0",
       [](auto& m) {
         m.weight(0)["shape"] = {1, 0, 3, 2};
       }},
      {"a side of 0",
       [](auto& m) {
         m.weight(0)["shape"] = {1, -1, 3, 2};
       }},
      {"a side of 0",
       [](auto& m) {
         m.weight(0)["shape"] = {1, 1e57, 3, 2};
       }},
      {"more values than",
       [](auto& m) {
         m.weight(0)["shape"] = {65536, 65536, 65536, 65536};
       }},
      {"the shards end",
       [](auto& m) {
         m.weight(0)["shape"] = {1, 1, 3, 9};
       }},
      {"4 bytes more", [](auto& m) { m.weights.push_back(0); }},
      {"unknown type", [](auto& m) { m.weight(0)["dtype"] = "float64"; }},
      {"no real numbers", [](auto& m) { m.weight(0)["dtype"] = "int32"; }},
      {"two weights of one name", [](auto& m) { m.weight(1)["name"] = "w"; }},
      {"not among the weights", [](auto& m) { m.weight(0)["name"] = "v"; }},
      {"needs a constant bias of 2",
       [](auto& m) {
         m.weight(1)["shape"] = {1};
         m.weights.pop_back();
       }},
      {"is a weight, not a picture", [](auto& m) { m.node(5)["input"] = {"w"}; }},
      {"right after a convolution",
       [](auto& m) {
         m.node(4)["input"] = {"in", "b"};
       }},
  };
  for (const Case& c : cases) {
    SmallModel model;
    c.spoil(model);
    const auto graph = model.read();
    ASSERT_FALSE(graph) << c.words;
    EXPECT_EQ(graph.error().code, Errc::kSystem);
    EXPECT_TRUE(graph.error().what.contains(c.words)) << graph.error().what << " / " << c.words;
  }
}

TEST(TfjsReader, RefusesWhatIsNoJson) {
  for (const std::string& text : {std::string(), std::string("{"), std::string(100000, '[')})
    EXPECT_EQ(read_tfjs(text, {}, {1, 1, "out"}).error().what, "not a JSON file");
  EXPECT_EQ(read_tfjs(std::string(5 << 20, ' '), {}, {1, 1, "out"}).error().what,
            "its JSON file is larger than 4 MB");
}

TEST(TfjsReader, TakesLongChains) {
  SmallModel model;
  Json& nodes = model.json["modelTopology"]["node"];
  std::string last = "out";
  for (int i = 0; i < 4000; ++i) {
    const std::string name = "n" + std::to_string(i);
    nodes.push_back({{"name", name}, {"op", "Relu"}, {"input", {last}}});
    last = name;
  }
  EXPECT_TRUE(model.read({1, 2, last}));
  nodes.push_back({{"name", "more"}, {"op", "Const"}});
  for (int i = 0; i < 100; ++i)
    nodes.push_back({{"name", "more" + std::to_string(i)}, {"op", "Const"}});
  EXPECT_TRUE(model.read({1, 2, last}).error().what.contains("nodes"));
}

TEST(TfjsReader, ShardsStayInTheFolder) {
  for (const char* path : {"../a.bin", "/etc/passwd", "", "..", "a/b"}) {
    SmallModel model;
    model.json["weightsManifest"][0]["paths"] = {path};
    EXPECT_FALSE(list_tfjs_shards(model.json.dump())) << path;
  }
  EXPECT_EQ(*list_tfjs_shards(SmallModel().json.dump()), std::vector<std::string>{"a.bin"});
}

TEST(TfjsReader, SurvivesFlipsAndTruncation) {
  const SmallModel model;
  const std::string sound = model.json.dump();
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string text = sound;
    for (int flips = 1 + static_cast<int>(random() % 3); flips > 0; --flips)
      text[random() % text.size()] = static_cast<char>(random() % 256);
    if (round % 7 == 0) text.resize(random() % text.size());
    const auto graph = read_tfjs(text, model.bytes(), {1, 2, "out"});
    if (graph) static_cast<void>(check_graph(*graph));
  }
}

TEST(LoadTfjs, FindsTheFilesOfAFolder) {
  TestFolder folder;
  const SmallModel model;
  const auto write = [&](const std::string& name, std::string_view text) {
    std::ofstream(folder / name, std::ios::binary) << text;
  };
  EXPECT_TRUE(load_tfjs(folder.path(), {1, 2, "out"}).error().what.contains("needs a model.json"));
  write("model-stride16.json", model.json.dump());
  EXPECT_EQ(load_tfjs(folder.path(), {1, 2, "out"}).error().what,
            (folder / "a.bin") + ": No such file or directory");
  write("a.bin", {reinterpret_cast<const char*>(model.weights.data()), 32});
  const auto graph = load_tfjs(folder.path(), {1, 2, "out"});
  EXPECT_TRUE(graph) << graph.error().what;
  EXPECT_TRUE(load_tfjs(folder / "nowhere", {1, 2, "out"}).error().what.contains("No such file"));
}

class BodyPix : public testing::TestWithParam<std::string> {};

TEST_P(BodyPix, AgreesWithTheInterpreter) {
  const auto folder = shared_file("models/bodypix-mobilenet-" + GetParam() + "-s16-tfjs");
  if (!folder) GTEST_SKIP() << "no BodyPix networks: SCRIM_SHARED names their folder";
  constexpr int kHeight = 81, kWidth = 113;
  const TfjsWish wish{kHeight, kWidth, "float_segments"};
  const auto graph = load_tfjs(*folder, wish);
  ASSERT_TRUE(graph) << graph.error().what;
  auto rgb = drawn_person(kHeight, kWidth, 1);
  for (float& value : rgb) value = value * 2 - 1;
  naive::Picture input(kHeight, kWidth, 3);
  std::ranges::copy(rgb, input.values.begin());
  const auto json = bytes_of_file(*folder + "/model-stride16.json");
  const naive::Picture truth =
      naive::run_tfjs({reinterpret_cast<const char*>(json.data()), json.size()},
                      bytes_of_file(*folder + "/group1-shard1of1.bin"), wish.output, input);
  const auto made = answer(*graph, rgb);
  ASSERT_EQ(made.size(), truth.values.size());
  double largest = 0;
  for (std::size_t i = 0; i < made.size(); ++i)
    largest = std::max(largest, std::abs(static_cast<double>(made[i]) - truth.values[i]));
  std::cout << "largest error " << largest << "\n";
  EXPECT_LE(largest, 1e-3);
}

INSTANTIATE_TEST_SUITE_P(All, BodyPix, testing::Values("050", "075"),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace scrim
