#include "sources/presenter_room.h"

#include "image/furnishings.h"

namespace scrim {
namespace {

constexpr double kFloor = 900;  // below what wide pictures show
constexpr Colour kBlack = {16, 128, 128};

struct Room {
  Canvas& canvas;
  const Framing& framing;
  const Looks& looks;
  int seed;
};

void draw_wall(const Room& room) {
  const Tone& wall = room.looks.wall;
  const Framing& s = room.framing;
  const Point low{s.left - 2, s.top - 2}, high{s.right + 2, s.bottom + 2};
  fill_box(
      room.canvas, low, high, 0,
      {linear({-560, 100}, mix(wall.base, wall.light, 0.4), {640, 500},
              mix(wall.base, wall.shade, 0.4)),
       glow(wall.light, 0.8, {-330, 240}, 560, 480), fade(wall.shade, {0, 420}, 0, {0, 960}, 0.6),
       fade(wall.shade, {0, 60}, 0, {0, -260}, 0.5)});
}

void draw_floor(const Room& room) {
  if (room.framing.bottom < kFloor) return;
  const Tone& wood = room.looks.wood;
  const Point low{room.framing.left - 2, kFloor},
      high{room.framing.right + 2, room.framing.bottom + 2};
  fill_box(room.canvas, low, high, 0, {linear(low, wood.base, {low.x, high.y}, wood.light)});
  for (double y = kFloor + 40; y < high.y; y += 62)
    fill_box(room.canvas, {low.x, y}, {high.x, y + 2.5}, 0, {flat(wood.shade, 0.5)});
  fill_box(room.canvas, {low.x, kFloor - 46}, {high.x, kFloor + 4}, 0,
           {linear({0, kFloor - 46}, rgb(0xf4efe7), {0, kFloor}, rgb(0xcfc7bb))});
}

/// Light that falls through the window onto the wall, in four panes.
void draw_sunlight(const Room& room) {
  for (int column = 0; column < 2; ++column)
    for (int row = 0; row < 2; ++row) {
      const Point a{92 + 84.0 * column, 96 + 118.0 * row + 22 * column};
      Path& patch = room.canvas.shape();
      patch.polygon({a, a + Point{74, 20}, a + Point{104, 126}, a + Point{30, 106}});
      room.canvas.fill(patch, {fade(rgb(0xfff3d6), {80, 80}, 0.5, {330, 380}, 0.22)});
    }
}

void draw_view(Canvas& canvas, Point a, Point b) {
  fill_box(canvas, a, b, 0,
           {linear({0, a.y}, rgb(0x9cc8ea), {0, b.y - 80}, rgb(0xf3ead2)),
            glow(rgb(0xfffbe8), 0.95, {a.x + 60, a.y + 190}, 110, 110)});
  const double base = b.y;
  canvas.fill(canvas.shape().smooth({{a.x, base - 96},
                                     {a.x + 60, base - 122},
                                     {a.x + 130, base - 92},
                                     {b.x, base - 128},
                                     {b.x, base - 128},
                                     {b.x, base},
                                     {b.x, base},
                                     {a.x, base},
                                     {a.x, base},
                                     {a.x, base - 96}}),
              {linear({0, base - 120}, rgb(0x9fb8b4), {0, base}, rgb(0xbfd0b8))});
  canvas.fill(canvas.shape().smooth({{a.x, base - 40},
                                     {a.x + 70, base - 66},
                                     {a.x + 150, base - 50},
                                     {b.x, base - 74},
                                     {b.x, base - 74},
                                     {b.x, base},
                                     {b.x, base},
                                     {a.x, base},
                                     {a.x, base},
                                     {a.x, base - 40}}),
              {linear({0, base - 70}, rgb(0x87a877), {0, base}, rgb(0x6d9162))});
}

void draw_curtain(Canvas& canvas, double left, double right, double top, double bottom) {
  const Colour cloth = rgb(0xf3eee4);
  fill_box(canvas, {left, top}, {right, bottom}, 8,
           {linear({left, 0}, cloth, {right, 0}, rgb(0xe2dacb)),
            fade(rgb(0xa99d89), {0, top}, 0, {0, bottom}, 0.3)});
  const double fold = (right - left) / 4;
  for (int i = 0; i < 4; ++i) {
    const double x = left + fold * i;
    fill_box(canvas, {x, top}, {x + fold, bottom}, 0,
             {fade(rgb(0x8f836f), {x + fold * .35, 0}, 0, {x + fold, 0}, 0.42)});
  }
}

void draw_window(const Room& room) {
  Canvas& canvas = room.canvas;
  const Point a{-604, 52}, b{-404, 444};
  const Colour frame = rgb(0xfaf8f4), shade = rgb(0xcac4ba);
  draw_shadow(canvas, {-496, 262}, 156, 250, 0.16);
  fill_box(canvas, a - Point{18, 18}, b + Point{18, 18}, 4, {linear(a, frame, b, shade)});
  draw_view(canvas, a, b);
  const double x = (a.x + b.x) / 2, y = a.y + 170;
  fill_box(canvas, {x - 6, a.y}, {x + 6, b.y}, 0, {linear({x - 6, 0}, frame, {x + 6, 0}, shade)});
  fill_box(canvas, {a.x, y - 6}, {b.x, y + 6}, 0, {linear({0, y - 6}, frame, {0, y + 6}, shade)});
  fill_box(canvas, {a.x - 34, b.y + 14}, {b.x + 34, b.y + 34}, 3,
           {linear({0, b.y + 14}, frame, {0, b.y + 34}, shade)});
  draw_curtain(canvas, -668, -584, 18, 884);
  draw_curtain(canvas, -424, -362, 18, 884);
  fill_box(canvas, {-700, 10}, {-340, 20}, 5,
           {linear({0, 10}, room.looks.wood.light, {0, 20}, room.looks.wood.shade)});
}

void draw_picture(const Room& room) {
  Canvas& canvas = room.canvas;
  const Tone& wood = room.looks.wood;
  const Point a{-316, 96}, b{-196, 250};
  draw_shadow(canvas, {-250, 184}, 96, 112, 0.28);
  fill_box(canvas, a, b, 3, {linear(a, wood.light, b, wood.shade)});
  fill_box(canvas, a + Point{8, 8}, b - Point{8, 8}, 0,
           {linear(a, rgb(0xfbf8f1), b, rgb(0xe9e3d6))});
  const Point c = a + Point{24, 26}, d = b - Point{24, 26};
  fill_box(canvas, c, d, 0, {linear(c, rgb(0xf2d9b8), {c.x, d.y}, rgb(0xe8a98a))});
  canvas.fill(canvas.shape().ellipse({-248, 158}, 16, 16), {flat(rgb(0xd8633f))});
  canvas.fill(canvas.shape().smooth({{c.x, 196},
                                     {c.x + 24, 178},
                                     {c.x + 48, 190},
                                     {d.x, 172},
                                     {d.x, 172},
                                     d,
                                     d,
                                     {c.x, d.y},
                                     {c.x, d.y},
                                     {c.x, 196}}),
              {linear({0, 172}, rgb(0x4f7f86), {0, d.y}, rgb(0x2e565f))});
}

void draw_board(const Room& room, double left, double right, double y) {
  const Tone& wood = room.looks.wood;
  fill_box(room.canvas, {left + 6, y + 14}, {right - 2, y + 44}, 0,
           {fade(kBlack, {0, y + 14}, 0.28, {0, y + 44}, 0)});
  fill_box(room.canvas, {left, y}, {right, y + 15}, 2,
           {linear({0, y}, wood.light, {0, y + 15}, wood.shade),
            fade(wood.shade, {left, 0}, 0, {right, 0}, 0.4)});
}

void draw_shelf_plant(const Room& room, Point foot) {
  for (int i = 0; i < 11; ++i) {
    const double turns = -0.3 + 0.06 * i;
    draw_leaf(room.canvas, foot + Point{(i - 5) * 2.0, -30}, turns,
              40 + 18 * chance(room.seed, 500 + i), 17, rgb(i % 3 ? 0x5d8a55 : 0x7aa565));
  }
  draw_pot(room.canvas, foot, 46, 34, rgb(0xe9e3d8));
}

void draw_shelves(const Room& room) {
  Canvas& canvas = room.canvas;
  draw_books(canvas, room.seed, 398, 530, 214, 0);
  draw_shelf_plant(room, {588, 214});
  draw_board(room, 376, 626, 214);
  draw_books(canvas, room.seed, 496, 600, 366, 20);
  draw_board(room, 472, 632, 366);
}

/// Upright blades in a pot on the window's side, clear of the person.
void draw_floor_plant(const Room& room) {
  const Point foot{-560, 742};
  constexpr double kTurns[] = {-.05, .045, -.03, .03, -.012, .015, 0};
  int i = 0;
  for (double turns : kTurns) {
    const double length = 170 + 70 * chance(room.seed, 600 + i);
    const Point root = foot + Point{turns * 560, -60};
    draw_leaf(room.canvas, root, turns, length, 40, rgb(i % 2 ? 0x5d8f5f : 0x77a56c));
    ++i;
  }
  draw_pot(room.canvas, foot + Point{0, 80}, 124, 140, rgb(0xd8cdbd));
}

void draw_lamp(const Room& room) {
  Canvas& canvas = room.canvas;
  const Tone& wood = room.looks.wood;
  fill_box(canvas, {474, 634}, {1400, 658}, 3, {linear({0, 634}, wood.light, {0, 658}, wood.base)});
  fill_box(canvas, {486, 658}, {1400, 900}, 0,
           {linear({486, 0}, wood.base, {806, 0}, wood.shade),
            fade(kBlack, {0, 658}, 0.3, {0, 690}, 0)});
  fill_box(canvas, {606, 700}, {636, 708}, 4, {flat(rgb(0xd8b46a))});
  draw_shadow(canvas, {586, 640}, 70, 10, 0.4);
  canvas.fill(canvas.shape().ellipse({586, 470}, 210, 210),
              {glow(rgb(0xffe2a6), 0.55, {586, 470}, 210, 210)});
  canvas.fill(
      canvas.shape().ribbon({{586, 634}, {586, 606}, {586, 570}, {586, 520}}, {64, 52, 20, 12}),
      {linear({554, 0}, rgb(0x8fb0ad), {618, 0}, rgb(0x436664)),
       glow(rgb(0xffffff), 0.5, {570, 610}, 10, 22)});
  Path& shade = canvas.shape();
  shade.polygon({{552, 428}, {620, 428}, {648, 536}, {524, 536}});
  canvas.fill(shade, {linear({524, 0}, rgb(0xfff0cd), {650, 0}, rgb(0xf0d19a)),
                      glow(rgb(0xfffdf2), 0.95, {582, 496}, 60, 56)});
}

void draw_chair(const Room& room) {
  Canvas& canvas = room.canvas;
  const Tone& cloth = room.looks.chair;
  Path& back = canvas.shape();
  back.smooth({{-120, 520},
               {0, 510},
               {120, 520},
               {146, 556},
               {152, 680},
               {142, 830},
               {0, 842},
               {-142, 830},
               {-152, 680},
               {-146, 556}});
  canvas.fill(back, {linear({-150, 540}, mix(cloth.base, cloth.light, 0.4), {150, 640},
                            mix(cloth.base, cloth.shade, 0.5)),
                     glow(cloth.light, 0.4, {-60, 560}, 90, 40),
                     fade(cloth.shade, {0, 600}, 0, {0, 860}, 0.6)});
  for (double x : {-74.0, 0.0, 74.0})
    canvas.fill(canvas.shape().ribbon({{x, 532}, {x * 1.06, 640}, {x * 1.04, 820}}, {1, 5, 2}),
                {flat(cloth.shade, 0.6)});
}

}  // namespace

void draw_room(Canvas& canvas, const Framing& framing, const Looks& looks, int seed) {
  const Room room{canvas, framing, looks, seed};
  canvas.place(framing.to_pixels);
  draw_wall(room);
  draw_floor(room);
  draw_sunlight(room);
  draw_window(room);
  draw_picture(room);
  draw_shelves(room);
  draw_lamp(room);
  draw_floor_plant(room);
  draw_chair(room);
}

}  // namespace scrim
