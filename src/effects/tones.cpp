// Tested by tests/effects/colours_test.cpp.
#include "effects/tones.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace scrim {

std::uint8_t level(double value, double low, double high) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, low, high)));
}

void look_up(const Table& table, Plane plane) {
  for (int y = 0; y < plane.height; ++y) {
    std::uint8_t* row = plane.row(y);
    int x = 0;
    // Eight are read and written at once: a processor writes but once in a cycle.
    for (std::array<std::uint8_t, 8> eight; x + 8 <= plane.width; x += 8) {
      std::memcpy(eight.data(), row + x, eight.size());
      for (std::uint8_t& value : eight) value = table[value];
      std::memcpy(row + x, eight.data(), eight.size());
    }
    for (; x < plane.width; ++x) row[x] = table[row[x]];
  }
}

void paint(const Palette& palette, ImageView picture, Plane line) {
  const int last_x = picture.y.width - 1;
  const int last_y = picture.y.height - 1;
  std::uint8_t* means = line.row(0);
  for (int c = 0; c < picture.u.height; ++c) {
    const std::uint8_t* top = picture.y.row(2 * c);
    const std::uint8_t* bottom = picture.y.row(std::min(2 * c + 1, last_y));
    for (int x = 0; x < picture.u.width; ++x) {
      const int right = std::min(2 * x + 1, last_x);
      means[x] = static_cast<std::uint8_t>(
          (top[2 * x] + top[right] + bottom[2 * x] + bottom[right] + 2) / 4);
    }
    for (int x = 0; x < picture.u.width; ++x) {
      picture.u.row(c)[x] = palette.u[means[x]];
      picture.v.row(c)[x] = palette.v[means[x]];
    }
  }
  look_up(palette.y, picture.y);
}

}  // namespace scrim
