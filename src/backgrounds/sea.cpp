// The sea when the sun is low, seen from the beach.
#include <cstdint>

#include "backgrounds/scene.h"

namespace scrim {
namespace {

constexpr double kHorizon = 380;
constexpr double kShore = 640;

struct Light {
  std::uint32_t zenith, sky, horizon, sun, far, near, sand;
};
constexpr Light kLights[] = {
    {0x44598f, 0xd08f9c, 0xffcf94, 0xfff4d6, 0xd9a187, 0x24445f, 0x8a6f5e},  // sunset
    {0x4a95cf, 0x9fd0ea, 0xe9f4f2, 0xffffff, 0x8fc9d6, 0x12718c, 0xe3cfa6},  // noon
    {0x1d2350, 0x4f4f8a, 0xe79aa0, 0xffe3c8, 0x8a7fa8, 0x151d3d, 0x4a4356},  // dusk
};

Point sun_of(const Easel& e) {
  return {0.42 * e.side, kHorizon - 74};
}

void draw_sky(const Easel& e, const Light& l) {
  const Point sun = sun_of(e);
  e.fill_box({-e.side - 2, -2}, {e.side + 2, kHorizon + 1}, 0,
             {linear({0, 0}, rgb(l.zenith), {0, kHorizon * 0.6}, rgb(l.sky)),
              fade(rgb(l.horizon), {0, kHorizon * 0.3}, 0, {0, kHorizon}, 1),
              glow(rgb(l.sun), 0.75, sun, 330, 230)});
  for (int i = 0; i < 20; ++i) {
    const Point at{e.side * (2.4 * e.random(i) - 1.2), 60 + 240 * e.random(40 + i)};
    const double rx = 120 + 260 * e.random(80 + i), ry = 5 + 11 * e.random(120 + i);
    e.fill_disc(at, rx, ry, {glow(mix(rgb(l.horizon), rgb(0xffffff), 0.3), 0.4, at, rx, ry)});
  }
  e.fill_disc(sun, 30, 30, {flat(rgb(l.sun), 0.97)});
}

/// Glints grow and spread towards us; most lie below the sun.
void draw_water(const Easel& e, const Light& l) {
  const Point sun = sun_of(e);
  e.fill_box({-e.side - 2, kHorizon}, {e.side + 2, Easel::kHeight + 2}, 0,
             {linear({0, kHorizon}, rgb(l.far), {0, kShore}, rgb(l.near)),
              glow(rgb(l.sun), 0.4, {sun.x, kHorizon}, 210, 240)});
  for (int i = 0; i < 900; ++i) {
    const double depth = e.random(i) * e.random(i);
    const double y = kHorizon + 2 + (kShore - kHorizon) * depth;
    const bool lit = i % 3 != 0;
    const double spread = lit ? (e.random(1000 + i) + e.random(2000 + i) - 1) * (60 + 240 * depth)
                              : e.side * (2.2 * e.random(1000 + i) - 1.1) - sun.x;
    const double rx = 6 + 60 * depth * (0.4 + e.random(3000 + i)), ry = 0.7 + 3.4 * depth;
    const Colour colour = lit ? rgb(l.sun) : e.random(4000 + i) < 0.5 ? rgb(l.far) : rgb(l.near);
    e.fill_disc({sun.x + spread, y}, rx, ry, {flat(colour, lit ? 0.42 : 0.3)});
  }
}

/// Sand, wet and dark at the water's edge, with the last wave's foam on it.
void draw_beach(const Easel& e, const Light& l) {
  const auto shore = [&](double x, double below) {
    return Point{x, kShore + below + 11 * sine(x / 900 + 0.2) + 4 * sine(x / 310 + 0.6)};
  };
  const Colour sand = rgb(l.sand);
  const struct {
    double below, alpha;
    Colour colour;
  } bands[] = {{-26, 0.3, mix(rgb(l.far), sand, 0.4)},   {-6, 0.5, rgb(0xffffff)},
               {-1, 0.75, mix(sand, rgb(l.near), 0.35)}, {12, 0.3, mix(sand, rgb(l.near), 0.2)},
               {34, 0.6, mix(sand, rgb(l.near), 0.1)},   {52, 0.6, sand}};
  for (const auto& band : bands) {
    Path& path = e.canvas.shape();
    for (double x = -e.side - 8; x <= e.side + 16; x += 8) path.add(shore(x, band.below));
    path.add({e.side + 16, Easel::kHeight + 4});
    path.add({-e.side - 16, Easel::kHeight + 4});
    path.close();
    e.canvas.fill(path, {flat(band.colour, band.alpha)});
  }
  for (int i = 0; i < 500; ++i) {
    const Point at{e.side * (2 * e.random(5000 + i) - 1), 690 + 40 * e.random(6000 + i)};
    e.fill_disc(at, 2.2, 1, {flat(lighter(sand, i % 2 ? 0.3 : -0.3), 0.4)});
  }
}

}  // namespace

void draw_sea(const Easel& e) {
  const Light& light = variant(kLights, e.seed);
  draw_sky(e, light);
  draw_water(e, light);
  draw_beach(e, light);
  e.soften(1.5);
}

}  // namespace scrim
