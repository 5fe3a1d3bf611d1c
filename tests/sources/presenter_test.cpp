#include "sources/presenter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "image/convert.h"
#include "sources/presenter_pose.h"
#include "sources/source.h"
#include "support/planes.h"

namespace scrim {
namespace {

constexpr Size kSize{322, 181};
constexpr double kWaving = 7.9, kGone = 14;

/// A presenter with one picture and matte to draw into.
struct Stand {
  Presenter presenter;
  Image picture;
  Matte matte;

  explicit Stand(PresenterOptions options = {}, Size size = kSize)
      : presenter(size, options), picture(size), matte(size) {}
  void draw(double seconds) { presenter.draw(seconds, picture.view(), matte.view()); }
};

int difference(const Stand& a, const Stand& b) {
  return std::max(largest_difference(a.picture.view(), b.picture.view()),
                  largest_difference(a.matte.view(), b.matte.view()));
}

double covered(ConstPlane matte) {
  double sum = 0;
  for (int y = 0; y < matte.height; ++y)
    for (int x = 0; x < matte.width; ++x) sum += matte.row(y)[x];
  return sum / 255 / matte.width / matte.height;
}

/// The highest coverage among the pixels that share the chroma sample of (x, y).
int shared(ConstPlane matte, int x, int y) {
  int highest = 0;
  for (int row = y & ~1; row <= std::min(y | 1, matte.height - 1); ++row)
    for (int column = x & ~1; column <= std::min(x | 1, matte.width - 1); ++column)
      highest = std::max<int>(highest, matte.row(row)[column]);
  return highest;
}

TEST(Presenter, TheSameMomentIsTheSamePictureWhateverWasDrawnBefore) {
  Stand one, other;
  other.draw(3.3);
  for (double seconds : {0.0, 4.7, kWaving, 12.2}) {
    one.draw(seconds);
    other.draw(seconds);
    EXPECT_EQ(difference(one, other), 0) << seconds;
  }
}

TEST(Presenter, MomentsAndSeedsDiffer) {
  Stand one, later, other({.seed = 2});
  one.draw(1);
  later.draw(2);
  other.draw(1);
  EXPECT_GT(difference(one, later), 50);
  EXPECT_GT(difference(one, other), 50);
}

TEST(Presenter, TheMatteCoversThePersonAndNothingElse) {
  Stand stand;
  stand.draw(0);
  const ConstPlane matte = stand.matte.view();
  EXPECT_GT(covered(matte), 0.2);
  EXPECT_LT(covered(matte), 0.3);
  EXPECT_EQ(matte.row(0)[0], 0);
  EXPECT_EQ(matte.row(0)[kSize.width - 1], 0);
  EXPECT_EQ(matte.row(kSize.height / 2)[kSize.width / 2], 255);
  EXPECT_EQ(matte.row(kSize.height - 1)[kSize.width / 2], 255);
}

TEST(Presenter, ThePictureIsTheRoomWhereTheMatteIsClear) {
  Stand with, without({.empty = true});
  for (double seconds : {1.0, kWaving, 12.4}) {
    with.draw(seconds);
    without.draw(seconds);
    const ConstImageView a = with.picture.view(), b = without.picture.view();
    double inside = 0, change = 0;
    for (int y = 0; y < kSize.height; ++y)
      for (int x = 0; x < kSize.width; ++x) {
        const int coverage = with.matte.view().row(y)[x];
        if (coverage == 0) {
          ASSERT_EQ(a.y.row(y)[x], b.y.row(y)[x]) << x << "," << y;
        }
        if (shared(with.matte.view(), x, y) == 0) {
          ASSERT_EQ(a.u.row(y / 2)[x / 2], b.u.row(y / 2)[x / 2]) << x << "," << y;
        }
        inside += coverage == 255;
        change += coverage == 255 ? std::abs(a.y.row(y)[x] - b.y.row(y)[x]) : 0;
      }
    EXPECT_GT(change, 25 * inside) << "the person stands out from the room";
  }
}

TEST(Presenter, NobodyIsThereWhenGoneOrEmpty) {
  Stand stand, empty({.empty = true});
  for (double seconds : {kGoneFrom, kGone, kGoneUntil, kGone + kCycleSeconds}) {
    stand.draw(seconds);
    empty.draw(seconds);
    EXPECT_EQ(difference(stand, empty), 0) << seconds;
    EXPECT_EQ(covered(stand.matte.view()), 0);
  }
}

TEST(Presenter, SomebodyIsThereInTheFirstTenSecondsAndWaves) {
  Stand stand({}, {160, 90});
  for (int i = 0; i < 40; ++i) {
    stand.draw(0.25 * i);
    EXPECT_GT(covered(stand.matte.view()), 0.2) << 0.25 * i;
  }
  const auto hand = [&stand](double seconds) {
    stand.draw(seconds);
    return covered(std::as_const(stand.matte).view().crop({112, 45, 20, 20}));
  };
  EXPECT_EQ(hand(0), 0);
  EXPECT_GT(hand(kWaving), 0.3);
}

TEST(Presenter, DrawsWithinPicturesOfAnySize) {
  std::vector<Size> sizes = awkward_sizes();
  sizes.insert(sizes.end(), {{16, 16}, {90, 161}, {211, 48}});
  for (const Size size : sizes) {
    GuardedImage picture(size);
    GuardedPlane matte(size);
    Presenter presenter(size, {});
    for (double seconds : {0.0, kWaving, 12.6})
      presenter.draw(seconds, picture.view(), matte.view());
    EXPECT_TRUE(picture.intact() && matte.intact()) << size.width << "x" << size.height;
  }
}

TEST(Presenter, LargerPicturesShowTheSame) {
  Stand small({}, {160, 90}), large({}, {640, 360});
  for (double seconds : {2.0, kWaving}) {
    small.draw(seconds);
    large.draw(seconds);
    EXPECT_NEAR(covered(small.matte.view()), covered(large.matte.view()), 0.002);
  }
}

TEST(Presenter, NoiseHasTheAskedStrengthAndChangesWithTime) {
  Stand clean({.empty = true, .noise = 0}), noisy({.empty = true, .noise = 4});
  clean.draw(1);
  noisy.draw(1);
  double squares = 0;
  for (int y = 0; y < kSize.height; ++y)
    for (int x = 0; x < kSize.width; ++x) {
      const double d = noisy.picture.view().y.row(y)[x] - clean.picture.view().y.row(y)[x];
      squares += d * d;
    }
  EXPECT_NEAR(std::sqrt(squares / kSize.width / kSize.height), 4, 0.2);
  Stand later({.empty = true, .noise = 4});
  later.draw(1.04);
  EXPECT_GT(difference(noisy, later), 8);
  clean.draw(2);
  Stand still({.empty = true, .noise = 0});
  still.draw(1);
  EXPECT_EQ(difference(clean, still), 0);
}

TEST(Presenter, StrongNoiseStaysWithinLimitedRange) {
  Stand stand({.noise = 20});
  stand.draw(5);
  const ConstImageView picture = stand.picture.view();
  for (int y = 0; y < kSize.height; ++y)
    for (int x = 0; x < kSize.width; ++x) {
      ASSERT_GE(picture.y.row(y)[x], 16);
      ASSERT_LE(picture.y.row(y)[x], 235);
    }
}

TEST(Presenter, EverySeedHasARoomAndAPerson) {
  for (int seed : {0, 5, 6, 7, 13, 999999}) {
    Stand stand({.seed = seed}, {160, 90});
    stand.draw(kWaving);
    EXPECT_GT(covered(stand.matte.view()), 0.15) << seed;
  }
}

std::unique_ptr<Source> opened(const std::string& spec, SourceRequest request) {
  auto source = open_source(parse_spec(spec).value(), request);
  EXPECT_TRUE(source.has_value());
  return *std::move(source);
}

TEST(PresenterSource, OfflineItShowsTheSceneFromItsBeginToItsEnd) {
  const auto source = opened("presenter?seed=3&seconds=0.5&noise=1",
                             {.size = kSize, .fps = 24, .pacing = Pacing::kOffline});
  Stand expected({.seed = 3, .noise = 1});
  Image picture(kSize);
  for (int i = 0; i < 12; ++i) {
    ASSERT_EQ(source->read(picture.view()), at_seconds(i / 24.0));
    expected.draw(i / 24.0);
    ASSERT_EQ(largest_difference(std::as_const(picture).view(), expected.picture.view()), 0) << i;
  }
  EXPECT_EQ(source->read(picture.view()).error().code, Errc::kEndOfStream);
}

TEST(PresenterSource, HasASizeOfItsOwnAndTakesTheRequested) {
  EXPECT_EQ(opened("presenter", {})->size(), (Size{1280, 720}));
  const auto source = opened("presenter?empty=1", {.size = Size{99, 77}, .fps = 15});
  EXPECT_EQ(source->size(), (Size{99, 77}));
  EXPECT_EQ(source->fps(), 15);
}

TEST(PresenterSource, RefusesWhatItDoesNotKnow) {
  for (const char* spec : {"presenter?seed=x", "presenter?noise=21", "presenter?hat=1",
                           "presenter:anna", "presentor"}) {
    const auto source = open_source(parse_spec(spec).value(), {});
    ASSERT_FALSE(source.has_value()) << spec;
    EXPECT_EQ(source.error().code, Errc::kRequest) << spec;
  }
}

}  // namespace
}  // namespace scrim
