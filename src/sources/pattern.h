// A test picture whose every sample is known: colour bars, a grey ramp, a moving box.
//
// From top to bottom: eight bars over half of the height, the ramp over a quarter (black on the
// left to white on the right), a mid-grey field with a white box that crosses it in four seconds.
// Borders lie on even coordinates, so no chroma sample is shared by two colours. All values are
// BT.601 limited. Reentrant, without state.
#pragma once

#include <array>
#include <cstdint>

#include "image/convert.h"
#include "image/image.h"

namespace scrim {

/// 75 % white, yellow, cyan, green, magenta, red, blue, and black.
constexpr std::array<Yuv, 8> kPatternBars{{{180, 128, 128},
                                           {162, 44, 142},
                                           {131, 156, 44},
                                           {112, 72, 58},
                                           {84, 184, 198},
                                           {65, 100, 212},
                                           {35, 212, 114},
                                           {16, 128, 128}}};
constexpr Yuv kPatternField{126, 128, 128};
constexpr Yuv kPatternBox{235, 128, 128};

/// Where each part lies in a picture of this size.
Rect pattern_bar(Size size, int bar);
Rect pattern_ramp(Size size);
Rect pattern_box(Size size, double seconds);
/// The ramp's luma in column x: 16 at the left edge, 235 at the right.
std::uint8_t pattern_ramp_luma(int width, int x);

void draw_pattern(double seconds, ImageView out);

}  // namespace scrim
