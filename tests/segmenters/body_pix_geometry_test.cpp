// Figures from the library's own functions: toInputResolutionHeightAndWidth, padAndResizeTo.
#include "segmenters/body_pix_geometry.h"

#include <gtest/gtest.h>

#include <tuple>

namespace scrim {
namespace {

TEST(BodyPixGeometry, NamesAndNumbersAreResolutions) {
  EXPECT_EQ(body_pix_resolution("low"), 0.25);
  EXPECT_EQ(body_pix_resolution("medium"), 0.5);
  EXPECT_EQ(body_pix_resolution("high"), 0.75);
  EXPECT_EQ(body_pix_resolution("full"), 1);
  EXPECT_EQ(body_pix_resolution("0.1"), 0.1);
  EXPECT_EQ(body_pix_resolution("2"), 2);
  for (const char* wrong : {"", "middle", "0.09", "2.01", "-1", "nan", "0.5x", " 0.5"})
    EXPECT_EQ(body_pix_resolution(wrong), std::nullopt) << wrong;
}

TEST(BodyPixGeometry, InputsAreMultiplesOfTheStrideAndOne) {
  EXPECT_EQ(body_pix_input({1280, 720}, 0.5, 16), (Size{641, 353}));
  EXPECT_EQ(body_pix_input({1280, 720}, 0.75, 8), (Size{961, 537}));
  EXPECT_EQ(body_pix_input({600, 800}, 0.5, 16), (Size{289, 401}));
  EXPECT_EQ(body_pix_input({641, 353}, 1, 32), (Size{641, 353}));  // valid as it is
  EXPECT_EQ(body_pix_input({7, 1}, 0.1, 16), (Size{1, 1}));
}

TEST(BodyPixGeometry, PaddingGivesTheAspectOfTheInput) {
  const auto padding = [](Size picture, Size input) {
    const BodyPixPadding made = body_pix_padding(picture, input);
    return std::pair(made.vertical, made.horizontal);
  };
  EXPECT_EQ(padding({1280, 720}, {641, 353}), std::pair(0, 14));
  EXPECT_EQ(padding({600, 800}, {289, 401}), std::pair(16, 0));
  EXPECT_EQ(padding({641, 353}, {641, 353}), std::pair(0, 0));
  EXPECT_EQ(padding({1000, 10}, {497, 1}), std::pair(0, 1985));
}

std::tuple<int, int, float> parts(const Lerp& lerp) {
  return {lerp.low, lerp.high, lerp.part};
}

TEST(BodyPixGeometry, InputsBeginAtTheCornerOfThePaddedPicture) {
  std::vector<Lerp> places;
  place_in_picture(4, 1, 4, places);  // of -, 0, 1, 2, 3, -: every 1.5
  ASSERT_EQ(places.size(), 4u);
  EXPECT_EQ(parts(places[0]), std::tuple(-1, 0, 0.0f));
  EXPECT_EQ(parts(places[1]), std::tuple(0, 1, 0.5f));
  EXPECT_EQ(parts(places[2]), std::tuple(2, 3, 0.0f));
  EXPECT_EQ(parts(places[3]), std::tuple(3, -1, 0.5f));
}

TEST(BodyPixGeometry, MattesLieWithinThePaddingCornersOnCorners) {
  std::vector<Lerp> places;
  place_in_input(3, 5, 0, 5, places);
  EXPECT_EQ(parts(places[0]), std::tuple(0, 1, 0.0f));
  EXPECT_EQ(parts(places[1]), std::tuple(0, 1, 0.5f));
  EXPECT_EQ(parts(places[4]), std::tuple(2, 2, 0.0f));
  place_in_input(9, 3, 1, 3, places);  // 5 samples with their padding over 9
  EXPECT_EQ(parts(places[0]), std::tuple(2, 3, 0.0f));
  EXPECT_EQ(parts(places[2]), std::tuple(6, 7, 0.0f));
  place_in_input(9, 3, 1, 1, places);
  EXPECT_EQ(parts(places[0]), std::tuple(4, 5, 0.0f));
  place_in_input(1, 1, 0, 1, places);
  EXPECT_EQ(parts(places[0]), std::tuple(0, 0, 0.0f));
}

}  // namespace
}  // namespace scrim
