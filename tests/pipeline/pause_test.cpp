#include "pipeline/pause.h"

#include <gtest/gtest.h>

#include "image/convert.h"

namespace scrim {
namespace {

constexpr Size kSize{320, 180};

Composer composer_of(std::string_view background) {
  auto composer = Composer::make({.background = *parse_chain(background)}, kSize);
  EXPECT_TRUE(composer) << composer.error().what;
  return *std::move(composer);
}

int luma(const Image& picture, int x, int y) {
  return picture.view().y.row(y)[x];
}

TEST(PausePicture, IsTheBackgroundWithASignInTheMiddle) {
  Composer composer = composer_of("colour:00b140");
  const auto picture = make_pause_picture({}, composer, kSize);
  ASSERT_TRUE(picture);
  const Yuv green = rgb_to_internal({0x00, 0xb1, 0x40});
  EXPECT_EQ(luma(*picture, 5, 5), green.y);
  EXPECT_LT(luma(*picture, 160, 90), green.y) << "between the bars it is darker";
  EXPECT_GT(luma(*picture, 160 - 5, 90), green.y) << "the bars are bright";
}

TEST(PausePicture, OfARoomIsDark) {
  for (const char* background : {"room", "blur", ""}) {
    Composer composer = composer_of(background);
    const auto picture = make_pause_picture({}, composer, kSize);
    ASSERT_TRUE(picture);
    EXPECT_LT(luma(*picture, 5, 5), 60) << background;
  }
}

TEST(PausePicture, MayBeAnyBackground) {
  Composer composer = composer_of("colour:00b140");
  const auto picture = make_pause_picture(*parse_spec("colour:ffffff"), composer, kSize);
  ASSERT_TRUE(picture);
  EXPECT_EQ(luma(*picture, 160, 90), 235);
  const auto none = make_pause_picture(*parse_spec("image:/no/such.png"), composer, kSize);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::kRequest);
}

}  // namespace
}  // namespace scrim
