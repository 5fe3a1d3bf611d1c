// Tested by tests/backgrounds/backgrounds_test.cpp and tests/sources/presenter_test.cpp.
#include "image/furnishings.h"

#include <cstdint>
#include <iterator>

namespace scrim {
namespace {

constexpr Colour kBlack = {16, 128, 128};

constexpr std::uint32_t kCovers[] = {0xb8503f, 0x2f5d73, 0xd9a441, 0x6b7f5b, 0xe6d9c2, 0x7a4a5e,
                                     0x3b3f4a, 0xc98a63, 0x8fa9b5, 0x4d6a52, 0xa33c3c, 0xefe6d4};

void draw_book(Canvas& canvas, int seed, Point foot, double width, double height, int index) {
  const auto cover = static_cast<std::size_t>(chance(seed, 100 + index) * std::size(kCovers));
  const Colour colour = rgb(kCovers[cover]);
  fill_box(canvas, foot - Point{0, height}, foot + Point{width, 0}, 2,
           {linear(foot, lighter(colour, 0.14), foot + Point{width, 0}, lighter(colour, -0.28))});
  const double band = height * (0.14 + 0.1 * chance(seed, 200 + index));
  const Colour gold = mix(colour, rgb(0xf6e7b8), 0.6);
  for (double y : {band, band + 5, height - 12})
    fill_box(canvas, foot + Point{2, -y - 2}, foot + Point{width - 2, -y}, 0, {flat(gold, 0.7)});
}

}  // namespace

void fill_box(Canvas& canvas, Point a, Point b, double radius,
              std::initializer_list<Paint> paints) {
  canvas.fill(canvas.shape().box(a, b, radius), paints);
}

void draw_shadow(Canvas& canvas, Point centre, double rx, double ry, double alpha) {
  canvas.fill(canvas.shape().ellipse(centre, rx, ry), {glow(kBlack, alpha, centre, rx, ry)});
}

void draw_books(Canvas& canvas, int seed, double left, double right, double board, int first,
                double scale) {
  int index = first;
  for (double x = left; x < right; ++index) {
    const double width = scale * (13 + 15 * chance(seed, 300 + index));
    draw_book(canvas, seed, {x, board}, width, scale * (62 + 36 * chance(seed, 400 + index)),
              index);
    x += width + 1;
  }
}

void draw_leaf(Canvas& canvas, Point root, double turns, double length, double width,
               Colour colour) {
  const Transform place = moved(root.x, root.y) * turned(turns) * scaled(width, length);
  Path& leaf = canvas.shape();
  leaf.smooth({place({0, 0}), place({0, 0}), place({-.42, -.3}), place({-.36, -.66}),
               place({0, -1}), place({0, -1}), place({.36, -.66}), place({.42, -.3})});
  canvas.fill(leaf, {linear(place({-.4, -.5}), lighter(colour, 0.2), place({.4, -.5}),
                            lighter(colour, -0.25))});
  canvas.fill(
      canvas.shape().ribbon({place({0, 0}), place({.03, -.5}), place({0, -.96})}, {1.8, 1.4, .5}),
      {flat(lighter(colour, 0.35), 0.6)});
}

void draw_pot(Canvas& canvas, Point foot, double width, double height, Colour colour) {
  Path& pot = canvas.shape();
  pot.polygon({foot + Point{-width * .38, 0}, foot + Point{width * .38, 0},
               foot + Point{width / 2, -height}, foot + Point{-width / 2, -height}});
  canvas.fill(pot, {linear(foot - Point{width / 2, 0}, lighter(colour, 0.25),
                           foot + Point{width / 2, 0}, lighter(colour, -0.3))});
  fill_box(canvas, foot + Point{-width * .54, -height - 4},
           foot + Point{width * .54, -height + height * .12}, 3,
           {linear(foot - Point{width / 2, 0}, lighter(colour, 0.35), foot + Point{width / 2, 0},
                   lighter(colour, -0.2))});
}

}  // namespace scrim
