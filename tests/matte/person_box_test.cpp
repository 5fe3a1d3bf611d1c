#include "matte/person_box.h"

#include <gtest/gtest.h>

#include <cmath>

namespace scrim {
namespace {

constexpr Size kGrid{320, 180};

Matte matte_with(std::initializer_list<Rect> people) {
  Matte matte(kGrid);
  fill(matte.view(), 0);
  for (const Rect& person : people) fill(matte.view().crop(person), 255);
  return matte;
}

Rect after(std::initializer_list<Rect> people) {
  PersonBox box;
  box.reset(kGrid);
  box.follow(matte_with(people).view());
  return box.box();
}

bool contains(Rect outer, Rect inner) {
  return outer.x <= inner.x && outer.y <= inner.y &&
         outer.x + outer.width >= inner.x + inner.width &&
         outer.y + outer.height >= inner.y + inner.height;
}

TEST(PersonBox, LooksEverywhereAtFirstAndWhenNobodyIsThere) {
  EXPECT_EQ(after({}), whole(kGrid));
}

TEST(PersonBox, SurroundsThePersonWithAMarginAndIsSquareWhereItCan) {
  const Rect person{140, 60, 60, 120};
  const Rect box = after({person});
  EXPECT_TRUE(contains(box, person));
  EXPECT_LT(box.width, 180);
  EXPECT_EQ(box.width, box.height);
}

TEST(PersonBox, StaysInsideThePicture) {
  for (const Rect person : {Rect{0, 0, 50, 90}, Rect{270, 90, 50, 90}, Rect{0, 40, 320, 140}}) {
    const Rect box = after({person});
    EXPECT_TRUE(contains(whole(kGrid), box));
    EXPECT_TRUE(contains(box, person));
  }
}

TEST(PersonBox, SpecksDoNotWidenIt) {
  const Rect person{140, 60, 60, 120};
  EXPECT_EQ(after({person, {2, 2, 2, 2}, {310, 3, 3, 2}}), after({person}));
}

TEST(PersonBox, StandsStillWhileThePersonMovesLittle) {
  PersonBox box;
  box.reset(kGrid);
  box.follow(matte_with({{140, 60, 60, 120}}).view());
  const Rect before = box.box();
  box.follow(matte_with({{144, 60, 60, 120}}).view());
  EXPECT_EQ(box.box(), before);
  box.follow(matte_with({{200, 60, 60, 120}}).view());
  EXPECT_NE(box.box(), before);
}

TEST(PersonBox, ASurveyIsDueNowAndThenAndIncludesWhoCameIn) {
  PersonBox box;
  box.reset(kGrid);
  int surveys = 0;
  for (int i = 0; i < 90; ++i) {
    box.follow(matte_with({{40, 60, 50, 120}}).view());
    surveys += box.survey_due();
  }
  EXPECT_EQ(surveys, 3);
  const Rect newcomer{270, 80, 40, 100};
  EXPECT_FALSE(contains(box.box(), newcomer));
  box.include(matte_with({newcomer}).view());
  EXPECT_TRUE(contains(box.box(), newcomer));
}

}  // namespace
}  // namespace scrim
