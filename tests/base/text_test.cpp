#include "base/text.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

TEST(ParseDimensions, ReadsWidthAndHeight) {
  EXPECT_EQ(parse_dimensions("1280x720"), (std::array{1280, 720}));
  EXPECT_EQ(parse_dimensions("1x16384"), (std::array{1, 16384}));
}

TEST(ParseDimensions, RefusesAllElse) {
  for (const char* text :
       {"", "x", "1280", "1280x", "x720", "0x720", "1280x0", "-1x720", "1280X720", "1280x720x",
        "1280 x 720", "16385x1", "1x16385", "99999999999x1", "+1x1", "1.5x2", "0x10x10"}) {
    const auto size = parse_dimensions(text);
    ASSERT_FALSE(size) << text;
    EXPECT_EQ(size.error().code, Errc::kRequest);
    EXPECT_NE(size.error().what.find("WIDTHxHEIGHT"), std::string::npos);
  }
}

using Rgb = std::array<std::uint8_t, 3>;

TEST(ParseColour, ReadsDigitsAndNames) {
  EXPECT_EQ(parse_colour("00b140"), (Rgb{0x00, 0xb1, 0x40}));
  EXPECT_EQ(parse_colour("#00B140"), (Rgb{0x00, 0xb1, 0x40}));
  EXPECT_EQ(parse_colour("white"), (Rgb{255, 255, 255}));
  EXPECT_EQ(parse_colour("green"), parse_colour("00b140").value());
}

TEST(ParseColour, RefusesAllElse) {
  for (const char* text : {"", "#", "fff", "#fff", "00b14", "00b1400", "00b14g", "##0b140",
                           "-0b140", "0x00b1", "mauve", "#white", "00b140 ", " 00b14"}) {
    const auto colour = parse_colour(text);
    ASSERT_FALSE(colour) << text;
    EXPECT_EQ(colour.error().code, Errc::kRequest);
  }
}

TEST(ParseTime, ReadsSecondsAndClockTimes) {
  EXPECT_EQ(parse_time("90"), 90);
  EXPECT_EQ(parse_time("0"), 0);
  EXPECT_EQ(parse_time("1.5"), 1.5);
  EXPECT_EQ(parse_time("1:30"), 90);
  EXPECT_EQ(parse_time("1:02:03.5"), 3723.5);
  EXPECT_EQ(parse_time("1000000:00:00"), kLongestTime) << "there is nothing beyond";
}

TEST(ParseTime, RefusesAllElse) {
  for (const char* text : {"", ":", "1:", ":1", "-1", "-0", "1:-2", "nan", "inf", "1e999",
                           "1:2:3:4", "1.5:00", "1:60", "1:60:00", "90s", "1 30", "0x10", "1::2"}) {
    const auto time = parse_time(text);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error().code, Errc::kRequest);
  }
}

}  // namespace
}  // namespace scrim
