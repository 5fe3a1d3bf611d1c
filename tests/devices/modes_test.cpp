#include "devices/modes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scrim {
namespace {

using testing::HasSubstr;

Mode mode(std::string_view format, Size size, double fps) {
  return {find_format(format), size, fps};
}

constexpr Size kHd{1280, 720};
constexpr Size kFullHd{1920, 1080};
constexpr Size kVga{640, 480};

/// A webcam as they are sold: raw pictures over USB 2 are slow when large.
std::vector<Mode> usual_webcam() {
  return {mode("yuyv", kVga, 30),  mode("yuyv", kHd, 10),      mode("yuyv", kFullHd, 5),
          mode("mjpeg", kVga, 30), mode("mjpeg", kHd, 60),     mode("mjpeg", kHd, 30),
          mode("mjpeg", kHd, 15),  mode("mjpeg", kFullHd, 30), mode("grey", kHd, 60)};
}

Mode chosen(const std::vector<Mode>& modes, const ModeWish& wish) {
  const auto choice = choose_mode(modes, wish);
  return choice ? choice->mode : Mode{};
}

TEST(ChooseMode, TakesTheSizeAndRateThatAreWished) {
  EXPECT_EQ(chosen(usual_webcam(), {kHd, 30}), mode("mjpeg", kHd, 30));
  EXPECT_EQ(chosen(usual_webcam(), {kHd, 60}), mode("mjpeg", kHd, 60));
  EXPECT_EQ(chosen(usual_webcam(), {kFullHd, 30}), mode("mjpeg", kFullHd, 30));
}

TEST(ChooseMode, TakesWhatIsCheapestToReadAmongEquals) {
  EXPECT_EQ(chosen(usual_webcam(), {kVga, 30}), mode("yuyv", kVga, 30));
}

TEST(ChooseMode, TakesTheSmallestSizeThatShowsAllDetail) {
  EXPECT_EQ(chosen(usual_webcam(), {{640, 360}, 30}), mode("yuyv", kVga, 30));
  EXPECT_EQ(chosen(usual_webcam(), {{800, 450}, 30}), mode("mjpeg", kHd, 30));
}

TEST(ChooseMode, WeighsDetailAgainstMotion) {
  const std::vector<Mode> modes{mode("yuyv", kHd, 10), mode("yuyv", kVga, 30),
                                mode("yuyv", {320, 180}, 60)};
  EXPECT_EQ(chosen(modes, {kHd, 30}), mode("yuyv", kVga, 30));
  EXPECT_EQ(chosen(modes, {kHd, 15}), mode("yuyv", kHd, 10));
}

TEST(ChooseMode, TakesARateThatIsNearEnough) {
  const std::vector<Mode> modes{mode("nv12", kHd, 30000 / 1001.0), mode("nv12", kHd, 60)};
  EXPECT_NEAR(chosen(modes, {kHd, 30}).fps, 29.97, 0.01);
}

TEST(ChooseMode, TakesGreyOnlyWhereThereIsNoColour) {
  EXPECT_EQ(chosen({mode("grey", kHd, 30), mode("yuyv", {160, 120}, 5)}, {kHd, 30}).format,
            find_format("yuyv"));
  EXPECT_EQ(chosen({mode("grey", kHd, 30)}, {kHd, 30}).format, find_format("grey"));
}

TEST(ChooseMode, WhatMustBeSoIsSo) {
  EXPECT_EQ(chosen(usual_webcam(), {kHd, 30, kFullHd, find_format("yuyv")}),
            mode("yuyv", kFullHd, 5));
  const auto none = choose_mode(usual_webcam(), {kHd, 30, Size{123, 45}});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::kRequest);
  EXPECT_THAT(none.error().what, HasSubstr("scrim devices"));
}

TEST(ChooseMode, SaysWhy) {
  const auto choice = choose_mode(usual_webcam(), {kHd, 30});
  ASSERT_TRUE(choice);
  EXPECT_THAT(choice->why, HasSubstr("1280x720 mjpeg, 30 pictures a second"));
  EXPECT_THAT(choice->why, HasSubstr("yuyv has only 10 a second at this size"));
  const auto poor = choose_mode(std::vector<Mode>{mode("yuyv", kVga, 15)}, {kHd, 30});
  ASSERT_TRUE(poor);
  EXPECT_THAT(poor->why, HasSubstr("nothing nearer to 1280x720"));
  EXPECT_THAT(poor->why, HasSubstr("30 a second are not to be had"));
}

TEST(ChooseMode, ADeviceThatSaysNoRateMayHaveAny) {
  EXPECT_EQ(chosen({mode("yuyv", kHd, 0), mode("yuyv", kVga, 30)}, {kHd, 30}).size, kHd);
}

TEST(ChooseMode, AnExactSizeIsNotBlamedForItsDetail) {
  const auto choice = choose_mode(usual_webcam(), {kHd, 30, kVga});
  ASSERT_TRUE(choice);
  EXPECT_THAT(choice->why, testing::Not(HasSubstr("nearer")));
}

}  // namespace
}  // namespace scrim
