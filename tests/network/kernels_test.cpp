// Every kernel of every instruction set against its naive twin: odd sides, channels that fill no
// vector, strides, paddings, dilations, fused and unfused.
#include "network/kernels.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "network/graphs.h"
#include "network/naive.h"
#include "network/network.h"

namespace scrim {
namespace {

struct Name {
  Activation activation;
  std::string name;
};
const Name kActivations[] = {{Activation::kNone, "none"},
                             {Activation::kRelu, "relu"},
                             {Activation::kRelu6, "relu6"},
                             {Activation::kHardSwish, "hard_swish"},
                             {Activation::kLogistic, "logistic"}};

class Kernel : public testing::TestWithParam<const Kernels*> {
 protected:
  GraphBuilder builder;

  static naive::Picture picture_of(Shape shape, const std::vector<float>& values) {
    naive::Picture picture(shape.height, shape.width, shape.channels);
    std::ranges::copy(values, picture.values.begin());
    return picture;
  }
  naive::Picture random_picture(int tensor, unsigned seed) const {
    const Shape& shape = builder.shape(tensor);
    return picture_of(shape, random_values(static_cast<std::size_t>(count(shape)), seed));
  }
  naive::Weights weights_of(int tensor) const {
    const Shape& s = builder.shape(tensor);
    const auto& values = builder.values(tensor);
    return {s.batch, s.height, s.width, s.channels, {values.begin(), values.end()}};
  }
  std::vector<double> list_of(int tensor) const {
    const auto& values = builder.values(tensor);
    return {values.begin(), values.end()};
  }

  /// Runs twice: what the first run left in memory must not matter.
  void expect_makes(const naive::Picture& input, const naive::Picture& truth) {
    auto network = Network::create(builder.graph(), *GetParam());
    ASSERT_TRUE(network) << network.error().what;
    for (int run = 0; run < 2; ++run) {
      for (std::size_t i = 0; i < input.values.size(); ++i)
        network->input()[i] = static_cast<float>(input.values[i]);
      const auto made = network->run();
      ASSERT_EQ(made.size(), truth.values.size());
      double largest = 0;
      for (std::size_t i = 0; i < made.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(made[i]) - truth.values[i]));
      ASSERT_LE(largest, 2e-5 * std::max(1, builder.shape(0).channels));
    }
  }

  static Shape output_shape(const naive::Picture& truth) {
    return {1, truth.height, truth.width, truth.channels};
  }
};

struct ConvCase {
  int height, width, inputs, outputs, kernel_y, kernel_x;
  naive::Steps steps;
};

const ConvCase kConvs[] = {
    {1, 1, 1, 1, 1, 1, {}},
    {7, 9, 3, 5, 1, 1, {}},
    {5, 50, 16, 16, 1, 1, {}},
    {4, 7, 72, 24, 1, 1, {}},
    {3, 11, 88, 40, 1, 1, {}},
    {6, 6, 9, 33, 1, 1, {2, 2}},
    {16, 17, 3, 16, 3, 3, {2, 2}},
    {9, 8, 3, 7, 3, 3, {1, 1}},
    {9, 9, 8, 8, 3, 3, {1, 2}},
    {12, 13, 5, 6, 5, 5, {3, 2}},
    {11, 14, 4, 9, 3, 3, {1, 1, 2, 2}},
    {10, 10, 2, 8, 3, 2, {1, 1, 3, 1}},
    {9, 31, 10, 8, 3, 3, {1, 1, 2, 2}},
    {11, 27, 9, 7, 3, 3, {1, 1, 4, 4}},
    {7, 35, 9, 7, 3, 3, {2, 2}},
    {2, 2, 3, 4, 5, 5, {}},
    {9, 10, 3, 8, 3, 3, {2, 2, 1, 1, false}},
    {8, 8, 6, 5, 4, 4, {1, 1, 1, 1, false}},
    {1, 20, 7, 56, 1, 7, {}},
};

Node window_node(Op op, std::vector<int> inputs, const naive::Steps& steps) {
  Node node{.op = op, .inputs = std::move(inputs)};
  node.padding = steps.same ? Padding::kSame : Padding::kValid;
  node.stride = {steps.stride_y, steps.stride_x};
  node.dilation = {steps.dilation_y, steps.dilation_x};
  return node;
}

TEST_P(Kernel, ConvolvesAsItsTwin) {
  for (const ConvCase& c : kConvs)
    for (const Name& activation : kActivations) {
      builder = {};
      const int in = builder.picture({1, c.height, c.width, c.inputs});
      const int weights = builder.constant({c.outputs, c.kernel_y, c.kernel_x, c.inputs}, 1);
      const int bias = builder.constant({1, 1, 1, c.outputs}, 2);
      const auto input = random_picture(in, 3);
      const auto truth = naive::activate(
          naive::conv(input, weights_of(weights), list_of(bias), c.steps), activation.name);
      Node node = window_node(Op::kConv, {in, weights, bias}, c.steps);
      node.activation = activation.activation;
      builder.add(node, output_shape(truth));
      SCOPED_TRACE(testing::Message() << c.height << "x" << c.width << "x" << c.inputs << " kernel "
                                      << c.kernel_y << "x" << c.kernel_x << " " << activation.name);
      expect_makes(input, truth);
    }
}

TEST_P(Kernel, ConvolvesDepthwiseAsItsTwin) {
  for (const ConvCase& c : kConvs)
    for (int kernel : {1, 2, 3, 5}) {
      naive::Steps steps = c.steps;
      steps.same = steps.same || kernel > std::min(c.height, c.width) / steps.dilation_y;
      builder = {};
      const int in = builder.picture({1, c.height, c.width, c.inputs});
      const int weights = builder.constant({1, kernel, kernel, c.inputs}, 1);
      const int bias = builder.constant({1, 1, 1, c.inputs}, 2);
      const auto input = random_picture(in, 3);
      const auto truth = naive::activate(
          naive::depthwise(input, weights_of(weights), list_of(bias), steps), "relu6");
      Node node = window_node(Op::kDepthwise, {in, weights, bias}, steps);
      node.activation = Activation::kRelu6;
      builder.add(node, output_shape(truth));
      SCOPED_TRACE(testing::Message() << c.height << "x" << c.width << "x" << c.inputs << " kernel "
                                      << kernel << " stride " << steps.stride_x);
      expect_makes(input, truth);
    }
}

/// Every window that has tiles of its own, in rows that tiles fill, overlap in, or are too wide
/// for.
TEST_P(Kernel, ConvolvesDepthwiseInRowsOfAnyWidth) {
  for (const auto& [kernel, stride, dilation] :
       {std::array{3, 1, 1}, {3, 2, 1}, {3, 1, 2}, {3, 1, 4}, {5, 1, 1}, {5, 2, 1}})
    for (int width = 1; width <= 20; ++width)
      for (const auto& [height, same] : {std::pair{1, true}, {6, true}, {9, false}}) {
        if (!same && std::min(height, width) < (kernel - 1) * dilation + 1) continue;
        const naive::Steps steps{stride, stride, dilation, dilation, same};
        builder = {};
        const int in = builder.picture({1, height, width, 9});
        const int weights = builder.constant({1, kernel, kernel, 9}, 1);
        const int bias = builder.constant({1, 1, 1, 9}, 2);
        const auto input = random_picture(in, 3);
        const auto truth = naive::depthwise(input, weights_of(weights), list_of(bias), steps);
        const int made = builder.add(window_node(Op::kDepthwise, {in, weights, bias}, steps),
                                     output_shape(truth));
        // The sum goes into the same step.
        const int other = builder.constant(output_shape(truth), 5);
        builder.add({.op = Op::kAdd, .inputs = {made, other}}, output_shape(truth));
        SCOPED_TRACE(testing::Message() << height << "x" << width << " kernel " << kernel
                                        << " stride " << stride << " dilation " << dilation);
        expect_makes(input,
                     naive::add(truth, picture_of(builder.shape(other), builder.values(other))));
      }
}

/// Places are multiplied together where their number allows; what reads the result wants it padded.
TEST_P(Kernel, ConvolvesTransposedAsItsTwin) {
  for (const auto& [inputs, outputs, down, right] : {std::array{16, 1, 2, 2},
                                                     {16, 3, 2, 2},
                                                     {5, 1, 2, 2},
                                                     {9, 8, 1, 3},
                                                     {24, 20, 4, 1},
                                                     {3, 1, 1, 1},
                                                     {5, 2, 1, 2},
                                                     {8, 1, 2, 1}})
    for (int width : {1, 6, 7, 8})
      for (bool read : {false, true}) {
        builder = {};
        const int in = builder.picture({1, 5, width, inputs});
        const int weights = builder.constant({outputs, down, right, inputs}, 1);
        const int bias = builder.constant({1, 1, 1, outputs}, 2);
        const auto input = random_picture(in, 3);
        auto truth = naive::activate(
            naive::transpose_conv(input, weights_of(weights), list_of(bias)), "logistic");
        Node node{.op = Op::kTransposeConv, .inputs = {in, weights, bias}};
        node.stride = {down, right};
        node.activation = Activation::kLogistic;
        const int made = builder.add(node, output_shape(truth));
        if (read) {
          builder.add({.op = Op::kMultiply, .inputs = {made, made}}, output_shape(truth));
          truth = naive::multiply(truth, truth);
        }
        SCOPED_TRACE(testing::Message() << inputs << " to " << outputs << " windows " << down << "x"
                                        << right << " width " << width);
        expect_makes(input, truth);
      }
}

TEST_P(Kernel, ActivatesAsItsTwinFarOut) {
  for (const Name& activation : kActivations) {
    builder = {};
    const int in = builder.picture({1, 3, 67, 3});
    auto input = random_picture(in, 3);
    for (std::size_t i = 0; i < input.values.size(); ++i)
      input.values[i] *= i % 3 == 0 ? 200 : (i % 3 == 1 ? 8 : 1);
    builder.add({.op = Op::kActivation, .inputs = {in}, .activation = activation.activation},
                builder.shape(in));
    SCOPED_TRACE(activation.name);
    // Hard swish multiplies by the large values: a float's share of error with it.
    expect_makes(input, naive::activate(input, activation.name));
  }
}

TEST_P(Kernel, AddsAndMultipliesAsItsTwin) {
  for (int channels : {1, 8, 13, 16}) {
    const Shape shape{1, 6, 5, channels}, factors{1, 1, 1, channels};
    const auto run = [&](Op op, const Shape& other, bool swapped) {
      builder = {};
      const int a = builder.picture(shape);
      const int b = builder.constant(other, 5);
      const auto input = random_picture(a, 3);
      const auto second = picture_of(other, builder.values(b));
      const auto truth =
          op == Op::kAdd ? naive::add(input, second) : naive::multiply(input, second);
      builder.add({.op = op, .inputs = swapped ? std::vector{b, a} : std::vector{a, b}}, shape);
      expect_makes(input, truth);
    };
    run(Op::kAdd, shape, false);
    run(Op::kMultiply, shape, false);
    run(Op::kMultiply, factors, false);
    run(Op::kMultiply, factors, true);
  }
}

TEST_P(Kernel, JoinsAsItsTwin) {
  for (const auto& [first, second] : {std::pair{8, 16}, {3, 8}, {13, 5}, {1, 1}})
    for (bool swapped : {false, true}) {
      builder = {};
      const int a = builder.picture({1, 6, 5, first});
      const int b = builder.constant({1, 6, 5, second}, 5);
      const auto input = random_picture(a, 3);
      const auto other = picture_of(builder.shape(b), builder.values(b));
      const auto truth = swapped ? naive::concat(other, input) : naive::concat(input, other);
      builder.add({.op = Op::kConcat,
                   .inputs = swapped ? std::vector{b, a} : std::vector{a, b},
                   .activation = Activation::kRelu},
                  output_shape(truth));
      expect_makes(input, naive::activate(truth, "relu"));
    }
}

TEST_P(Kernel, TakesMeansAsItsTwin) {
  for (int channels : {1, 8, 13, 72})
    for (int width : {1, 4, 33}) {
      builder = {};
      const int in = builder.picture({1, 7, width, channels});
      const auto input = random_picture(in, 3);
      builder.add({.op = Op::kGlobalMean, .inputs = {in}}, {1, 1, 1, channels});
      expect_makes(input, naive::mean(input));
    }
}

TEST_P(Kernel, TakesTheLargestAsItsTwin) {
  for (const ConvCase& c : kConvs) {
    if (c.steps.dilation_x > 1 || c.steps.dilation_y > 1) continue;
    builder = {};
    const int in = builder.picture({1, c.height, c.width, c.inputs});
    const auto input = random_picture(in, 3);
    const auto truth = naive::max_pool(input, c.kernel_y, c.kernel_x, c.steps);
    Node node = window_node(Op::kMaxPool, {in}, c.steps);
    node.kernel = {c.kernel_y, c.kernel_x};
    builder.add(node, output_shape(truth));
    SCOPED_TRACE(testing::Message() << c.height << "x" << c.width << " kernel " << c.kernel_y);
    expect_makes(input, truth);
  }
}

TEST_P(Kernel, PadsAsItsTwin) {
  for (int channels : {1, 8, 13})
    for (const auto& [top, left, bottom, right] :
         {std::array{1, 1, 1, 1}, {0, 3, 2, 0}, {0, 0, 0, 0}, {5, 0, 0, 9}}) {
      builder = {};
      const int in = builder.picture({1, 4, 7, channels});
      const auto input = random_picture(in, 3);
      const auto truth = naive::pad(input, top, left, bottom, right);
      Node node{.op = Op::kPad, .inputs = {in}, .activation = Activation::kHardSwish};
      node.before = {top, left};
      node.after = {bottom, right};
      const int padded = builder.add(node, output_shape(truth));
      // The sum goes into the same step.
      const int other = builder.constant(output_shape(truth), 5);
      builder.add({.op = Op::kAdd, .inputs = {padded, other}}, output_shape(truth));
      expect_makes(input, naive::add(naive::activate(truth, "hard_swish"),
                                     picture_of(builder.shape(other), builder.values(other))));
    }
}

TEST_P(Kernel, ResizesAsItsTwin) {
  const std::pair<Sampling, naive::Corners> samplings[] = {
      {Sampling::kHalfPixel, naive::Corners::kHalfPixel},
      {Sampling::kAlignCorners, naive::Corners::kAligned},
      {Sampling::kTopLeft, naive::Corners::kTopLeft}};
  for (const auto& [sampling, corners] : samplings)
    for (const auto& [height, width] : {std::pair{14, 10}, {7, 5}, {3, 23}, {1, 1}, {40, 2}}) {
      builder = {};
      const int in = builder.picture({1, 7, 5, 11});
      const auto input = random_picture(in, 3);
      Node node{.op = Op::kResize, .inputs = {in}};
      node.sampling = sampling;
      builder.add(node, {1, height, width, 11});
      SCOPED_TRACE(testing::Message() << height << "x" << width);
      expect_makes(input, naive::resize(input, height, width, corners));
    }
}

/// A picture beside an enlarged one, channel by channel, as fuse.h makes them of one step.
TEST_P(Kernel, ResizesIntoSumsAndMeansAsItsTwin) {
  for (int channels : {3, 16, 24, 40, 64})
    for (bool mean : {false, true}) {
      builder = {};
      const Shape large{1, 9, 13, channels};
      const int in = builder.picture({1, 5, 6, channels});
      const int other = builder.constant(large, 5);
      const int factors = builder.constant({1, 1, 1, channels}, 6);
      const auto input = random_picture(in, 3);
      const auto enlarged = naive::resize(input, 9, 13, naive::Corners::kHalfPixel);
      const auto second = picture_of(large, builder.values(other));
      const auto gated =
          naive::multiply(second, picture_of(builder.shape(factors), builder.values(factors)));
      const int resized = builder.add({.op = Op::kResize, .inputs = {in}}, large);
      const int gate =
          mean ? other : builder.add({.op = Op::kMultiply, .inputs = {other, factors}}, large);
      const int sum = builder.add({.op = Op::kAdd, .inputs = {gate, resized}}, large);
      if (mean) builder.add({.op = Op::kGlobalMean, .inputs = {sum}}, {1, 1, 1, channels});
      SCOPED_TRACE(channels);
      expect_makes(input,
                   mean ? naive::mean(naive::add(second, enlarged)) : naive::add(gated, enlarged));
    }
}

INSTANTIATE_TEST_SUITE_P(All, Kernel, testing::ValuesIn(available_kernels()),
                         [](const auto& tested) { return std::string(tested.param->name); });

TEST(ChooseKernels, FollowsTheEnvironment) {
  ::setenv("SCRIM_CPU", "baseline", 1);
  auto chosen = choose_kernels();
  ASSERT_TRUE(chosen) << chosen.error().what;
  EXPECT_STREQ((*chosen)->name, "baseline");
  ::setenv("SCRIM_CPU", "basline", 1);
  chosen = choose_kernels();
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code, Errc::kRequest);
  EXPECT_TRUE(chosen.error().what.contains("did you mean 'baseline'?")) << chosen.error().what;
  ::unsetenv("SCRIM_CPU");
  chosen = choose_kernels();
  ASSERT_TRUE(chosen);
  EXPECT_EQ(*chosen, available_kernels().back());
}

}  // namespace
}  // namespace scrim
