// Sound files become graphs; whatever else comes is refused without a crash, a hang or a flood.
#include "network/tflite_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "network/check.h"
#include "network/half.h"
#include "network/network.h"
#include "network/pictures.h"
#include "network/tflite_file.h"
#include "support/media.h"

namespace scrim {
namespace {

std::string refusal(std::span<const std::byte> file) {
  const auto graph = read_tflite(file);
  return graph ? "accepted" : graph.error().what;
}

/// Reads `file` and, if it is sound, plans and runs what it says.
void survive(std::span<const std::byte> file) {
  const auto graph = read_tflite(file);
  if (!graph) return;
  auto network = Network::create(*graph, *available_kernels().front());
  if (network) network->run();
}

TEST(TfliteReader, ReadsASmallFile) {
  const auto graph = read_tflite(small_tflite({}));
  ASSERT_TRUE(graph) << graph.error().what;
  ASSERT_EQ(graph->nodes.size(), 1u);
  EXPECT_EQ(graph->nodes[0].op, Op::kConv);
  EXPECT_EQ(graph->nodes[0].activation, Activation::kRelu);
  EXPECT_EQ(graph->nodes[0].label, "operator 0 (CONV_2D)");
  EXPECT_EQ(graph->tensors[1].data, (std::vector<float>{1, 2, 3, 4}));
  auto network = Network::create(*graph);
  ASSERT_TRUE(network) << network.error().what;
  std::ranges::copy(std::vector<float>{1, 0, 0, 1, 1, 1, -1, -1}, network->input().begin());
  EXPECT_TRUE(std::ranges::equal(network->run(), std::vector<float>{1, 3, 2, 4, 3, 7, 0, 0}));
}

TEST(TfliteReader, NamesWhatItRefuses) {
  EXPECT_EQ(refusal(small_tflite({.operator_code = 22})), "operator 0 (RESHAPE): not supported");
  EXPECT_EQ(refusal(small_tflite({.operator_code = 126})),
            "operator 0 (operator code 126): not supported");
  EXPECT_EQ(refusal(small_tflite({.operator_code = 32})),
            "operator 0 (custom operator ''): not supported");
  EXPECT_EQ(refusal(small_tflite({.weights_type = 9})),
            "tensor 'weights' is int8: quantised networks are not supported; take the float one");
  EXPECT_EQ(refusal(small_tflite({.weights_type = 4})), "tensor 'weights' is int64: not supported");
  EXPECT_EQ(refusal(small_tflite({.weights_type = 77})),
            "tensor 'weights' is of an unknown type: not supported");
  EXPECT_EQ(refusal(small_tflite({.activation = 4})),
            "operator 0 (CONV_2D): fused activation 4 is not supported");
  EXPECT_EQ(refusal(small_tflite({.side = 0})), "tensor 'in': a side of 0");
  EXPECT_EQ(refusal(small_tflite({.side = -5})), "tensor 'in': a side of -5");
  EXPECT_EQ(refusal(small_tflite({.buffer = 9})), "tensor 'weights': there is no buffer 9");
  EXPECT_EQ(refusal(small_tflite({.conv_input = 7})), "operator 0 (CONV_2D): there is no tensor 7");
  EXPECT_EQ(refusal(small_tflite({.conv_input = -1})),
            "operator 0 (CONV_2D): there is no tensor -1");
}

TEST(TfliteReader, SidesThatOverflowAreRefused) {
  const auto graph = read_tflite(small_tflite({.side = std::numeric_limits<int>::max()}));
  ASSERT_TRUE(graph) << graph.error().what;
  const auto network = Network::create(*graph);
  ASSERT_FALSE(network);
  EXPECT_TRUE(network.error().what.contains("too large")) << network.error().what;
}

TEST(TfliteReader, CirclesAreRefused) {
  const auto graph = read_tflite(small_tflite({.conv_input = 2}));  // reads its own output
  ASSERT_TRUE(graph) << graph.error().what;
  const auto network = Network::create(*graph);
  ASSERT_FALSE(network);
  EXPECT_TRUE(network.error().what.contains("nothing has made yet")) << network.error().what;
}

TEST(TfliteReader, OffsetsThatLeadOutAreRefused) {
  const auto damaged = "the TFLite file is damaged: an offset leads out of it";
  const std::vector<std::byte> sound = small_tflite({});
  for (std::uint32_t offset : {0xffffffffu, 0x80000000u, 0x7ffffff0u}) {
    auto file = sound;
    std::memcpy(file.data(), &offset, sizeof(offset));
    EXPECT_EQ(refusal(file), damaged);
  }
  EXPECT_EQ(refusal({}), "not a TFLite file: it lacks the mark TFL3");
}

TEST(TfliteReader, SurvivesEveryTruncationAndFlipOfASmallFile) {
  const std::vector<std::byte> sound = small_tflite({});
  for (std::size_t size = 0; size < sound.size(); ++size) {
    // A copy of just that size, so that a sanitizer sees what is read beyond it.
    survive(std::vector<std::byte>(sound.begin(), sound.begin() + static_cast<long>(size)));
  }
  for (std::size_t at = 0; at < sound.size(); ++at)
    for (int value : {0, 1, 4, 8, 0x7f, 0x80, 0xff}) {
      auto file = sound;
      file[at] = static_cast<std::byte>(value);
      survive(file);
    }
}

class RealFile : public testing::Test {
 protected:
  void SetUp() override {
    file_ = model_bytes("selfie");
    if (file_.empty()) GTEST_SKIP() << "the networks are not fetched: run `npm ci` in models/";
  }
  std::vector<std::byte> file_;
};

TEST_F(RealFile, SurvivesTruncation) {
  for (std::size_t size = 0; size < file_.size(); size += 97) {
    const auto graph = read_tflite(std::span(file_).first(size));
    ASSERT_FALSE(graph && Network::create(*graph)) << size;
  }
}

/// Structure and weights lie apart; most flips go where the structure is.
TEST_F(RealFile, SurvivesRandomFlips) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    auto file = file_;
    for (int flips = 1 + static_cast<int>(random() % 3); flips > 0; --flips)
      file[random() % file.size()] ^= static_cast<std::byte>(1u << random() % 8);
    const auto graph = read_tflite(file);
    if (graph) static_cast<void>(check_graph(*graph));
  }
}

TEST(TfliteReader, RefusesQuantisedNetworks) {
  const auto path = shared_file("models/bodypix_mobilenet_v1_075_720_1280_16_quant.tflite");
  if (!path) GTEST_SKIP() << "no quantised network: SCRIM_SHARED names the folder";
  const std::string words = refusal(bytes_of_file(*path));
  EXPECT_TRUE(words.contains("quantised networks are not supported")) << words;
}

TEST(Half, WidensEveryValue) {
  EXPECT_EQ(widen_half(0x3c00), 1.0f);
  EXPECT_EQ(widen_half(0xc000), -2.0f);
  EXPECT_EQ(widen_half(0x0001), 0x1p-24f);
  EXPECT_EQ(widen_half(0x7bff), 65504.0f);
  EXPECT_TRUE(std::isinf(widen_half(0xfc00)));
  EXPECT_TRUE(std::isnan(widen_half(0x7e00)));
  for (int bits = 0; bits < 0x7c00; ++bits) {
    const int exponent = bits >> 10, fraction = bits & 1023;
    const double truth =
        exponent ? std::ldexp(1024 + fraction, exponent - 25) : std::ldexp(fraction, -24);
    ASSERT_EQ(widen_half(static_cast<std::uint16_t>(bits)), truth);
    ASSERT_EQ(widen_half(static_cast<std::uint16_t>(bits | 0x8000)), -truth);
  }
}

}  // namespace
}  // namespace scrim
