// Scenes of a wall alone: studio, a photographer's painted canvas; slats, wood in light from above;
// sunlight, plaster with the sun in it.
#include <cstdint>

#include "backgrounds/scene.h"

namespace scrim {
namespace {

constexpr std::uint32_t kCanvases[] = {0x6d7074, 0x5f7386, 0x74806f, 0x96705c, 0x8a7f92};
constexpr std::uint32_t kWoods[] = {0xa8764a, 0x6b4a36, 0xc9a274, 0x57524d};
constexpr std::uint32_t kPlasters[] = {0xe6ddd0, 0xd3dbd8, 0xe5cfc2, 0xcfd0dc};

void draw_slat(const Easel& e, int index, double left, double width, Colour wood) {
  const Colour own = lighter(wood, 0.22 * (e.random(index) - 0.5));
  e.fill_box({left, -4}, {left + width, Easel::kHeight + 4}, 0,
             {linear({left, 0}, lighter(own, 0.16), {left + width, 0}, lighter(own, -0.22))});
  for (int i = 0; i < 5; ++i) {
    const double x = left + width * (0.1 + 0.8 * e.random(50 * index + i));
    const double sway = width * 0.12 * (e.random(50 * index + 10 + i) - 0.5);
    const Colour line = lighter(own, e.random(50 * index + 20 + i) < 0.6 ? -0.35 : 0.2);
    e.canvas.fill(e.canvas.shape().ribbon({{x, -6},
                                           {x + sway, 200 + 200 * e.random(50 * index + 30 + i)},
                                           {x - sway, 500},
                                           {x, Easel::kHeight + 6}},
                                          {0.8, 1.7, 1.1, 0.7}),
                  {flat(line, 0.3)});
  }
}

/// What the sun throws onto a wall through a window of 2 x 3 panes, as one shape per pane.
void draw_sun_patch(const Easel& e, Point corner, double alpha) {
  const Point across{118, -30}, down{44, 142};
  for (int column = 0; column < 2; ++column)
    for (int row = 0; row < 3; ++row) {
      const Point a = corner + across * (1.12 * column) + down * (1.09 * row);
      e.canvas.fill(
          e.canvas.shape().polygon({a, a + across, a + across + down, a + down}),
          {fade(rgb(0xfff3d2), corner, alpha, corner + down * 3.3 + across, alpha * 0.5)});
    }
}

/// Shadows of a branch that hangs into the light.
void draw_branch_shadow(const Easel& e, Point root, double turns, Colour shade) {
  for (int i = 0; i < 13; ++i) {
    const double along = 30.0 * i;
    const Transform place = moved(root.x, root.y) * turned(turns);
    const Point at = place({0.0006 * along * along, -along});
    const double lean = turns + (i % 2 ? 0.14 : -0.12) + 0.05 * (e.random(300 + i) - 0.5);
    const Transform leaf = moved(at.x, at.y) * turned(lean) * scaled(34, 78 - 2.6 * i);
    e.canvas.fill(e.canvas.shape().smooth({leaf({0, 0}), leaf({0, 0}), leaf({-.42, -.4}),
                                           leaf({0, -1}), leaf({0, -1}), leaf({.42, -.4})}),
                  {flat(shade, 0.42)});
  }
}

}  // namespace

void draw_studio(const Easel& e) {
  const Colour cloth = rgb(variant(kCanvases, e.seed)), dark = lighter(cloth, -0.78);
  const Point light{-0.1 * e.side, 300};
  e.fill_all({flat(cloth), glow(lighter(cloth, 0.55), 0.75, light, 0.35 * e.side + 330, 460),
              fade(dark, {-0.3 * e.side, 0}, 0, {-1.15 * e.side, 0}, 0.66),
              fade(dark, {0.2 * e.side, 0}, 0, {1.1 * e.side, 0}, 0.76),
              fade(dark, {0, 440}, 0, {0, 760}, 0.5), fade(dark, {0, 160}, 0, {0, -80}, 0.45)});
  e.soften(80);
  for (int i = 0; i < 260; ++i) {  // brushed on by hand
    const Point at{e.side * (2.3 * e.random(i) - 1.15), 800 * e.random(400 + i) - 40};
    const double rx = 40 + 110 * e.random(800 + i), ry = 30 + 70 * e.random(1200 + i);
    const Colour dab = lighter(cloth, e.random(1600 + i) < 0.5 ? -0.4 : 0.3);
    e.fill_disc(at, rx, ry, {glow(dab, 0.07, at, rx, ry, e.random(2000 + i))});
  }
  e.soften(4);
}

void draw_slats(const Easel& e) {
  constexpr double kStep = 38, kWidth = 29;
  const Colour wood = rgb(variant(kWoods, e.seed));
  e.fill_all({flat(lighter(wood, -0.82))});
  const int count = static_cast<int>(e.side / kStep) + 2;
  for (int i = -count; i <= count; ++i)
    draw_slat(e, 1000 + i, kStep * i - kWidth / 2, kWidth, wood);
  e.soften(1.4);
  const Colour warm = rgb(0xffdfae), dark = lighter(wood, -0.92);
  e.fill_all({fade(dark, {0, 150}, 0, {0, 760}, 0.66), fade(dark, {0, 0}, 0.25, {0, 40}, 0)});
  for (const double x : {-0.66, 0.0, 0.66}) {  // lamps in the ceiling
    const Point top{x * e.side, -70};
    e.fill_all({glow(warm, 0.55, top, 0.2 * e.side + 90, 540)});
  }
}

void draw_sunlight(const Easel& e) {
  const Colour wall = rgb(variant(kPlasters, e.seed));
  const Colour shade = lighter(wall, -0.5);
  e.fill_all({linear({-e.side, 0}, lighter(wall, -0.08), {e.side, 700}, lighter(wall, -0.24)),
              fade(shade, {0, 240}, 0, {0, 780}, 0.4), fade(shade, {0, 160}, 0, {0, -60}, 0.2)});
  for (int i = 0; i < 260; ++i) {  // plaster is never even
    const Point at{e.side * (2.2 * e.random(i) - 1.1), 740 * e.random(400 + i)};
    const double rx = 30 + 60 * e.random(800 + i);
    e.fill_disc(at, rx, 26, {glow(lighter(wall, i % 2 ? -0.35 : 0.2), 0.1, at, rx, 26)});
  }
  const Point left{-0.96 * e.side, 170}, right{0.42 * e.side, 130};
  draw_sun_patch(e, left, 0.7);
  draw_sun_patch(e, right, 0.85);
  draw_branch_shadow(e, right + Point{290, 470}, -0.1, shade);
  draw_branch_shadow(e, right + Point{120, 560}, -0.02, shade);
  draw_branch_shadow(e, left + Point{-10, 480}, 0.08, shade);
  e.soften(4);
}

}  // namespace scrim
