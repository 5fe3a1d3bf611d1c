#include "matte/edge_colour.h"

#include <gtest/gtest.h>

#include <cmath>

#include "image/convert.h"
#include "image/kernels.h"
#include "image/scale.h"
#include "support/planes.h"

namespace scrim {
namespace {

constexpr Yuv kPerson{90, 110, 150}, kRoom{190, 170, 90}, kNew{40, 90, 120};

/// A person at the right whose matte rises over `soft` pixels from the middle on, before a room.
struct Portrait {
  Image camera, person, room, background;
  Matte matte;

  explicit Portrait(Size size, int soft = 24)
      : camera(size), person(size), room(size), background(size), matte(size) {
    fill(person.view(), kPerson);
    fill(room.view(), kRoom);
    fill(background.view(), kNew);
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        matte.view().row(y)[x] =
            static_cast<std::uint8_t>(std::clamp((x - size.width / 2) * 255 / soft, 0, 255));
    blend(std::as_const(person).view(), std::as_const(room).view(), std::as_const(matte).view(),
          camera.view());
  }
  EdgeColour looked() {
    EdgeColour colour(camera.size());
    colour.look(camera.view(), matte.view());
    return colour;
  }
};

int largest_difference(ConstPlane a, ConstPlane b, ConstPlane where) {
  int largest = 0;
  const int factor = where.width / a.width;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x)
      if (where.row(y * factor)[x * factor] > 30)
        largest = std::max(largest, std::abs(a.row(y)[x] - b.row(y)[x]));
  return largest;
}

TEST(EdgeColour, TakesTheRoomOutOfTheSoftBand) {
  Portrait portrait({640, 360});
  Image person({640, 360});
  copy(std::as_const(portrait.camera).view(), person.view());
  ASSERT_GT(largest_difference(person.view().y, portrait.person.view().y, portrait.matte.view()),
            60);
  portrait.looked().clean(portrait.camera.view(), portrait.matte.view(), person.view());
  EXPECT_LE(largest_difference(person.view().y, portrait.person.view().y, portrait.matte.view()),
            6);
  EXPECT_LE(largest_difference(person.view().u, portrait.person.view().u, portrait.matte.view()),
            6);
  EXPECT_LE(largest_difference(person.view().v, portrait.person.view().v, portrait.matte.view()),
            6);
}

TEST(EdgeColour, BlendedIsAsIfTheCleanPersonHadBeenBlended) {
  Portrait portrait({640, 360});
  const EdgeColour colour = portrait.looked();
  Image blended({640, 360}), clean({640, 360}), expected({640, 360});
  blend(std::as_const(portrait.camera).view(), std::as_const(portrait.background).view(),
        portrait.matte.view(), blended.view());
  colour.clean_blended(portrait.camera.view(), portrait.matte.view(), blended.view());
  copy(std::as_const(portrait.camera).view(), clean.view());
  colour.clean(portrait.camera.view(), portrait.matte.view(), clean.view());
  blend(std::as_const(clean).view(), std::as_const(portrait.background).view(),
        portrait.matte.view(), expected.view());
  for (int x = 0; x < 640; ++x)
    ASSERT_NEAR(blended.view().y.row(100)[x], expected.view().y.row(100)[x], 1);
}

TEST(EdgeColour, LeavesWhatIsSureAsItIs) {
  Portrait portrait({640, 360}, 1);
  fill_with_noise(portrait.camera.view().y, 3);
  Image person({640, 360});
  copy(std::as_const(portrait.camera).view(), person.view());
  portrait.looked().clean(portrait.camera.view(), portrait.matte.view(), person.view());
  for (int y = 0; y < 360; ++y)
    for (int x = 0; x < 640; ++x)
      ASSERT_EQ(person.view().y.row(y)[x], portrait.camera.view().y.row(y)[x]);
}

TEST(EdgeColour, AnySizeAnyMatte) {
  for (Size size : awkward_sizes()) {
    Portrait portrait(size, 3);
    fill_with_noise(portrait.matte.view(), 5);
    fill_with_noise(portrait.camera.view().y, 6);
    Image person(size);
    copy(std::as_const(portrait.camera).view(), person.view());
    portrait.looked().clean(portrait.camera.view(), portrait.matte.view(), person.view());
  }
}

}  // namespace
}  // namespace scrim
