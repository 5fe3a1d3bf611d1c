#include "devices/controls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scrim {
namespace {

using testing::HasSubstr;

const std::vector<Control> kWebcam = {
    {"brightness", 1, 0, 255, 1, 128, 128, {}},
    {"zoom_absolute", 2, 100, 500, 10, 100, 100, {}},
    {"autogain", 3, 0, 1, 1, 1, 1, {}},
    {"auto_exposure", 4, 0, 3, 1, 3, 3, {{1, "Manual Mode"}, {3, "Aperture Priority Mode"}}},
};

std::int64_t value_of(std::string_view name, std::string_view text) {
  return parse_control_value(*find_control(kWebcam, name), text).value_or(-999);
}

std::string refusal_of(std::string_view name, std::string_view text) {
  const auto value = parse_control_value(*find_control(kWebcam, name), text);
  return value ? "" : value.error().what;
}

TEST(Controls, NamesAreSpeltAsOtherToolsDo) {
  EXPECT_EQ(control_name("Exposure, Auto"), "exposure_auto");
  EXPECT_EQ(control_name("White Balance Temperature, Auto "), "white_balance_temperature_auto");
  EXPECT_EQ(control_name("Zoom (Absolute)"), "zoom_absolute");
  EXPECT_EQ(control_name(""), "");
}

TEST(Controls, AreFoundWhateverTheOrderOfTheirWords) {
  ASSERT_TRUE(find_control(kWebcam, "exposure_auto"));
  EXPECT_EQ(find_control(kWebcam, "exposure_auto")->id, 4u);
  EXPECT_EQ(find_control(kWebcam, "auto_exposure")->id, 4u);
  EXPECT_FALSE(find_control(kWebcam, "exposure"));
  EXPECT_FALSE(find_control(kWebcam, ""));
}

TEST(Controls, ValuesAreNumbersSwitchesAndNamesOfChoices) {
  EXPECT_EQ(value_of("brightness", "140"), 140);
  EXPECT_EQ(value_of("zoom_absolute", "250"), 250);
  EXPECT_EQ(value_of("autogain", "off"), 0);
  EXPECT_EQ(value_of("autogain", "1"), 1);
  EXPECT_EQ(value_of("exposure_auto", "1"), 1);
  EXPECT_EQ(value_of("exposure_auto", "aperture priority mode"), 3);
}

TEST(Controls, OtherValuesAreRefusedWithWhatTheyMayBe) {
  EXPECT_THAT(refusal_of("brightness", "256"), HasSubstr("from 0 to 255"));
  EXPECT_THAT(refusal_of("brightness", "-1"), HasSubstr("brightness=-1"));
  EXPECT_THAT(refusal_of("brightness", "1.5"), HasSubstr("whole"));
  EXPECT_THAT(refusal_of("brightness", "on"), HasSubstr("whole"));
  EXPECT_THAT(refusal_of("zoom_absolute", "105"), HasSubstr("steps of 10"));
  EXPECT_THAT(refusal_of("auto_exposure", "2"), HasSubstr("1 (Manual Mode), 3"));
}

}  // namespace
}  // namespace scrim
