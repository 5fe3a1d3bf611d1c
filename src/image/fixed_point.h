// Whole numbers with 16 bits of fraction, for the loops that convert colours. For the .cpp files of
// src/image alone. Reentrant.
#pragma once

#include <algorithm>
#include <cstdint>

namespace scrim {

constexpr int kHalf = 1 << 15;

/// Rounded to the nearest.
constexpr int fixed(double value) {
  return static_cast<int>(value * 65536 + (value < 0 ? -0.5 : 0.5));
}

/// Rounded down, and clamped to 0..255.
inline std::uint8_t to_byte(int value) {
  return static_cast<std::uint8_t>(std::clamp(value >> 16, 0, 255));
}

}  // namespace scrim
