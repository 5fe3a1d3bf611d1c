// Colours that change without a look at their neighbours, by table: luma by luma, chroma by itself
// or by the luma it belongs to. Reentrant; allocates nothing after it was made.
#pragma once

#include <array>
#include <cstdint>

#include "effects/effect.h"
#include "image/image.h"

namespace scrim {

using Table = std::array<std::uint8_t, 256>;

/// `value` rounded into low..high.
std::uint8_t level(double value, double low = 16, double high = 235);

/// Every sample through the table.
void look_up(const Table& table, Plane plane);

/// New luma by old; new chroma by the mean of the old luma over its pixels.
struct Palette {
  Table y, u, v;
};
/// `line`: scratch, as wide as the picture's chroma.
void paint(const Palette& palette, ImageView picture, Plane line);

}  // namespace scrim
