#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "backgrounds/scenery.h"
#include "media/picture.h"

namespace scrim {
namespace {

using testing::HasSubstr;

TEST(Colour, FillsWithTheExactColourOnce) {
  Scenery scenery({"colour", "00b140", {}}, {33, 17});
  EXPECT_TRUE(scenery.draw());
  EXPECT_EQ(scenery.at(32, 16), rgb_to_internal({0x00, 0xb1, 0x40}));
  EXPECT_FALSE(scenery.draw()) << "it still stands there";
}

TEST(Colour, RefusesWhatIsNoColour) {
  auto made = make_background({"colour", "zebra", {}}, {8, 8});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::kRequest);
  EXPECT_THAT(made.error().what, HasSubstr("zebra"));
}

TEST(Room, IsTheCamerasPicture) {
  Scenery scenery({"room", "", {}}, {33, 17});
  EXPECT_TRUE(scenery.draw());
  EXPECT_TRUE(scenery.draw());
  EXPECT_EQ(scenery.at(32, 16), (Yuv{77, 99, 144}));
}

/// A disc in the middle of a grey picture, to see whether it stays round.
std::string write_disc(Size size, int radius) {
  Image picture(size);
  fill(picture.view(), Yuv{60, 128, 128});
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      if (std::hypot(x - size.width / 2, y - size.height / 2) < radius)
        picture.view().y.row(y)[x] = 200;
  const std::string path = testing::TempDir() + "disc.png";
  EXPECT_TRUE(save_png(path, std::as_const(picture).view()));
  return path;
}

TEST(Picture, IsCutToFitAndNeverDistorted) {
  const std::string path = write_disc({600, 400}, 100);
  for (const Size size : {Size{320, 180}, Size{180, 320}, Size{101, 99}}) {
    Scenery scenery({"image", path, {}}, size);
    scenery.draw();
    int wide = 0, high = 0;
    for (int x = 0; x < size.width; ++x) wide += scenery.at(x, size.height / 2).y > 130;
    for (int y = 0; y < size.height; ++y) high += scenery.at(size.width / 2, y).y > 130;
    EXPECT_NEAR(wide, high, 2) << size.width << "x" << size.height;
    EXPECT_GT(wide, 40);
  }
  std::filesystem::remove(path);
}

TEST(Picture, ThatIsNotThereIsAWrongRequest) {
  auto made = make_background({"image", "/nonexistent.jpg", {}}, {8, 8});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::kRequest);
  EXPECT_THAT(made.error().what, HasSubstr("/nonexistent.jpg: No such file"));
}

TEST(Picture, WhoseNameIsThatOfASceneIsHinted) {
  EXPECT_THAT(refusal({"image", "studio", {}}), HasSubstr("did you mean 'scene:studio'?"));
}

TEST(Gradient, GoesFromTheFirstColourToTheLast) {
  Scenery down({"gradient", "black-white-black", {}}, {33, 65});
  EXPECT_TRUE(down.draw());
  EXPECT_NEAR(down.at(3, 0).y, 16, 6);
  EXPECT_NEAR(down.at(30, 32).y, 235, 6);
  EXPECT_NEAR(down.at(3, 64).y, 16, 6);
  EXPECT_NEAR(down.at(3, 16).y, 125, 8);
  EXPECT_FALSE(down.draw());
  Scenery left({"gradient", "black-white", {{"angle", "180"}}}, {65, 33});
  left.draw();
  EXPECT_GT(left.at(0, 16).y, 228);
  EXPECT_LT(left.at(64, 16).y, 23);
}

TEST(Gradient, NeedsTwoColours) {
  EXPECT_THAT(refusal({"gradient", "navy", {}}), HasSubstr("two colours"));
  EXPECT_THAT(refusal({"gradient", "navy-zebra", {}}), HasSubstr("zebra"));
  EXPECT_THAT(refusal({"gradient", "navy-", {}}), HasSubstr("colour"));
  EXPECT_THAT(refusal({"gradient", "navy-white", {{"angle", "400"}}}), HasSubstr("0 to 360"));
}

}  // namespace
}  // namespace scrim
