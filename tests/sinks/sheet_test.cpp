#include "sinks/sheet.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "image/convert.h"
#include "media/picture.h"

namespace scrim {
namespace {

struct Showing {
  Size size{96, 54};
  Image camera{size}, picture{size};
  Matte matte{size};
  // Of this test alone: others may run at the same time.
  std::string path =
      testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name() + ".png";

  Showing() {
    std::filesystem::remove(path);
    fill(camera.view(), Yuv{60, 128, 128});
    fill(picture.view(), Yuv{180, 128, 128});
    fill(matte.view(), 255);
  }
  Shot at(double seconds) {
    return {std::as_const(camera).view(), std::as_const(picture).view(),
            std::as_const(matte).view(), at_seconds(seconds)};
  }
};

TEST(Sheet, HasARowForEachMomentWithInputMatteAndOutput) {
  Showing showing;
  SheetSink sheet(showing.path, showing.size, 4, 1.0);
  for (int i = 0; i < 75; ++i) ASSERT_TRUE(sheet.write(showing.at(i / 30.0)));
  EXPECT_FALSE(std::filesystem::exists(showing.path)) << "not before it is whole";
  ASSERT_TRUE(sheet.close());
  const auto loaded = load_picture(showing.path);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->size(), (Size{3 * 480, 3 * 270})) << "0, 1 and 2 seconds";
  const auto row = loaded->view().y.row(400);
  EXPECT_NEAR(row[240], 60, 1);
  EXPECT_NEAR(row[720], 235, 1);
  EXPECT_NEAR(row[1200], 180, 1);
  std::filesystem::remove(showing.path);
}

TEST(Sheet, TakesNoMoreRowsThanAsked) {
  Showing showing;
  SheetSink sheet(showing.path, showing.size, 2, 0.1);
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(sheet.write(showing.at(i / 30.0)));
  ASSERT_TRUE(sheet.close());
  EXPECT_EQ(load_picture(showing.path)->size().height, 2 * 270);
  std::filesystem::remove(showing.path);
}

TEST(Sheet, OnlyCallsItselfPng) {
  const auto opened = open_sink(*parse_spec("sheet:sheet.jpg"), {.size = {96, 54}});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kRequest);
}

}  // namespace
}  // namespace scrim
