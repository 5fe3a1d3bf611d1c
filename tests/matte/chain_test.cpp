// The chain as a whole: what settings do to an edge whose place is known, and what sizes, motion
// and an empty room do to it. The person is bright, and a segmenter finds what is bright.
#include <gtest/gtest.h>

#include <cmath>

#include "matte/matting.h"
#include "sources/presenter.h"
#include "support/fakes.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;

/// Sees bright places, on a network's small grid.
class SeesBright : public Segmenter {
 public:
  Size matte_size(Size) const override { return {256, 256}; }
  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    for (int y = 0; y < out.height; ++y) {
      const std::uint8_t* row = picture.y.row(region.y + region.height * (2 * y + 1) / 512);
      for (int x = 0; x < out.width; ++x)
        out.row(y)[x] = row[region.x + region.width * (2 * x + 1) / 512] > 128 ? 255 : 0;
    }
    return {};
  }
};

/// Where a person of `share` of the picture's width begins and ends; they stand on its lower edge.
struct Place {
  int left, right, top;
};
Place place(Size size, double from, double share) {
  return {static_cast<int>(from * size.width), static_cast<int>((from + share) * size.width),
          size.height / 4};
}

void draw_person(const Place& at, ImageView picture) {
  fill(picture, Yuv{40, 140, 120});
  const auto box = [&](Plane plane, int unit) {
    return plane.crop(
        {at.left / unit, at.top / unit, (at.right - at.left) / unit, plane.height - at.top / unit});
  };
  fill(box(picture.y, 1), 200);
  fill(box(picture.u, 2), 100);
  fill(box(picture.v, 2), 150);
}

struct Stage {
  Image picture;
  Matte out;
  SeesBright segmenter;
  Matting matting;
  int seen = 0;

  Stage(Size size, MatteSettings settings) : picture(size), out(size), matting(settings) {}
  void see(const Place& at) {
    draw_person(at, picture.view());
    ASSERT_TRUE(
        matting.make(std::as_const(picture).view(), kStart + seen++ * 33ms, segmenter, out.view()));
  }
  /// The middle row, well within the person.
  const std::uint8_t* row() { return out.view().row(out.size().height * 5 / 8); }
  /// The first column that is more person than not.
  int left() {
    int x = 0;
    while (x < out.size().width && row()[x] < 128) ++x;
    return x;
  }
  int right() {
    int x = out.size().width;
    while (x > 0 && row()[x - 1] < 128) --x;
    return x;
  }
  int soft() {
    int count = 0;
    for (int x = 0; x < out.size().width; ++x) count += row()[x] > 0 && row()[x] < 255;
    return count;
  }
};

constexpr Size kUsual{640, 360};

Stage settled(MatteSettings settings) {
  Stage stage(kUsual, settings);
  for (int i = 0; i < 3; ++i) stage.see(place(kUsual, 0.3, 0.4));
  return stage;
}

TEST(MatteChain, EveryEffortFindsTheEdgeAndMoreOfItLaysItSharper) {
  const Place at = place(kUsual, 0.3, 0.4);
  Stage low = settled({.effort = Effort::kLow}), normal = settled({}),
        high = settled({.effort = Effort::kHigh});
  for (Stage* stage : {&low, &normal, &high}) {
    EXPECT_NEAR(stage->left(), at.left, 3);
    EXPECT_NEAR(stage->right(), at.right, 3);
  }
  for (Stage* stage : {&normal, &high}) {
    EXPECT_NEAR(stage->left(), at.left, 1);
    EXPECT_NEAR(stage->right(), at.right, 1);
    EXPECT_LE(stage->soft(), low.soft());
  }
}

TEST(MatteChain, WithoutEdgesTheNetworksOwnIsShown) {
  Stage off = settled({.edges = false}), low = settled({.effort = Effort::kLow});
  EXPECT_TRUE(std::equal(off.row(), off.row() + kUsual.width, low.row()));
}

TEST(MatteChain, ThresholdLeavesNothingSoft) {
  Stage hard = settled({.threshold = 0.5});
  EXPECT_EQ(hard.soft(), 0);
  EXPECT_GT(hard.right(), hard.left());
}

TEST(MatteChain, DilateAndErodeMoveTheEdgeByPixels) {
  Stage plain = settled({.threshold = 0.5});
  Stage wide = settled({.threshold = 0.5, .dilate = 6}),
        narrow = settled({.threshold = 0.5, .erode = 4});
  EXPECT_EQ(wide.left(), plain.left() - 6);
  EXPECT_EQ(wide.right(), plain.right() + 6);
  EXPECT_EQ(narrow.left(), plain.left() + 4);
  EXPECT_EQ(narrow.right(), plain.right() - 4);
}

TEST(MatteChain, BlurSoftensAndLeavesTheEdgeWhereItWas) {
  Stage plain = settled({.threshold = 0.5}), soft = settled({.threshold = 0.5, .blur = 5});
  EXPECT_GE(soft.soft(), 2 * 8);
  EXPECT_NEAR(soft.left(), plain.left(), 1);
}

TEST(MatteChain, AMovingPersonsEdgeDoesNotLagBehind) {
  const Size size{1280, 720};
  Stage stage(size, {.smooth = 0.8});
  for (int i = 0; i < 18; ++i) {
    const Place at{100 + 40 * i, 400 + 40 * i, 180};
    stage.see(at);
    EXPECT_NEAR(stage.left(), at.left, 2) << "picture " << i;
    EXPECT_NEAR(stage.right(), at.right, 2) << "picture " << i;
  }
}

TEST(MatteChain, SizesFromTinyToFourKHoldThePerson) {
  for (const Size size : {Size{160, 120}, Size{321, 181}, Size{180, 320}, Size{721, 1281},
                          Size{640, 31}, Size{3840, 2160}}) {
    Stage stage(size, {});
    const Place at = place(size, 0.3, 0.4);
    for (int i = 0; i < 2; ++i) stage.see(at);
    EXPECT_NEAR(stage.left(), at.left, 1 + size.width / 320) << size.width;
    EXPECT_NEAR(stage.right(), at.right, 1 + size.width / 320) << size.width;
  }
}

TEST(MatteChain, TheSamePicturesGiveTheSameMattes) {
  for (const Effort effort : {Effort::kLow, Effort::kNormal, Effort::kHigh}) {
    Stage first(kUsual, {.effort = effort}), second(kUsual, {.effort = effort});
    for (int i = 0; i < 4; ++i) {
      const Place at = place(kUsual, 0.2 + 0.05 * i, 0.4);
      first.see(at);
      second.see(at);
      for (int y = 0; y < kUsual.height; ++y)
        ASSERT_TRUE(std::equal(first.out.view().row(y), first.out.view().row(y) + kUsual.width,
                               second.out.view().row(y)));
    }
  }
}

/// A presenter's room seen by the usual network.
struct Room {
  Image picture{kUsual};
  Matte truth{kUsual}, out{kUsual};
  Matting matting;

  double share_of(ConstPlane matte) {
    double sum = 0;
    for (int y = 0; y < matte.height; ++y)
      for (int x = 0; x < matte.width; ++x) sum += matte.row(y)[x];
    return sum / 255 / matte.width / matte.height;
  }
  void see(Presenter& who, int k, Segmenter& network) {
    who.draw(k / 30.0, picture.view(), truth.view());
    ASSERT_TRUE(
        matting.make(std::as_const(picture).view(), at_seconds(k / 30.0), network, out.view()));
  }
};

TEST(MatteChain, AnEmptyRoomStaysEmptyAndWhoeverComesIsWholeAtOnce) {
  auto network = make_segmenter({"person", "", {}});
  if (!network) GTEST_SKIP() << network.error().what;
  for (const int seed : {1, 2}) {
    Room room;
    Presenter empty(kUsual, {.seed = seed, .empty = true, .noise = 4}),
        present(kUsual, {.seed = seed, .noise = 4});
    for (int k = 0; k < 8; ++k) {
      room.see(empty, k, **network);
      EXPECT_LT(room.share_of(room.out.view()), 0.005) << "seed " << seed << ", picture " << k;
    }
    for (int k = 8; k < 11; ++k) room.see(present, k, **network);
    double both = 0, either = 0;
    for (int y = 0; y < kUsual.height; ++y)
      for (int x = 0; x < kUsual.width; ++x) {
        const bool seen = room.out.view().row(y)[x] >= 128;
        const bool there = room.truth.view().row(y)[x] >= 128;
        both += seen && there;
        either += seen || there;
      }
    EXPECT_GT(both / either, 0.95) << "seed " << seed;
  }
}

}  // namespace
}  // namespace scrim
