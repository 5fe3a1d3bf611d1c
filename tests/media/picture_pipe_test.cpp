#include "media/picture_pipe.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/unique_fd.h"
#include "image/convert.h"

namespace scrim {
namespace {

constexpr Size kMost{64, 64};

struct Pipe {
  UniqueFd out, in;
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    out = UniqueFd(ends[0]);
    in = UniqueFd(ends[1]);
  }
};

Image picture_of(Size size) {
  Image made(size);
  fill(made.view(), Yuv{77, 88, 99});
  return made;
}

TEST(PicturePipe, CarriesPicturesWithTheirTimes) {
  Pipe pipe;
  PictureGiver giver(pipe.in.get());
  const Image given = picture_of({7, 5});
  ASSERT_TRUE(giver.begin({.size = {7, 5}, .fps = 30, .seconds = 2, .still = false}));
  ASSERT_TRUE(giver.give(given.view(), 0.5));
  ASSERT_TRUE(giver.end());
  auto taker = PictureTaker::open(pipe.out.get(), kMost);
  ASSERT_TRUE(taker);
  EXPECT_EQ(taker->row().size, (Size{7, 5}));
  EXPECT_EQ(taker->row().seconds, 2);
  Image taken({7, 5});
  const auto seconds = taker->take(taken.view());
  ASSERT_TRUE(seconds);
  EXPECT_EQ(*seconds, 0.5);
  EXPECT_EQ(std::as_const(taken).view().y.row(4)[6], 77);
  EXPECT_EQ(std::as_const(taken).view().u.row(2)[3], 88);
  EXPECT_EQ(std::as_const(taken).view().v.row(2)[3], 99);
  EXPECT_EQ(taker->take(taken.view()).error().code, Errc::kEndOfStream);
}

TEST(PicturePipe, BelievesNoSize) {
  for (const Size size : {Size{65, 64}, Size{64, 65}, Size{0, 4}, Size{-1, 4}, Size{1 << 30, 4}}) {
    Pipe pipe;
    ASSERT_TRUE(PictureGiver(pipe.in.get()).begin({.size = size}));
    const auto taker = PictureTaker::open(pipe.out.get(), kMost);
    ASSERT_FALSE(taker);
    EXPECT_EQ(taker.error().what, kBrokenOff);
  }
}

TEST(PicturePipe, TellsOfFailuresInOneLine) {
  Pipe pipe;
  ASSERT_TRUE(PictureGiver(pipe.in.get()).fail_with("it is\nno picture" + std::string(9999, 'x')));
  const auto taker = PictureTaker::open(pipe.out.get(), kMost);
  ASSERT_FALSE(taker);
  EXPECT_EQ(taker.error().code, Errc::kRequest);
  EXPECT_TRUE(taker.error().what.starts_with("it is no picturexxx"));
  EXPECT_EQ(taker.error().what.size(), 500);
}

TEST(PicturePipe, WhatBreaksOffIsAnError) {
  Pipe pipe;
  PictureGiver giver(pipe.in.get());
  ASSERT_TRUE(giver.begin({.size = {8, 8}}));
  pipe.in = UniqueFd();
  auto taker = PictureTaker::open(pipe.out.get(), kMost);
  ASSERT_TRUE(taker);
  Image taken({8, 8});
  EXPECT_EQ(taker->take(taken.view()).error().what, kBrokenOff);
}

}  // namespace
}  // namespace scrim
