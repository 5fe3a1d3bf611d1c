#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace scrim {
namespace {

template <class Number, class... Format>
bool parse_all(std::string_view text, Number& value, Format... format) {
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value, format...);
  return !text.empty() && error == std::errc() && end == last;
}

constexpr std::pair<std::string_view, std::string_view> kColourNames[] = {
    {"black", "000000"}, {"white", "ffffff"}, {"grey", "808080"}, {"gray", "808080"},
    {"red", "ff0000"},   {"green", "00b140"}, {"blue", "0047bb"}, {"navy", "10243f"},
};

}  // namespace

Expected<double> parse_number(std::string_view text) {
  double value = 0;
  if (!parse_all(text, value) || !std::isfinite(value))
    return fail(Errc::kRequest, "'{}': expected a number", text);
  return value;
}

Expected<std::array<int, 2>> parse_dimensions(std::string_view text) {
  constexpr int kMax = 16384;
  std::array<int, 2> size{};
  const std::size_t x = text.find('x');
  if (x == text.npos || !parse_all(text.substr(0, x), size[0]) ||
      !parse_all(text.substr(x + 1), size[1]) || size[0] < 1 || size[1] < 1 || size[0] > kMax ||
      size[1] > kMax)
    return fail(Errc::kRequest, "size '{}': expected WIDTHxHEIGHT, such as 1280x720", text);
  return size;
}

Expected<std::array<std::uint8_t, 3>> parse_colour(std::string_view text) {
  std::string_view digits = text.starts_with('#') ? text.substr(1) : text;
  for (const auto& [name, value] : kColourNames)
    if (text == name) digits = value;
  unsigned rgb = 0;
  if (digits.size() != 6 || !parse_all(digits, rgb, 16))
    return fail(Errc::kRequest, "colour '{}': expected six hexadecimal digits, such as 00b140",
                text);
  return std::array{static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
                    static_cast<std::uint8_t>(rgb)};
}

Expected<double> parse_time(std::string_view text) {
  double total = 0;
  int fields = 0;
  for (std::string_view rest = text;;) {
    const std::size_t colon = rest.find(':');
    const bool last = colon == rest.npos;
    double part = 0;
    if (!parse_all(rest.substr(0, colon), part) || !(part <= kLongestTime) || std::signbit(part) ||
        (!last && part != std::floor(part)) || (fields > 0 && part >= 60) || ++fields > 3)
      return fail(Errc::kRequest, "time '{}': expected seconds or H:MM:SS, such as 1:30", text);
    total = total * 60 + part;
    if (last) return std::min(total, kLongestTime);
    rest.remove_prefix(colon + 1);
  }
}

}  // namespace scrim
