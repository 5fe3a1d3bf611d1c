#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "backgrounds/background.h"
#include "image/convert.h"
#include "media/picture.h"

namespace scrim {
namespace {

using testing::HasSubstr;

struct Scenery {
  Image camera, out;
  std::unique_ptr<Background> background;

  Scenery(const Spec& spec, Size size) : camera(size), out(size) {
    fill(camera.view(), Yuv{77, 99, 144});
    auto made = make_background(spec, size);
    EXPECT_TRUE(made.has_value());
    background = *std::move(made);
  }
  bool draw() { return background->draw(std::as_const(camera).view(), kStart, out.view()).value(); }
  Yuv at(int x, int y) {
    return {out.view().y.row(y)[x], out.view().u.row(y / 2)[x / 2], out.view().v.row(y / 2)[x / 2]};
  }
};

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

TEST(Scene, IsDrawnAtAnySizeAndDiffersBySeed) {
  for (const Size size : {Size{16, 16}, Size{161, 91}, Size{90, 160}})
    EXPECT_TRUE(Scenery({"scene", "", {}}, size).draw());
  Scenery one({"scene", "", {}}, {64, 36}), other({"scene", "", {{"seed", "2"}}}, {64, 36});
  one.draw();
  other.draw();
  int different = 0;
  for (int x = 0; x < 64; ++x) different += !(one.at(x, 20) == other.at(x, 20));
  EXPECT_GT(different, 10);
}

}  // namespace
}  // namespace scrim
