#include "pipeline/outputs.h"

#include <gtest/gtest.h>

#include "support/fakes.h"

namespace scrim {
namespace {

constexpr Size kSize{32, 16}, kSmall{16, 8};

/// A sink that says how often it was given a bell, and whether it is still there.
class BellSink : public TellingSink {
 public:
  struct Tale {
    Story story;
    int bells = 0;
    bool gone = false;
  };
  BellSink(Size size, Tale& tale) : TellingSink(size, tale.story), tale_(tale) {}
  ~BellSink() override { tale_.gone = true; }
  void when_visited(std::function<void()>) override { ++tale_.bells; }

 private:
  Tale& tale_;
};

std::vector<std::unique_ptr<Sink>> sinks_of(std::unique_ptr<Sink> first,
                                            std::unique_ptr<Sink> second) {
  std::vector<std::unique_ptr<Sink>> sinks;
  sinks.push_back(std::move(first));
  sinks.push_back(std::move(second));
  return sinks;
}

void write(Outputs& outputs, std::uint8_t luma) {
  Frame frame(kSize);
  fill(frame.camera.view(), Yuv{});
  fill(frame.matte.view(), 0);
  fill(outputs.canvas().picture, Yuv{luma, 128, 128});
  ASSERT_TRUE(outputs.write(frame, std::as_const(frame.matte).view()));
}

TEST(Outputs, SinksComeStayAndGoAndAreGivenOneBellEach) {
  BellSink::Tale stays, goes, comes;
  Outputs outputs(
      kSize,
      sinks_of(std::make_unique<BellSink>(kSize, goes), std::make_unique<BellSink>(kSmall, stays)),
      [] {});
  write(outputs, 50);
  std::vector<NewSink> wanted(2);
  wanted[0].kept = 1;
  wanted[1].sink = std::make_unique<BellSink>(kSmall, comes);
  {
    Outputs::Change change = outputs.prepare(std::move(wanted));
    outputs.exchange(change);
    EXPECT_FALSE(goes.gone) << "it dies where the change does";
  }
  EXPECT_TRUE(goes.gone);
  write(outputs, 60);
  EXPECT_EQ(goes.story.shots.size(), 1u);
  EXPECT_EQ(stays.story.shots.size(), 2u);
  EXPECT_EQ(stays.story.shots.back().picture, 60);
  EXPECT_EQ(comes.story.shots.size(), 1u);
  for (const auto* tale : {&stays, &goes, &comes}) EXPECT_EQ(tale->bells, 1);
}

TEST(Outputs, WhatIsNotTakenChangesNothing) {
  BellSink::Tale first, second, comes;
  Outputs outputs(
      kSize,
      sinks_of(std::make_unique<BellSink>(kSize, first), std::make_unique<BellSink>(kSize, second)),
      nullptr);
  std::vector<NewSink> wanted(1);
  wanted[0].sink = std::make_unique<BellSink>(kSmall, comes);
  { const Outputs::Change change = outputs.prepare(std::move(wanted)); }
  EXPECT_TRUE(comes.gone);
  write(outputs, 70);
  EXPECT_EQ(first.story.shots.size() + second.story.shots.size(), 2u);
  EXPECT_EQ(first.bells + comes.bells, 0) << "a run that never sleeps has none";
}

TEST(Outputs, ACanvasForThePersonIsThereOnlyWhileASinkCutsOut) {
  BellSink::Tale plain, cuts;
  Outputs outputs(
      kSize,
      sinks_of(std::make_unique<BellSink>(kSize, plain), std::make_unique<BellSink>(kSize, plain)),
      nullptr);
  EXPECT_EQ(outputs.canvas().person.size(), Size{});
  auto cutting = std::make_unique<BellSink>(kSmall, cuts);
  cutting->wants_person = true;
  std::vector<NewSink> wanted(1);
  wanted[0].sink = std::move(cutting);
  Outputs::Change change = outputs.prepare(std::move(wanted));
  outputs.exchange(change);
  EXPECT_EQ(outputs.canvas().person.size(), kSize);
  fill(outputs.canvas().person, Yuv{90, 128, 128});
  write(outputs, 70);
  EXPECT_EQ(cuts.story.shots.back().person, 90);
}

}  // namespace
}  // namespace scrim
