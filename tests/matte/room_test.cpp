#include "matte/room.h"

#include <gtest/gtest.h>

#include <random>

namespace scrim {
namespace {

constexpr Size kGrid{64, 48};
constexpr Rect kHand{20, 12, 16, 16};

/// A camera that shows a noisy room to a matte; the grid is of the picture's size.
class View {
 public:
  int wall = 120;  // its luma; towards the right it is brighter
  int pan = 0;     // samples that the camera turned by
  bool furnished = false;
  bool hand = false;  // a person's, over kHand
  int hand_luma = 60;
  Rect seen = whole(kGrid);  // by the network

  /// Shows a picture with `matte` as the network has it; what becomes of it at a place.
  int show(std::uint8_t matte_of_hand, int x, int y) {
    Image picture(kGrid);
    fill(picture.view().u, 128);
    fill(picture.view().v, 128);
    for (int row = 0; row < kGrid.height; ++row)
      for (int column = 0; column < kGrid.width; ++column)
        picture.view().y.row(row)[column] = luma(column + pan);
    PlaneBuffer matte(kGrid);
    fill(matte.view(), 0);
    fill(matte.view().crop(kHand), matte_of_hand);
    if (hand) fill(picture.view().y.crop(kHand), static_cast<std::uint8_t>(hand_luma));
    room_.correct(picture.view(), picture.view().y, matte.view());
    const int left = matte.view().row(y)[x];
    room_.learn(matte.view(), seen);
    return left;
  }
  int show(std::uint8_t matte_of_hand) { return show(matte_of_hand, 28, 20); }
  void learn() {
    for (int i = 0; i < 20; ++i) show(0);
  }
  void forget() { room_.forget(); }

 private:
  std::uint8_t luma(int x) {
    const int stripe = furnished && x / 4 % 2 == 0 ? 60 : 0;
    return static_cast<std::uint8_t>(wall + x / 2 + stripe + noise_(random_));
  }

  Room room_;
  std::minstd_rand random_{1};
  std::uniform_int_distribution<int> noise_{-2, 2};
};

TEST(Room, LeavesAloneWhatItNeverSaw) {
  View view;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(view.show(200), 200);
}

TEST(Room, TakesOutWhatLooksLikeIt) {
  View view;
  view.learn();
  EXPECT_EQ(view.show(200), 0);
}

TEST(Room, IsSureOfWhatLooksOther) {
  View view;
  view.learn();
  view.hand = true;
  EXPECT_EQ(view.show(100), 255);
}

TEST(Room, MakesNoPersonOfAMovedChair) {
  View view;
  view.learn();
  view.hand = true;
  EXPECT_EQ(view.show(30), 30);
}

TEST(Room, LearnsNothingOfAPerson) {
  View view;
  view.learn();
  view.hand = true;
  for (int i = 0; i < 100; ++i) view.show(200);
  EXPECT_EQ(view.show(200), 255);
}

TEST(Room, TakesOutALightThatChanges) {
  View view;
  view.learn();
  view.wall += 12;
  EXPECT_EQ(view.show(200), 0);
  view.hand = true;
  EXPECT_EQ(view.show(100), 255);
}

TEST(Room, ForgetsWhenTheCameraMoves) {
  View view;
  view.furnished = true;
  view.learn();
  EXPECT_EQ(view.show(200), 0);
  view.pan = 4;
  EXPECT_EQ(view.show(200), 200) << "another view tells nothing";
  for (int i = 0; i < 3; ++i) view.show(0);
  EXPECT_EQ(view.show(200), 0) << "and is learnt in turn";
}

TEST(Room, FollowsTheLightBehindAPersonToo) {
  View view;
  view.learn();
  view.hand = true;
  view.wall += 12;
  for (int i = 0; i < 60; ++i) view.show(255);
  view.hand = false;
  EXPECT_EQ(view.show(200), 0);
}

TEST(Room, GivesWayToANetworkThatInsists) {
  View view;
  view.hand = true;
  constexpr int kMissed = 5;
  for (int i = 0; i < kMissed; ++i) view.show(0);
  for (int i = 0; i < 2 * kMissed; ++i)
    EXPECT_EQ(view.show(255), 0) << "taken for a part of the room";
  EXPECT_EQ(view.show(255), 255);
}

TEST(Room, LearnsNothingWhereTheNetworkDidNotLook) {
  View view;
  view.seen = {0, 0, kHand.x, kGrid.height};
  view.learn();
  EXPECT_EQ(view.show(255), 255);
}

TEST(Room, ForgetsWhenTold) {
  View view;
  view.learn();
  view.forget();
  EXPECT_EQ(view.show(200), 200);
}

}  // namespace
}  // namespace scrim
