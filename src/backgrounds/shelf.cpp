// A wall of shelves with books, plants and small things, a little out of focus.
#include <cstdint>

#include "backgrounds/scene.h"
#include "image/furnishings.h"

namespace scrim {
namespace {

constexpr double kBoard = 14, kBay = 262, kRow = 172, kFirstRow = 150;

struct Joinery {
  std::uint32_t wood, back;
};
constexpr Joinery kJoineries[] = {
    {0xc59a6a, 0xe9e1d3},  // oak before a light wall
    {0xf1eee8, 0xb9c4c3},  // white
    {0x6b4a36, 0x3d4a4a},  // walnut before dark green
};
constexpr std::uint32_t kGlazes[] = {0xd9764f, 0x5c7f8a, 0xe8dcc6, 0x3f4c58, 0xb9a77c, 0x9db08f};

Colour glaze(const Easel& e, int index) {
  return rgb(kGlazes[static_cast<std::size_t>(5.999 * e.random(index))]);
}

void draw_vase(const Easel& e, Point foot, double scale, int index) {
  const Colour colour = glaze(e, index);
  const auto at = [&](double x, double y) { return foot + Point{x, y} * scale; };
  for (int i = 0; i < 7; ++i) {  // dried stalks
    const double lean = 11.0 * (i - 3) + 8 * e.random(index + 10 + i);
    e.canvas.fill(e.canvas.shape().ribbon({at(0, -60), at(lean * .5, -92), at(lean, -118)},
                                          {1.6 * scale, 1.4 * scale, scale}),
                  {flat(rgb(0xa88f66))});
    e.fill_disc(at(lean, -120), 4 * scale, 7 * scale, {flat(rgb(0xd8c08f))});
  }
  e.canvas.fill(
      e.canvas.shape().smooth({at(-16, 0), at(16, 0), at(28, -24), at(20, -50), at(9, -62),
                               at(11, -72), at(-11, -72), at(-9, -62), at(-20, -50), at(-28, -24)}),
      {linear(at(-28, 0), lighter(colour, 0.3), at(28, 0), lighter(colour, -0.35)),
       glow(rgb(0xffffff), 0.4, at(-10, -36), 7 * scale, 18 * scale)});
}

void draw_plant(const Easel& e, Point foot, int index) {
  for (int i = 0; i < 15; ++i) {
    const double turns = -0.29 + 0.041 * i + 0.02 * e.random(index + i);
    draw_leaf(e.canvas, foot + Point{(i - 7) * 2.2, -34}, turns, 46 + 34 * e.random(index + 30 + i),
              21, rgb(i % 3 ? 0x557f50 : 0x74a064));
  }
  draw_pot(e.canvas, foot, 58, 42, glaze(e, index + 60));
}

void draw_frame(const Easel& e, Point foot, double width, double height, int index) {
  const Point a = foot + Point{-width / 2, -height}, b = foot + Point{width / 2, 0};
  e.fill_box(a, b, 2, {linear(a, rgb(0x3a3733), b, rgb(0x22201e))});
  e.fill_box(a + Point{6, 6}, b - Point{6, 6}, 0, {flat(rgb(0xf3efe6))});
  const Point c = a + Point{16, 18}, d = b - Point{16, 18};
  e.fill_box(c, d, 0, {linear(c, glaze(e, index), d, lighter(glaze(e, index + 1), 0.3))});
  const Point middle = between(c, d, 0.5);
  e.fill_disc(middle, width * .16, width * .16, {flat(lighter(glaze(e, index + 2), 0.2))});
}

/// What stands in one bay: books on one side, something else beside them.
void furnish(const Easel& e, double left, double board, int index) {
  const double end = left + kBay - kBoard;
  const double books = 70 + 90 * e.random(index + 1);
  const bool to_left = e.random(index) < 0.5;
  const double first = to_left ? left + 6 : end - books - 14;
  draw_books(e.canvas, e.seed + index, first, first + books - 16, board, index % 89, 1.24);
  const double middle = to_left ? (left + books + end) / 2 + 4 : (left + end - books) / 2 - 4;
  switch (static_cast<int>(3.999 * e.random(index + 2))) {
    case 0:
      return draw_plant(e, {middle, board}, index + 5);
    case 1:
      return draw_vase(e, {middle, board}, 1, index + 5);
    case 2:
      return draw_frame(e, {middle, board}, 92, 118, index + 5);
    default:  // more books, lying
      for (int i = 0; i < 4; ++i)
        e.fill_box({middle - 44 + 5 * e.random(index + 20 + i), board - 17.0 * (i + 1)},
                   {middle + 44 - 7 * e.random(index + 30 + i), board - 17.0 * i}, 2,
                   {linear({0, board - 17.0 * (i + 1)}, lighter(glaze(e, index + 40 + i), 0.12),
                           {0, board - 17.0 * i}, lighter(glaze(e, index + 40 + i), -0.2))});
      return draw_pot(e.canvas, {middle, board - 68}, 34, 26, glaze(e, index + 50));
  }
}

}  // namespace

void draw_shelf(const Easel& e) {
  const Joinery& joinery = variant(kJoineries, e.seed);
  const Colour wood = rgb(joinery.wood), back = rgb(joinery.back), black = rgb(0x000000);
  e.fill_all({linear({0, 0}, lighter(back, 0.1), {0, 720}, lighter(back, -0.16))});
  const int bays = static_cast<int>(e.side / kBay) + 2;
  for (int row = 0; row < 5; ++row) {
    const double board = kFirstRow + kRow * row;
    e.fill_box({-e.side - 2, board - kRow + kBoard}, {e.side + 2, board - kRow + kBoard + 46}, 0,
               {fade(black, {0, board - kRow + kBoard}, 0.3, {0, board - kRow + kBoard + 46}, 0)});
    for (int bay = -bays; bay < bays; ++bay)
      furnish(e, kBay * bay + kBay / 2 + kBoard / 2, board, 1000 * (row + 1) + 70 * (bay + bays));
    e.fill_box({-e.side - 2, board}, {e.side + 2, board + kBoard}, 0,
               {linear({0, board}, lighter(wood, 0.18), {0, board + kBoard}, lighter(wood, -0.3))});
  }
  for (int bay = -bays; bay <= bays; ++bay) {
    const double x = kBay * bay + kBay / 2;
    e.fill_box({x + kBoard / 2, -2}, {x + kBoard / 2 + 22, 722}, 0,
               {fade(black, {x + kBoard / 2, 0}, 0.25, {x + kBoard / 2 + 22, 0}, 0)});
    e.fill_box({x - kBoard / 2, -2}, {x + kBoard / 2, 722}, 0,
               {linear({x - kBoard / 2, 0}, lighter(wood, 0.12), {x + kBoard / 2, 0},
                       lighter(wood, -0.22))});
  }
  e.soften(3);
  e.fill_all({glow(rgb(0xffe6bf), 0.26, {-0.4 * e.side, 100}, 0.7 * e.side + 100, 420),
              fade(black, {0, 380}, 0, {0, 780}, 0.3),
              fade(black, {0.4 * e.side, 0}, 0, {1.1 * e.side, 0}, 0.22)});
}

}  // namespace scrim
