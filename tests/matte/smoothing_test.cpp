#include "matte/smoothing.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

constexpr Size kGrid{32, 32};

/// Shows a flat picture of `luma` with a flat matte, one after the other.
struct Film {
  Smoothing smoothing;
  Motion motion;

  explicit Film(double strength) : smoothing(strength) {}
  int show(int luma, int matte) {
    PlaneBuffer picture(kGrid), alpha(kGrid);
    fill(picture.view(), static_cast<std::uint8_t>(luma));
    // The median of all is taken for noise, so the upper part stands still.
    fill(picture.view().crop({0, 0, 32, 24}), 50);
    fill(alpha.view(), static_cast<std::uint8_t>(matte));
    motion.see(std::as_const(picture).view());
    smoothing.apply(motion, alpha.view());
    return alpha.view().row(30)[16];
  }
};

TEST(Smoothing, OffLeavesTheMatteAlone) {
  Film film(0);
  film.show(100, 0);
  EXPECT_EQ(film.show(100, 130), 130);
}

TEST(Smoothing, HoldsFlickerWhereNothingMoves) {
  Film film(0.8);
  EXPECT_EQ(film.show(100, 100), 100) << "the first stands as it is";
  EXPECT_NEAR(film.show(100, 150), 110, 1);
}

TEST(Smoothing, FollowsAtOnceWhereSomethingMoves) {
  Film film(0.8);
  film.show(100, 0);
  EXPECT_EQ(film.show(140, 130), 130);
}

TEST(Smoothing, BelievesWhatIsSure) {
  Film film(0.8);
  film.show(100, 0);
  EXPECT_NEAR(film.show(100, 255), 153, 1);
}

TEST(Smoothing, AlwaysArrives) {
  Film film(1);
  int value = film.show(100, 140);
  for (int i = 0; i < 40; ++i) value = film.show(100, 120);
  EXPECT_EQ(value, 120);
}

TEST(Smoothing, ForgetsWhenTold) {
  Film film(1);
  film.show(100, 0);
  film.smoothing.reset();
  EXPECT_EQ(film.show(100, 140), 140);
}

}  // namespace
}  // namespace scrim
