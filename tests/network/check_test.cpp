// A Graph that would lead a kernel astray is refused, with a word on what is wrong.
#include "network/check.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "network/graphs.h"

namespace scrim {
namespace {

/// picture 0 -> conv (weights 1, bias 2) -> 3 -> activation -> 4
GraphBuilder sound() {
  GraphBuilder builder;
  const int in = builder.picture({1, 8, 8, 4});
  const int weights = builder.constant({6, 3, 3, 4}, 1);
  const int bias = builder.constant({1, 1, 1, 6}, 2);
  const int out = builder.add({.op = Op::kConv, .inputs = {in, weights, bias}}, {1, 8, 8, 6});
  builder.add({.op = Op::kActivation, .inputs = {out}, .activation = Activation::kRelu},
              {1, 8, 8, 6});
  return builder;
}

TEST(Check, AcceptsASoundGraph) {
  const auto done = check_graph(sound().graph());
  EXPECT_TRUE(done) << done.error().what;
}

TEST(Check, RefusesUnsoundGraphs) {
  struct Case {
    std::string words;
    std::function<void(Graph&)> spoil;
  };
  const Case cases[] = {
      {"no input", [](Graph& g) { g.input = 99; }},
      {"no input", [](Graph& g) { g.output = -1; }},
      {"input is a constant", [](Graph& g) { g.input = 1; }},
      {"no operator makes", [](Graph& g) { g.output = g.input; }},
      {"no operator makes", [](Graph& g) { g.nodes.pop_back(); }},
      {"too large",
       [](Graph& g) {
         g.tensors[0].shape = {1, 1 << 30, 1 << 30, 1 << 30};
       }},
      {"too large", [](Graph& g) { g.tensors[0].shape.height = -8; }},
      {"values for", [](Graph& g) { g.tensors[1].data.pop_back(); }},
      {"not finite",
       [](Graph& g) { g.tensors[1].data[5] = std::numeric_limits<float>::infinity(); }},
      {"nothing has made yet", [](Graph& g) { std::swap(g.nodes[0], g.nodes[1]); }},
      {"nothing has made yet", [](Graph& g) { g.nodes[1].inputs[0] = 4; }},  // a circle
      {"made already", [](Graph& g) { g.nodes[1].output = 3; }},
      {"made already", [](Graph& g) { g.nodes[0].output = 1; }},
      {"0 inputs", [](Graph& g) { g.nodes[0].inputs.clear(); }},
      {"1 inputs", [](Graph& g) { g.nodes[0].inputs = {0}; }},
      {"makes 1x8x8x6", [](Graph& g) { g.tensors[3].shape.width = 9; }},
      {"needs constant weights", [](Graph& g) { g.tensors[0].shape.channels = 5; }},
      {"needs constant weights", [](Graph& g) { g.nodes[0].inputs[1] = 0; }},
      {"constant bias of 6", [](Graph& g) { g.nodes[0].inputs[2] = 1; }},
      {"a step of 0", [](Graph& g) { g.nodes[0].stride.right = 0; }},
      {"a step of -1", [](Graph& g) { g.nodes[0].dilation.down = -1; }},
      {"larger than its input",
       [](Graph& g) {
         g.nodes[0].padding = Padding::kValid;
         g.nodes[0].dilation = {4, 4};
       }},
      {"more than one picture", [](Graph& g) { g.tensors[0].shape.batch = 2; }},
  };
  for (const Case& c : cases) {
    GraphBuilder builder = sound();
    c.spoil(builder.graph());
    const auto done = check_graph(builder.graph());
    ASSERT_FALSE(done) << c.words;
    EXPECT_TRUE(done.error().what.contains(c.words)) << done.error().what << " / " << c.words;
  }
}

TEST(Check, FactorsAreAsManyAsThereAreChannels) {
  const Shape one{1, 1, 1, 2}, other{1, 1, 1, 11};
  for (const auto& [a, b] : {std::pair{one, other}, {other, one}}) {
    GraphBuilder builder;
    const int picture = builder.picture(a);
    builder.add({.op = Op::kMultiply, .inputs = {picture, builder.constant(b, 1)}}, b);
    const auto done = check_graph(builder.graph());
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().what.find("operands of"), std::string::npos) << done.error().what;
  }
}

TEST(Check, CountsWithoutOverflow) {
  constexpr int kMost = std::numeric_limits<int>::max();
  EXPECT_EQ(count({kMost, kMost, kMost, kMost}), 1LL << 31);
  EXPECT_EQ(count({1, 47686, 1000775, 895444018}), 1LL << 31);
  EXPECT_EQ(count({1, 256, 256, 3}), 196608);
  EXPECT_EQ(count({1, -256, 256, 3}), 0);
}

TEST(Check, RefusesMoreWorkThanARealTimeNetworkIs) {
  GraphBuilder builder;
  int last = builder.picture({1, 1024, 1024, 16});
  const int weights = builder.constant({16, 8, 8, 16}, 1);
  for (int i = 0; i < 8; ++i)
    last = builder.add({.op = Op::kConv, .inputs = {last, weights}}, {1, 1024, 1024, 16});
  const auto done = check_graph(builder.graph());
  ASSERT_FALSE(done);
  EXPECT_TRUE(done.error().what.contains("too much work")) << done.error().what;
}

TEST(Check, RefusesUnsoundPoolsAndPaddings) {
  const auto refusal = [](const Node& node) {
    GraphBuilder builder;
    Node added = node;
    added.inputs = {builder.picture({1, 8, 8, 4})};
    builder.add(added, {1, 8, 8, 4});
    const auto done = check_graph(builder.graph());
    EXPECT_FALSE(done);
    return done ? "" : done.error().what;
  };
  Node pool{.op = Op::kMaxPool};
  for (const Pair kernel : {Pair{0, 1}, Pair{1, -3}, Pair{65, 1}, Pair{9, 9}}) {
    pool.kernel = kernel;
    EXPECT_TRUE(refusal(pool).contains("a kernel of")) << refusal(pool);
  }
  pool.kernel = {9, 1};
  pool.padding = Padding::kValid;
  EXPECT_TRUE(refusal(pool).contains("larger than its input"));
  pool.stride.right = 0;
  EXPECT_TRUE(refusal(pool).contains("a step of 0"));
  Node pad{.op = Op::kPad};
  pad.before = {-1, 0};
  EXPECT_TRUE(refusal(pad).contains("a padding of -1"));
  pad.before = {0, 4097};
  EXPECT_TRUE(refusal(pad).contains("a padding of 4097"));
  pad.before = {1, 0};
  EXPECT_TRUE(refusal(pad).contains("makes 1x9x8x4, but its output is 1x8x8x4"));
}

}  // namespace
}  // namespace scrim
