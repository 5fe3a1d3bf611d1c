// A large window with a view over hills, curtains at its sides and plants on its sill.
#include <cstdint>

#include "backgrounds/scene.h"
#include "image/furnishings.h"

namespace scrim {
namespace {

constexpr double kTop = 30, kSill = 560;

struct Day {
  std::uint32_t above, below, far, near, wall, cloth;
};
constexpr Day kDays[] = {
    {0x8fc0e6, 0xf1efe0, 0xa9c1c0, 0x6f9467, 0xe7e0d5, 0xf4efe6},  // morning
    {0x6b83b8, 0xf7c49c, 0xb793a0, 0x55607a, 0xd8c8ba, 0xeadccb},  // evening
    {0xb9c6cf, 0xe9ecec, 0xaab8bd, 0x6d8378, 0xdadcda, 0xeceeed},  // mist
};

/// One line of hills, its crest around `y`.
void draw_hills(const Easel& e, double y, double height, double length, Colour colour, Colour foot,
                int first) {
  Path& path = e.canvas.shape();
  const double phase = e.random(first);
  for (double x = -e.side - 6; x <= e.side + 12; x += 6) {
    const double wave = 0.6 * sine(x / length + phase) + 0.28 * sine(x / length * 2.3 + 3 * phase) +
                        0.12 * sine(x / length * 5.1 + 7 * phase);
    path.add({x, y - height * wave});
  }
  path.add({e.side + 12, kSill + 4});
  path.add({-e.side - 12, kSill + 4});
  path.close();
  e.canvas.fill(path, {linear({0, y - height}, colour, {0, y + 130}, foot)});
}

void draw_view(const Easel& e, const Day& day) {
  const Point sun{-0.35 * e.side, 330};
  e.fill_box({-e.side - 2, -2}, {e.side + 2, kSill + 2}, 0,
             {linear({0, 0}, rgb(day.above), {0, 400}, rgb(day.below)),
              glow(rgb(0xfffaf0), 0.85, sun, 420, 280)});
  for (int i = 0; i < 9; ++i) {
    const Point at{e.side * (2.2 * e.random(i) - 1.1), 70 + 150 * e.random(20 + i)};
    const double rx = 130 + 120 * e.random(40 + i), ry = 16 + 20 * e.random(60 + i);
    e.fill_disc(at, rx, ry, {glow(rgb(0xffffff), 0.6, at, rx, ry)});
  }
  constexpr int kLines = 5;
  for (int i = 0; i < kLines; ++i) {
    const double depth = i / (kLines - 1.0);
    const Colour colour = mix(rgb(day.far), rgb(day.near), depth);
    draw_hills(e, 372 + 138 * depth * depth + 26 * depth, 40 + 6 * depth, 900 - 380 * depth, colour,
               mix(colour, rgb(day.below), 0.55 - 0.4 * depth), 100 + i);
  }
  for (int i = 0; i < 60; ++i) {  // a wood in front
    const Point at{e.side * (2.1 * e.random(200 + i) - 1.05), 556 - 12 * e.random(300 + i)};
    const double r = 22 + 26 * e.random(400 + i);
    e.fill_disc(at, r, r * 0.8,
                {linear(at - Point{0, r}, lighter(rgb(day.near), 0.06), at + Point{0, r},
                        lighter(rgb(day.near), -0.32))});
  }
}

void draw_frames(const Easel& e, const Day& day) {
  const Colour frame = lighter(rgb(day.wall), 0.45), shade = lighter(rgb(day.wall), -0.22);
  e.fill_box({-e.side - 2, -2}, {e.side + 2, kTop}, 0, {linear({0, 0}, frame, {0, kTop}, shade)});
  for (const double x : {-0.5, 0.0, 0.5}) {
    const double at = x * e.side, half = x == 0 ? 9 : 6;
    e.fill_box({at - half, kTop}, {at + half, kSill}, 0,
               {linear({at - half, 0}, frame, {at + half, 0}, shade)});
  }
  e.fill_box({-e.side - 2, 148}, {e.side + 2, 158}, 0, {linear({0, 148}, frame, {0, 158}, shade)});
  e.fill_box({-e.side - 2, kSill - 14}, {e.side + 2, kSill}, 0,
             {linear({0, kSill - 14}, shade, {0, kSill}, lighter(shade, -0.1))});
  const Colour wall = rgb(day.wall);
  e.fill_box({-e.side - 2, kSill}, {e.side + 2, 722}, 0,
             {linear({0, kSill}, lighter(wall, -0.1), {0, 722}, lighter(wall, -0.36))});
  e.fill_box({-e.side - 2, kSill - 2}, {e.side + 2, kSill + 24}, 0,
             {linear({0, kSill}, frame, {0, kSill + 24}, lighter(shade, 0.1))});
  e.fill_box({-e.side - 2, kSill + 24}, {e.side + 2, kSill + 54}, 0,
             {fade(rgb(0x000000), {0, kSill + 24}, 0.3, {0, kSill + 54}, 0)});
}

void draw_curtain(const Easel& e, double left, double right, const Day& day) {
  constexpr int kFolds = 5;
  const Colour cloth = rgb(day.cloth);
  const double fold = (right - left) / kFolds;
  for (int i = 0; i < kFolds; ++i) {
    const double a = left + fold * i, sway = 7 * (e.random(500 + i) - 0.5);
    const double b = a + fold;
    e.canvas.fill(e.canvas.shape().polygon(
                      {{a - 1, -4}, {b + 1, -4}, {b + 1 + sway, 724}, {a - 1 + sway, 724}}),
                  {linear({a, 0}, lighter(cloth, -0.18), {a + fold * 0.4, 0}, cloth),
                   fade(lighter(cloth, -0.5), {a + fold * 0.5, 0}, 0, {b, 0}, 0.5)});
  }
  e.fill_box({left, -4}, {right, 724}, 0, {fade(rgb(0x6b6257), {0, 300}, 0, {0, 760}, 0.3)});
}

void draw_plants(const Easel& e) {
  const struct {
    double x, width;
    std::uint32_t pot;
  } plants[] = {{-0.62, 66, 0xc77b57}, {-0.49, 44, 0xe6e0d4}, {0.6, 74, 0x56707a}};
  int index = 700;
  for (const auto& plant : plants) {
    const Point foot{plant.x * e.side, kSill + 6};
    for (int i = 0; i < 13; ++i) {
      const double turns = -0.23 + 0.038 * i + 0.02 * e.random(index + i);
      draw_leaf(e.canvas, foot + Point{(i - 6) * plant.width * 0.04, -plant.width * 0.66}, turns,
                plant.width * (1 + 0.9 * e.random(index + 20 + i)), plant.width * 0.36,
                rgb(i % 3 ? 0x4f7d4e : 0x6f9f60));
    }
    draw_pot(e.canvas, foot, plant.width, plant.width * 0.8, rgb(plant.pot));
    index += 50;
  }
}

}  // namespace

void draw_window(const Easel& e) {
  const Day& day = variant(kDays, e.seed);
  draw_view(e, day);
  e.soften(6);
  draw_frames(e, day);
  draw_plants(e);
  draw_curtain(e, -e.side - 4, -0.78 * e.side, day);
  draw_curtain(e, 0.8 * e.side, e.side + 4, day);
  e.soften(2);
  e.fill_all({glow(rgb(0xfff6e2), 0.22, {-0.2 * e.side, 260}, 0.8 * e.side, 420)});
}

}  // namespace scrim
