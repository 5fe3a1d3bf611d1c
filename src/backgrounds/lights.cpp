// Scenes of light alone: aurora, soft colours that run into each other; bokeh, the lights of a
// street at night, out of focus.
#include <array>
#include <cstddef>
#include <cstdint>

#include "backgrounds/scene.h"

namespace scrim {
namespace {

using Palette = std::array<std::uint32_t, 7>;  // above, below, and five lights

constexpr Palette kAuroras[] = {
    {0x1b1f4b, 0x0d3b4f, 0x7b4fc9, 0x2f6fe0, 0x1fb5a8, 0xc45ab8, 0x3a2a8c},  // night blue
    {0xf7d9c4, 0xe9c6d6, 0xf2a48b, 0xf6e3b0, 0xc7a6dc, 0x9cc3e6, 0xf7b8b8},  // morning
    {0x0f2f2b, 0x123a24, 0x2fae7c, 0x8fcf6a, 0x16808f, 0x0f5f4c, 0xd7d98a},  // wood
    {0xd9d2c5, 0xb8c1c0, 0xf3e7d2, 0x8fa8b0, 0xc9a98c, 0xe6dccb, 0x7d94a0},  // stone
};

struct Street {
  std::uint32_t above, below, lights[5];
};
constexpr Street kStreets[] = {
    {0x0c1222, 0x1d1420, {0xffb45a, 0xffd79a, 0xff8a4a, 0x6fb6ff, 0xfff1dc}},  // town
    {0x141026, 0x2a1330, {0xff7ab8, 0x8f7bff, 0xffc48a, 0x5ad0ff, 0xffe3f2}},  // neon
    {0x0d1a16, 0x1d2213, {0xffe08a, 0xc8e08a, 0xfff2c4, 0x8ad0a8, 0xffc06a}},  // garden
};

/// A light out of focus is an even disc, a little brighter at its rim.
void draw_light(const Easel& e, Point at, double radius, Colour colour, double alpha) {
  e.fill_disc(at, 2.2 * radius, 2.2 * radius,
              {glow(colour, alpha * 0.35, at, 2.2 * radius, 2.2 * radius)});
  e.fill_disc(at, radius, radius, {flat(lighter(colour, 0.25), alpha)});
  const double inner = radius * 0.9;
  e.fill_disc(at, inner, inner, {flat(colour, alpha * 0.4)});
}

/// Lights gather on a line that sinks towards the middle of the picture, as along a street.
void draw_lights(const Easel& e, const Street& street, int first, int count, double size,
                 double alpha) {
  for (int i = first; i < first + count; ++i) {
    const double across = 2 * e.random(10 * i) - 1;
    const double spread = e.random(10 * i + 1) - e.random(10 * i + 2);
    const Point at{e.side * 1.05 * across, 330 - 70 * across * across + 210 * spread};
    const double radius = size * (0.55 + 0.75 * e.random(10 * i + 3));
    const auto which =
        static_cast<std::size_t>(4.999 * e.random(10 * i + 4) * e.random(10 * i + 5));
    draw_light(e, at, radius, rgb(street.lights[which]),
               alpha * (0.35 + 0.65 * e.random(10 * i + 6)));
  }
}

}  // namespace

void draw_aurora(const Easel& e) {
  const Palette& p = variant(kAuroras, e.seed);
  e.fill_all({linear({0, 0}, rgb(p[0]), {0, Easel::kHeight}, rgb(p[1]))});
  constexpr Point kPlaces[] = {{-0.75, 130}, {0.55, 90},   {-0.35, 640}, {0.85, 560},
                               {0.05, 330},  {-0.95, 470}, {0.3, 720}};
  int i = 0;
  for (const Point place : kPlaces) {
    const Colour light = rgb(p[2 + static_cast<std::size_t>(i) % 5]);
    const Point at{e.side * (place.x + 0.3 * e.random(i) - 0.15), place.y + 120 * e.random(20 + i)};
    e.fill_all({glow(light, 0.78, at, e.side * 0.35 + 300, 330 + 90 * e.random(40 + i),
                     0.15 * e.random(60 + i))});
    ++i;
  }
  e.soften(70);
}

void draw_bokeh(const Easel& e) {
  const Street& street = variant(kStreets, e.seed);
  e.fill_all({linear({0, 0}, rgb(street.above), {0, Easel::kHeight}, rgb(street.below)),
              glow(rgb(street.lights[0]), 0.3, {0, 360}, e.side * 1.1, 260),
              glow(rgb(street.lights[3]), 0.12, {-e.side * 0.7, 160}, 420, 260)});
  const int count = static_cast<int>(e.side / 8);
  draw_lights(e, street, 0, count, 15, 0.5);
  e.soften(3);
  draw_lights(e, street, 1000, count * 2 / 3, 34, 0.38);
  draw_lights(e, street, 2000, count / 4, 62, 0.26);
  e.fill_all({fade(rgb(street.below), {0, 480}, 0, {0, Easel::kHeight}, 0.7)});
  e.soften(1.2);
}

}  // namespace scrim
