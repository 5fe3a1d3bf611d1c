// An old brick wall with lamps that hang before it.
#include <cstdint>

#include "backgrounds/scene.h"
#include "image/furnishings.h"

namespace scrim {
namespace {

constexpr double kLong = 78, kHigh = 25, kJoint = 4;

struct Wall {
  std::uint32_t brick, other, mortar;
};
constexpr Wall kWalls[] = {
    {0x9a5a43, 0x7b4636, 0x6e645c},  // red
    {0xd8d3ca, 0xc7c0b5, 0xb4ada3},  // painted white
    {0x5b5d62, 0x484a50, 0x3a3b40},  // dark
};

void draw_brick(const Easel& e, const Wall& wall, Point a, int index) {
  const Colour own = lighter(mix(rgb(wall.brick), rgb(wall.other), e.random(index)),
                             0.16 * (e.random(4000 + index) - 0.5));
  const Point b = a + Point{kLong - kJoint, kHigh - kJoint};
  const double wear = 1.5 * e.random(8000 + index);
  e.fill_box(a + Point{1.5, 2.5}, b + Point{1.5, 2.5}, 3, {flat(rgb(0x000000), 0.28)});
  e.fill_box(
      a + Point{0, wear}, b, 3,
      {linear(a, lighter(own, 0.1), {a.x, b.y}, lighter(own, -0.14)),
       glow(lighter(own, e.random(index) < 0.5 ? -0.3 : 0.18), 0.4,
            a + Point{kLong * e.random(5000 + index), kHigh * e.random(6000 + index)}, 30, 14)});
}

void draw_lamp(const Easel& e, Point bulb) {
  const Colour iron = rgb(0x17181b);
  e.fill_box({bulb.x - 1.5, -4}, {bulb.x + 1.5, bulb.y - 44}, 0, {flat(iron)});
  e.canvas.fill(
      e.canvas.shape().smooth({bulb + Point{-12, -46}, bulb + Point{12, -46}, bulb + Point{26, -30},
                               bulb + Point{62, -4}, bulb + Point{62, -4}, bulb + Point{-62, -4},
                               bulb + Point{-62, -4}, bulb + Point{-26, -30}}),
      {linear(bulb + Point{-62, 0}, lighter(iron, 0.3), bulb + Point{50, 0}, iron)});
  e.fill_disc(bulb, 15, 17, {flat(rgb(0xfff0c8)), glow(rgb(0xffffff), 0.9, bulb, 12, 14)});
}

}  // namespace

void draw_brick(const Easel& e) {
  const Wall& wall = variant(kWalls, e.seed);
  e.fill_all({flat(rgb(wall.mortar))});
  const int columns = static_cast<int>(e.side / kLong) + 2;
  int index = 0;
  for (int row = 0; row * kHigh < Easel::kHeight + kHigh; ++row)
    for (int i = -columns; i <= columns; ++i)
      draw_brick(e, wall, {kLong * (i + (row % 2 ? 0.5 : 0)), kHigh * row}, index++);
  e.soften(1.6);
  const Colour night = rgb(0x0c0a10), warm = rgb(0xffd08a);
  e.fill_all({flat(night, 0.3), fade(night, {0, 330}, 0, {0, 780}, 0.62)});
  const Point bulbs[] = {{-0.7 * e.side, 150}, {0.66 * e.side, 190}};
  for (const Point bulb : bulbs)
    for (int i = 1; i <= 8; ++i)  // one alone would show its rim
      e.fill_all({glow(mix(warm, rgb(0xfff0cf), 0.12 * (8 - i)), 0.11, bulb + Point{0, 11.0 * i},
                       50 * i + 0.04 * e.side * i, 48 * i)});
  for (const Point bulb : bulbs) draw_lamp(e, bulb);
  e.soften(1);
}

}  // namespace scrim
