// What is fused, that it computes the same, and that what must not be fused is not.
#include "network/fuse.h"

#include <gtest/gtest.h>

#include "network/graphs.h"
#include "network/naive.h"
#include "network/network.h"

namespace scrim {
namespace {

constexpr Shape kShape{1, 6, 8, 16};

int add_pointwise(GraphBuilder& builder, int in, Shape out) {
  const int weights = builder.constant({out.channels, 1, 1, builder.shape(in).channels}, 7);
  const int bias = builder.constant({1, 1, 1, out.channels}, 8);
  return builder.add({.op = Op::kConv, .inputs = {in, weights, bias}}, out);
}

TEST(Fuse, FoldsActivations) {
  GraphBuilder builder;
  const int conv = add_pointwise(builder, builder.picture(kShape), kShape);
  builder.add({.op = Op::kActivation, .inputs = {conv}, .activation = Activation::kRelu}, kShape);
  const Fused fused = fuse(builder.graph());
  ASSERT_EQ(fused.stages.size(), 1u);
  EXPECT_EQ(fused.stages[0].activation, Activation::kRelu);
  EXPECT_EQ(fused.stages[0].output, builder.graph().output);
}

TEST(Fuse, LeavesActivationsOfWhatOthersRead) {
  GraphBuilder builder;
  const int conv = add_pointwise(builder, builder.picture(kShape), kShape);
  const int active = builder.add(
      {.op = Op::kActivation, .inputs = {conv}, .activation = Activation::kRelu}, kShape);
  builder.add({.op = Op::kMultiply, .inputs = {conv, active}}, kShape);
  EXPECT_EQ(fuse(builder.graph()).stages.size(), 3u);
}

TEST(Fuse, FoldsSumsOnlyWhereBothAreThere) {
  GraphBuilder builder;
  const int in = builder.picture(kShape);
  const int conv = add_pointwise(builder, in, kShape);
  builder.add({.op = Op::kAdd, .inputs = {in, conv}}, kShape);
  const Fused fused = fuse(builder.graph());
  ASSERT_EQ(fused.stages.size(), 1u);
  EXPECT_EQ(fused.stages[0].residual, in);

  GraphBuilder twice;
  const int made = add_pointwise(twice, twice.picture(kShape), kShape);
  twice.add({.op = Op::kAdd, .inputs = {made, made}}, kShape);
  EXPECT_EQ(fuse(twice.graph()).stages.size(), 2u);
}

TEST(Fuse, FoldsFactorsIntoPointwiseConvolutions) {
  GraphBuilder builder;
  const int in = builder.picture(kShape);
  const int mean = builder.add({.op = Op::kGlobalMean, .inputs = {in}}, {1, 1, 1, 16});
  const int scaled = builder.add({.op = Op::kMultiply, .inputs = {mean, in}}, kShape);
  add_pointwise(builder, scaled, kShape);
  const Fused fused = fuse(builder.graph());
  ASSERT_EQ(fused.stages.size(), 2u);
  EXPECT_EQ(fused.stages[1].scale, mean);
  EXPECT_EQ(fused.stages[1].input, in);
}

TEST(Fuse, ConvolvesBeforeEnlarging) {
  GraphBuilder builder;
  const int in = builder.picture(kShape);
  const Shape large{1, 12, 16, 16}, result{1, 12, 16, 24};
  const int resized = builder.add({.op = Op::kResize, .inputs = {in}}, large);
  add_pointwise(builder, resized, result);
  const Fused fused = fuse(builder.graph());
  ASSERT_EQ(fused.stages.size(), 2u);
  EXPECT_EQ(fused.stages[0].op, Op::kConv);
  EXPECT_EQ(fused.stages[1].op, Op::kResize);
  EXPECT_EQ(fused.shapes[static_cast<std::size_t>(resized)], (Shape{1, 6, 8, 24}));
}

TEST(Fuse, TakesMeansBeforeEnlarging) {
  GraphBuilder builder;
  const int in = builder.picture(kShape);
  const Shape large{1, 12, 16, 16};
  const int skip = builder.constant(large, 4);
  const int resized = builder.add({.op = Op::kResize, .inputs = {in}}, large);
  const int sum = builder.add({.op = Op::kAdd, .inputs = {resized, skip}}, large);
  const int mean = builder.add({.op = Op::kGlobalMean, .inputs = {sum}}, {1, 1, 1, 16});
  builder.add({.op = Op::kMultiply, .inputs = {resized, mean}}, large);
  const Fused fused = fuse(builder.graph());
  const std::vector ops = {Op::kResize, Op::kGlobalMean, Op::kGlobalMean, Op::kAdd, Op::kMultiply};
  ASSERT_EQ(fused.stages.size(), ops.size());
  for (std::size_t i = 0; i < ops.size(); ++i) EXPECT_EQ(fused.stages[i].op, ops[i]) << i;
  EXPECT_EQ(fused.stages[1].input, skip);
  EXPECT_EQ(fused.stages[2].input, in);
  EXPECT_EQ(fused.stages[2].node->op, Op::kResize);
}

/// skip * factors + resize(in)
struct GatedSum {
  GraphBuilder builder = {};
  Shape large{1, 12, 16, 16};
  int in = builder.picture(kShape);
  int skip = builder.constant(large, 4), factors = builder.constant({1, 1, 1, 16}, 5);
  int resized = builder.add({.op = Op::kResize, .inputs = {in}}, large);
  int sum = builder.add({.op = Op::kAdd, .inputs = {gated(skip), resized}}, large);

  int gated(int picture) {
    return builder.add({.op = Op::kMultiply, .inputs = {picture, factors}}, large);
  }
};

TEST(Fuse, GatesWhileEnlarging) {
  GatedSum graph;
  const Fused fused = fuse(graph.builder.graph());
  ASSERT_EQ(fused.stages.size(), 1u);
  const FusedStage& stage = fused.stages[0];
  EXPECT_EQ(stage.op, Op::kResize);
  EXPECT_EQ(stage.input, graph.in);
  EXPECT_EQ(stage.other, graph.skip);
  EXPECT_EQ(stage.scale, graph.factors);
  EXPECT_EQ(stage.output, graph.sum);
}

/// What enlarges and gates already can't take in another.
TEST(Fuse, GatesOnceWhileEnlarging) {
  GatedSum graph;
  const int second = graph.gated(graph.builder.constant(graph.large, 6));
  graph.builder.add({.op = Op::kAdd, .inputs = {graph.sum, second}}, graph.large);
  const Fused fused = fuse(graph.builder.graph());
  ASSERT_EQ(fused.stages.size(), 2u);
  EXPECT_EQ(fused.stages[0].op, Op::kResize);
  EXPECT_EQ(fused.stages[1].op, Op::kMultiply);
  EXPECT_EQ(fused.stages[1].residual, fused.stages[0].output);
}

/// One that is wanted elsewhere, too, is stored.
TEST(Fuse, KeepsAnEnlargedPictureThatIsReadTwice) {
  GatedSum graph;
  graph.builder.add({.op = Op::kMultiply, .inputs = {graph.sum, graph.resized}}, graph.large);
  EXPECT_EQ(fuse(graph.builder.graph()).stages.size(), 3u);
}

naive::Picture to_naive(const Shape& shape, const std::vector<float>& values) {
  naive::Picture picture(shape.height, shape.width, shape.channels);
  std::ranges::copy(values, picture.values.begin());
  return picture;
}

/// A block as the selfie networks have them: everything above at once.
TEST(Fuse, ComputesTheSame) {
  GraphBuilder builder;
  const int in = builder.picture(kShape);
  const Shape large{1, 12, 16, 16}, place{1, 1, 1, 16};
  const int resized = builder.add({.op = Op::kResize, .inputs = {in}}, large);
  const int up = add_pointwise(builder, resized, large);
  const int skip = builder.constant(large, 4);
  const int sum = builder.add({.op = Op::kAdd, .inputs = {skip, up}}, large);
  const int mean = builder.add({.op = Op::kGlobalMean, .inputs = {sum}}, place);
  const int gate = builder.add(
      {.op = Op::kActivation, .inputs = {mean}, .activation = Activation::kLogistic}, place);
  const int gated = builder.add({.op = Op::kMultiply, .inputs = {skip, gate}}, large);
  const int merged = builder.add({.op = Op::kAdd, .inputs = {gated, up}}, large);
  const int conv = add_pointwise(builder, merged, large);
  const int active = builder.add(
      {.op = Op::kActivation, .inputs = {conv}, .activation = Activation::kHardSwish}, large);
  builder.add({.op = Op::kAdd, .inputs = {active, merged}}, large);
  EXPECT_LT(fuse(builder.graph()).stages.size(), builder.graph().nodes.size());

  const auto input = random_values(static_cast<std::size_t>(count(kShape)), 3);
  const std::vector<float>& w = builder.values(up - 2);
  const naive::Weights weights{16, 1, 1, 16, {w.begin(), w.end()}};
  const std::vector<double> bias(builder.values(up - 1).begin(), builder.values(up - 1).end());
  using namespace naive;
  const Picture upper = naive::conv(
      naive::resize(to_naive(kShape, input), 12, 16, Corners::kHalfPixel), weights, bias, {});
  const Picture side = to_naive(large, builder.values(skip));
  const Picture gates = activate(naive::mean(naive::add(side, upper)), "logistic");
  const Picture both = naive::add(multiply(side, gates), upper);
  const Picture truth =
      naive::add(activate(naive::conv(both, weights, bias, {}), "hard_swish"), both);

  auto network = Network::create(builder.graph());
  ASSERT_TRUE(network) << network.error().what;
  std::ranges::copy(input, network->input().begin());
  const auto made = network->run();
  for (std::size_t i = 0; i < made.size(); ++i) ASSERT_NEAR(made[i], truth.values[i], 1e-4);
}

}  // namespace
}  // namespace scrim
