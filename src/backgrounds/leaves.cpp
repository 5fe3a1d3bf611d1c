// House plants that reach into the picture from both sides, before a light wall.
#include <cstdint>

#include "backgrounds/scene.h"
#include "image/furnishings.h"

namespace scrim {
namespace {

constexpr std::uint32_t kWalls[] = {0xe4e5dc, 0xd9e0e2, 0xeadfd2, 0x3f4b47};

/// A palm's frond: blades on both sides of a bent stem, from `root` towards `turns`.
void draw_frond(const Easel& e, Point root, double turns, double length, double bend, Colour colour,
                int first) {
  constexpr int kBlades = 17;
  const auto stem = [&](double t) {
    const double way = turns + bend * t * 0.5;
    return root + Point{sine(way), -cosine(way)} * (length * t);
  };
  e.canvas.fill(
      e.canvas.shape().ribbon({stem(0), stem(0.33), stem(0.66), stem(1)}, {7, 5, 3.5, 1.5}),
      {flat(lighter(colour, -0.15))});
  for (int i = 0; i < 2 * kBlades; ++i) {
    const double t = 0.16 + 0.84 * (i / 2) / (kBlades - 1.0);
    const double way = turns + bend * t;
    const double lean = (i % 2 ? 1 : -1) * (0.19 - 0.11 * t);
    const double blade = length * (0.2 + 0.36 * t * (1.12 - t) * 2.4);
    const Colour own = lighter(colour, 0.24 * (e.random(first + i) - 0.5));
    draw_leaf(e.canvas, stem(t), way + lean, blade, 22 + 8 * e.random(first + 100 + i), own);
  }
}

struct Frond {
  double x, y, turns, length, bend;  // x: from the nearer border inwards
};

void draw_fronds(const Easel& e, std::initializer_list<Frond> fronds, Colour colour, int first) {
  for (const Frond& f : fronds) {
    draw_frond(e, {-e.side + f.x, f.y}, f.turns, f.length, f.bend, colour, first);
    const double other = 0.9 + 0.2 * e.random(first + 7);
    draw_frond(e, {e.side - f.x, f.y + 40 * (other - 1)}, -f.turns, f.length * other, -f.bend,
               lighter(colour, 0.1 * (other - 1)), first + 300);
    first += 1000;
  }
}

}  // namespace

void draw_leaves(const Easel& e) {
  const Colour wall = rgb(variant(kWalls, e.seed));
  e.fill_all({linear({-e.side, 0}, lighter(wall, 0.25), {e.side, 720}, lighter(wall, -0.16)),
              glow(rgb(0xffffff), 0.3, {-0.2 * e.side, 200}, 0.5 * e.side + 200, 420)});
  draw_fronds(e, {{40, 800, 0.06, 560, 0.1}, {-30, 640, 0.12, 460, 0.1}}, lighter(wall, -0.25), 1);
  e.soften(12);
  draw_fronds(e, {{-20, 780, 0.03, 600, 0.1}, {-60, 620, 0.11, 430, 0.12}}, rgb(0x6f9a73), 9000);
  e.soften(5);
  draw_fronds(e,
              {{-50, 800, 0.02, 520, 0.13}, {-70, 760, 0.1, 430, 0.14}, {20, 830, 0.06, 330, 0.2}},
              rgb(0x3f7a4d), 20000);
  e.soften(1.6);
}

}  // namespace scrim
