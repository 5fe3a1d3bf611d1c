// Mountains in haze under a wide evening or morning sky.
#include <algorithm>
#include <cmath>

#include "backgrounds/scene.h"

namespace scrim {
namespace {

constexpr double kHeight = Easel::kHeight;
constexpr double kHorizon = 430;
constexpr int kRidges = 6;

struct Palette {
  std::uint32_t zenith, sky, horizon, sun, far, near, lit;
  double stars;  // how many can be seen, 0..1
};

constexpr Palette kPalettes[] = {
    {0x232a5c, 0x7a5a96, 0xf6b48a, 0xfff0cf, 0xb98aa0, 0x171a33, 0xf2a07a, 0.7},  // after sunset
    {0x3f7fb8, 0x9cc7e0, 0xfbe6c4, 0xfffbe6, 0xa9c3d2, 0x1c3a3c, 0xffe0a8, 0.0},  // clear morning
    {0x10173a, 0x2c4a80, 0x8fb3cc, 0xf4f6ff, 0x5f83a6, 0x0a1226, 0x9fc3e0, 1.0},  // moonlight
    {0x59364f, 0xc8605a, 0xffd08a, 0xfff3c4, 0xd98a6a, 0x2c1626, 0xffb066, 0.2},  // red evening
};

struct Scenery {
  Canvas& canvas;
  const Palette& palette;
  int seed;
  double side;  // the picture reaches from -side to side

  Point sun() const { return {side * (0.15 + 0.3 * chance(seed, 1)), kHorizon - 92}; }
};

/// Smooth noise, 0..1, that varies over a length of 1.
double noise(int seed, double x) {
  const double cell = std::floor(x);
  const int i = static_cast<int>(cell);
  const double a = chance(seed, i), b = chance(seed, i + 1);
  return a + (b - a) * ease(x - cell);
}

/// How high a ridge is at x, 0..1: octaves of noise, folded so that peaks are sharp.
double ridge(int seed, double x) {
  double height = 0, weight = 0.55;
  for (int octave = 0; octave < 6; ++octave) {
    const double n = noise(seed + octave * 17, x);
    height += weight * (octave < 2 ? n : 1 - std::abs(2 * n - 1));
    weight *= 0.46;
    x *= 2.1;
  }
  return height;
}

void draw_sky(const Scenery& s) {
  const Palette& p = s.palette;
  const Point low{-s.side - 2, -2}, high{s.side + 2, kHeight + 2};
  s.canvas.fill(
      s.canvas.shape().box(low, high),
      {linear({0, 0}, rgb(p.zenith), {0, kHorizon * 0.62}, rgb(p.sky)),
       fade(rgb(p.horizon), {0, kHorizon * 0.3}, 0, {0, kHorizon}, 1),
       glow(rgb(p.sun), 0.36, s.sun(), 680, 360), glow(rgb(p.sun), 0.7, s.sun(), 250, 190)});
}

void draw_stars(const Scenery& s) {
  for (int i = 0; i < 150; ++i) {
    const double bright = chance(s.seed, 1000 + i);
    if (bright > s.palette.stars) continue;
    const Point at{s.side * (2 * chance(s.seed, 1200 + i) - 1), 270 * chance(s.seed, 1400 + i)};
    const double size = 0.7 + 1.3 * chance(s.seed, 1600 + i) * chance(s.seed, 1800 + i);
    s.canvas.fill(s.canvas.shape().ellipse(at, size, size),
                  {flat(rgb(0xffffff), (0.3 + 0.6 * bright) * (1 - at.y / 290))});
  }
}

void draw_clouds(const Scenery& s) {
  const Colour lit = rgb(s.palette.lit);
  for (int i = 0; i < 14; ++i) {
    const Point at{s.side * (2.4 * chance(s.seed, 60 + i) - 1.2),
                   150 + 230 * chance(s.seed, 90 + i)};
    const double rx = 130 + 260 * chance(s.seed, 120 + i), ry = 7 + 12 * chance(s.seed, 150 + i);
    s.canvas.fill(s.canvas.shape().ellipse(at, rx, ry),
                  {glow(mix(lit, rgb(0xffffff), 0.35), 0.34, at, rx, ry)});
  }
}

void draw_sun(const Scenery& s) {
  s.canvas.fill(s.canvas.shape().ellipse(s.sun(), 34, 34), {flat(rgb(s.palette.sun), 0.96)});
}

/// Ridge 0 is the farthest. Each stands in haze that hides its foot.
void draw_ridge(const Scenery& s, int index) {
  const double depth = static_cast<double>(index) / (kRidges - 1);
  const double base = kHorizon + 20 + 250 * depth * depth + 30 * depth;
  const double height = 150 - 40 * depth, length = 420 - 150 * depth;
  Path& path = s.canvas.shape();
  for (double x = -s.side - 4; x < s.side + 8; x += 4)
    path.add({x, base - height * ridge(s.seed * 101 + index * 977, (x + 5000) / length)});
  path.add({s.side + 8, kHeight + 4});
  path.add({-s.side - 4, kHeight + 4});
  path.close();
  const Colour stone = mix(rgb(s.palette.far), rgb(s.palette.near), std::sqrt(depth));
  const Colour haze = mix(rgb(s.palette.horizon), stone, 0.25 + 0.6 * depth);
  s.canvas.fill(
      path, {linear({0, base - height}, stone, {0, base + 40}, haze),
             glow(rgb(s.palette.lit), 0.4 * (1 - depth), {s.sun().x, base - height}, 420, 150)});
}

/// A fir: tiers that narrow upwards.
void add_fir(Path& path, Point foot, double height) {
  constexpr int kTiers = 6;
  for (int i = 0; i < kTiers; ++i) {
    const double low = height * i * 0.15, high = std::min(height, low + height * 0.34);
    const double half = height * 0.19 * (1 - 0.14 * i);
    path.polygon({foot + Point{-half, -low}, foot + Point{0, -high}, foot + Point{half, -low},
                  foot + Point{half * 0.4, -low - height * 0.03},
                  foot + Point{-half * 0.4, -low - height * 0.03}});
  }
}

/// A wood in front, high at the borders and open in the middle, where the person is.
void draw_firs(const Scenery& s) {
  constexpr int kFirs = 90;
  for (int row = 0; row < 2; ++row) {
    Path& path = s.canvas.shape();
    for (int i = 0; i < kFirs; ++i) {
      const double x = s.side * (2.06 * (i + chance(s.seed, 2000 + 100 * row + i)) / kFirs - 1.03);
      const double border = std::abs(x) / s.side;
      const double height =
          (54 + 62 * chance(s.seed, 2300 + 100 * row + i)) * (0.55 + 0.95 * border * border);
      add_fir(path, {x, kHeight + 16 - 26 * (1 - row) - 34 * border}, height * (1 + 0.25 * row));
    }
    path.box({-s.side - 2, kHeight - 34 + 12 * row}, {s.side + 2, kHeight + 4});
    const Colour near = rgb(s.palette.near);
    s.canvas.fill(path,
                  {flat(row == 0 ? mix(near, rgb(s.palette.far), 0.14) : lighter(near, -0.35))});
  }
}

}  // namespace

void draw_landscape(const Easel& easel) {
  const Scenery scenery{easel.canvas, variant(kPalettes, easel.seed), easel.seed, easel.side};
  draw_sky(scenery);
  draw_stars(scenery);
  draw_clouds(scenery);
  draw_sun(scenery);
  for (int i = 0; i < kRidges; ++i) draw_ridge(scenery, i);
  draw_firs(scenery);
}

}  // namespace scrim
