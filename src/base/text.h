// Reading and writing the small values that stand in options: sizes, colours, times.
// Reentrant; errors are kRequest and name what was expected.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace scrim {

/// "0.75" -> .75; finite, nothing around it.
Expected<double> parse_number(std::string_view text);

/// "1280x720" -> {1280, 720}; both sides 1..16384.
Expected<std::array<int, 2>> parse_dimensions(std::string_view text);

/// "00b140", "#00b140", or one of a few names -> {red, green, blue}.
Expected<std::array<std::uint8_t, 3>> parse_colour(std::string_view text);

/// Seconds; no stream is longer, and clock arithmetic stays far from its limits.
constexpr double kLongestTime = 1e6;

/// "90", "1.5", "1:30", "1:02:03.5" -> seconds from 0 to kLongestTime; after a colon below 60.
Expected<double> parse_time(std::string_view text);

}  // namespace scrim
