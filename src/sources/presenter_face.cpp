// The presenter's face. Features sit at points of a head that turns (Head::at), so that they move
// against each other as it does.
#include <algorithm>
#include <array>

#include "sources/presenter_person.h"

namespace scrim {
namespace {

constexpr double kEyeX = 38, kEyeY = -4, kEyeDepth = 84;
constexpr double kEyeSize = 1.14;
constexpr double kMouthY = 76, kMouthDepth = 92;

/// The right half of the outline, from the top of the forehead down to the chin, which opens with
/// the mouth. Points nearer than the ears' plane go along when the head turns.
void shape_face(const Head& head, Path& path) {
  constexpr Point kHalf[] = {{46, -113}, {79, -82}, {90, -32}, {88, 18},
                             {80, 62},   {60, 99},  {30, 122}};
  constexpr double kDepth[] = {30, 14, 4, 10, 26, 44, 60};
  constexpr std::size_t kPoints = std::size(kHalf);
  std::array<Point, 2 * kPoints + 2> outline;
  const double drop = 7 * head.pose.mouth;
  outline[0] = head.at(0, -119, 36);
  outline[kPoints + 1] = head.at(0, 129 + drop, 66);
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double y = kHalf[i].y + std::max(0.0, kHalf[i].y - 40) / 90 * drop;
    outline[i + 1] = head.at(kHalf[i].x, y, kDepth[i]);
    outline[outline.size() - 1 - i] = head.at(-kHalf[i].x, y, kDepth[i]);
  }
  path.smooth(outline);
}

void draw_ear(const Head& head, double side) {
  const Tone& skin = head.looks.skin;
  const Point ear = head.at(side * 93, 14, -14);
  Path& outer = head.canvas.shape();
  outer.ellipse(ear, 14, 29, side * 0.025);
  head.canvas.fill(outer, {linear(ear - Point{14, 0}, skin.base, ear + Point{14, 0},
                                  mix(skin.base, skin.shade, 0.6)),
                           glow(skin.shade, 0.75, ear + Point{-side * 2, -1}, 9, 20),
                           glow(skin.light, 0.5, ear + Point{side * 8, -12}, 6, 14)});
}

void draw_head_shape(const Head& head) {
  const Tone& skin = head.looks.skin;
  const Colour blush = mix(skin.base, rgb(0xd8453c), 0.45);
  const Point left = head.at(-50, 38, 72), right = head.at(50, 38, 72);
  const Point tip = head.at(0, 32, 116), brow = head.at(-14, -62, 86);
  Path& path = head.canvas.shape();
  shape_face(head, path);
  head.canvas.fill(
      path,
      {linear(head.at(-70, 0, 20), mix(skin.base, skin.light, 0.3), head.at(88, 30, 20),
              mix(skin.base, skin.shade, 0.5)),
       glow(skin.shade, 0.35, head.at(88, 40, 0), 34, 110),
       fade(skin.shade, {0, -70}, 0, {0, -122}, 0.75),
       fade(skin.shade, {0, 100}, 0, {0, 134}, 0.45), glow(skin.light, 0.6, brow, 58, 34),
       glow(skin.light, 0.45, left + Point{-6, -12}, 26, 22),
       glow(skin.light, 0.25, right + Point{0, -14}, 20, 20), glow(blush, 0.42, left, 34, 26),
       glow(blush, 0.36, right, 32, 26), glow(skin.shade, 0.28, head.at(13, 10, 100), 9, 40, 0.02),
       glow(skin.light, 0.5, head.at(-3, 2, 108), 7, 36), glow(blush, 0.45, tip, 20, 18),
       glow(skin.light, 0.75, tip + Point{-4, -3}, 8, 8),
       glow(skin.shade, 0.3, head.at(-kEyeX + 14, kEyeY - 8, kEyeDepth), 26, 16),
       glow(skin.shade, 0.34, head.at(kEyeX - 12, kEyeY - 8, kEyeDepth), 26, 16),
       glow(skin.shade, 0.45, head.at(0, 104, 84), 26, 8),
       glow(skin.light, 0.4, head.at(-5, 118, 82), 24, 12),
       glow(skin.shade, 0.22, head.at(0, 58, 96), 6, 10)});
}

void draw_nose(const Head& head) {
  const Tone& skin = head.looks.skin;
  const auto p = [&head](double x, double y, double z) { return head.at(x, y, z); };
  head.canvas.fill(head.canvas.shape().ribbon({p(-17, 37, 94), p(-12, 45, 100), p(0, 48, 108),
                                               p(12, 45, 100), p(17, 37, 94)},
                                              {1, 3.4, 3.6, 3.4, 1}),
                   {flat(mix(skin.shade, rgb(0x5a2318), 0.2), 0.6)});
  head.canvas.fill(head.canvas.shape()
                       .ellipse(p(-8, 43.5, 102), 4.4, 2.3, 0.03)
                       .ellipse(p(8, 43.5, 102), 4.4, 2.3, -0.03),
                   {flat(mix(skin.shade, rgb(0x2a0d08), 0.6), 0.8)});
}

/// An eye as a shape that closes; x runs outwards from its middle.
struct Eye {
  const Head& head;
  double side, open;

  Point at(double x, double y) const {
    const double lid = y < 2 ? 2 + (y - 2) * open : 2 + (y - 2) * (0.4 + 0.6 * open);
    return head.at(side * (kEyeX + kEyeSize * x), kEyeY + kEyeSize * lid, kEyeDepth - 0.25 * x);
  }
};

void draw_eyeball(const Eye& eye) {
  const Head& head = eye.head;
  const Pose& pose = head.pose;
  const Colour iris = head.looks.iris;
  const Point middle =
      head.at(eye.side * kEyeX + 5 * pose.gaze_x, kEyeY - 0.5 + 3 * pose.gaze_y, kEyeDepth);
  Path& ball = head.canvas.shape();
  ball.smooth({eye.at(-21, 4), eye.at(-13, -6.5), eye.at(1, -10.5), eye.at(14, -6.5), eye.at(21, 0),
               eye.at(13, 7.5), eye.at(0, 9.5), eye.at(-13, 8)});
  head.canvas.fill(
      ball,
      {flat(rgb(0xf4efe9)), fade(rgb(0x8a7a78), {0, kEyeY - 2}, 0, {0, kEyeY - 13}, 0.7),
       glow(rgb(0xc98d84), 0.5, eye.at(-21, 4), 8, 8),
       disc(lighter(iris, -0.6), 1, middle, 12.2, 12.2, 5), disc(iris, 1, middle, 10.8, 10.8, 3),
       glow(lighter(iris, 0.4), 0.8, middle + Point{0, 5}, 9, 7),
       disc(rgb(0x120c0a), 1, middle, 5.4, 5.4, 4),
       disc(rgb(0xffffff), 0.95, middle + Point{-3.6, -4}, 2.9, 2.9, 3),
       disc(rgb(0xffffff), 0.5, middle + Point{3.4, 3.6}, 1.7, 1.7, 3)});
}

void draw_lids(const Eye& eye) {
  const Head& head = eye.head;
  const Tone& skin = head.looks.skin;
  if (eye.open < 0.5) {
    Path& lid = head.canvas.shape();
    lid.smooth({eye.at(-21, 4), eye.at(-12, -8), head.at(eye.side * kEyeX, kEyeY - 10, kEyeDepth),
                eye.at(12, -8), eye.at(21, 0), eye.at(12, -1), eye.at(0, -2), eye.at(-12, 0)});
    head.canvas.fill(lid, {flat(mix(skin.base, skin.shade, 0.25), 1 - 2 * eye.open)});
  }
  const Colour lash = mix(head.looks.hair.shade, rgb(0x1a100c), 0.6);
  head.canvas.fill(head.canvas.shape().ribbon({eye.at(-22, 5), eye.at(-13, -6.5), eye.at(1, -11),
                                               eye.at(14, -7), eye.at(25, -3)},
                                              {1.5, 3, 4, 4.2, 1}),
                   {flat(lash, 0.95)});
  head.canvas.fill(
      head.canvas.shape().ribbon({eye.at(-19, 6), eye.at(0, 10.5), eye.at(21, 1)}, {.6, 1.6, 1}),
      {flat(mix(skin.shade, lash, 0.3), 0.7)});
  const auto crease = [&](double x, double y) {
    return head.at(eye.side * (kEyeX + x), kEyeY + y, kEyeDepth);
  };
  head.canvas.fill(
      head.canvas.shape().ribbon({crease(-20, -10), crease(0, -20), crease(24, -10)}, {.6, 2, .6}),
      {flat(skin.shade, 0.75)});
}

void draw_brow(const Head& head, double side) {
  const double lift = 7 * head.pose.brows;
  const auto p = [&](double x, double y) { return head.at(side * x, y - lift, 90 - 0.2 * x); };
  head.canvas.fill(head.canvas.shape().ribbon({p(16, -35), p(34, -42), p(51, -43), p(66, -35)},
                                              {4.6, 7, 5.6, 1.2}),
                   {flat(mix(head.looks.hair.base, head.looks.hair.shade, 0.4), 0.92)});
}

/// The mouth's corners and how far its middle line is below them.
struct Mouth {
  const Head& head;
  double half, open, smile;

  Point at(double x, double y) const {
    const double bend = (2 + smile * 9) * x * x;  // corners up
    return head.at(x * half, kMouthY + y - bend, kMouthDepth - 22 * x * x);
  }
};

void draw_lips(const Mouth& m) {
  const Head& head = m.head;
  const Colour lip = head.looks.lips;
  Path& lower = head.canvas.shape();
  lower.smooth({m.at(-1, 1), m.at(-.5, 0), m.at(0, 0), m.at(.5, 0), m.at(1, 1),
                m.at(.55, 9 + m.open * .85), m.at(0, 13 + m.open), m.at(-.55, 9 + m.open * .85)});
  head.canvas.fill(lower,
                   {flat(lip), glow(lighter(lip, 0.45), 0.65, m.at(-.12, 8 + m.open), 15, 4.5),
                    fade(lighter(lip, -0.35), m.at(.3, 4), 0, m.at(1, 6), 0.5)});
  Path& upper = head.canvas.shape();
  upper.smooth({m.at(-1, 1), m.at(-.55, -4.6), m.at(-.2, -8.2), m.at(0, -6.4), m.at(.2, -8.2),
                m.at(.55, -4.6), m.at(1, 1), m.at(.5, 2.2), m.at(0, 2.6), m.at(-.5, 2.2)});
  head.canvas.fill(upper, {flat(lighter(lip, -0.16))});
}

void draw_mouth(const Head& head) {
  const Pose& pose = head.pose;
  const Mouth m{head, 29 + 7 * pose.smile - 5 * pose.mouth, 17 * pose.mouth, pose.smile};
  draw_lips(m);
  const double gap = std::max(m.open, 4 * pose.smile - 2);
  Path& inside = head.canvas.shape();
  inside.smooth({m.at(-.93, 1), m.at(-.5, .8), m.at(0, 1.2), m.at(.5, .8), m.at(.93, 1),
                 m.at(.55, 1.8 + gap * .82), m.at(0, 2.2 + gap), m.at(-.55, 1.8 + gap * .82)});
  const Point teeth = m.at(0, 1);
  head.canvas.fill(inside,
                   {flat(rgb(0x4a1715)), glow(rgb(0xb6504e), 0.9, m.at(0, 4 + gap), m.half * .7, 7),
                    disc(rgb(0xf6f1ea), 0.95, teeth, m.half * .86, 3.2 + gap * .33, 3)});
  const Colour line = mix(head.looks.lips, rgb(0x3a1210), 0.6);
  head.canvas.fill(head.canvas.shape()
                       .ribbon({m.at(-1.06, 0), m.at(-.96, 1.6)}, {3, 1.5})
                       .ribbon({m.at(1.06, 0), m.at(.96, 1.6)}, {3, 1.5}),
                   {flat(line, 0.6)});
}

void draw_beard(const Head& head) {
  const Tone& hair = head.looks.hair;
  const double drop = 7 * head.pose.mouth;
  const auto p = [&head](double x, double y, double z) { return head.at(x, y, z); };
  Path& beard = head.canvas.shape();
  beard.smooth(
      {p(-90, -2, 6),          p(-80, 24, 30),         p(-66, 52, 60),        p(-40, 58, 84),
       p(-14, 56, 98),         p(0, 59, 98),           p(14, 56, 98),         p(40, 58, 84),
       p(66, 52, 60),          p(80, 24, 30),          p(90, -2, 6),          p(90, 28, 8),
       p(82, 66, 24),          p(62, 105 + drop, 44),  p(32, 130 + drop, 58), p(0, 139 + drop, 66),
       p(-32, 130 + drop, 58), p(-62, 105 + drop, 44), p(-82, 66, 24),        p(-90, 28, 8)});
  head.canvas.fill(beard, {linear(p(-80, 40, 30), hair.base, p(84, 60, 30), hair.shade),
                           glow(hair.light, 0.4, p(-38, 92, 60), 34, 30, 0.1)});
  for (int i = 0; i < 34; ++i) {
    const double x = -58 + 116 * chance(7, i), y = 72 + 30 * chance(8, i) - x * x * 0.003;
    const Point root = p(x, y, 64), tip = p(x, y + 14, 60);
    head.canvas.fill(head.canvas.shape().ribbon({root, tip}, {2, .6}),
                     {flat(i % 2 ? hair.light : hair.shade, 0.4)});
  }
  const Mouth m{head, 40, 14 * head.pose.mouth, head.pose.smile};
  head.canvas.fill(
      head.canvas.shape().ellipse(m.at(0, 4 + m.open / 2), 33, 12 + m.open / 2),
      {glow(head.looks.skin.base, 0.75, m.at(0, 4 + m.open / 2), 36, 15 + m.open / 2)});
}

void draw_lens(const Head& head, double side) {
  const Point eye = head.at(side * (kEyeX + 1), kEyeY + 3, 96);
  std::array<Point, 15> rim;
  std::array<double, 15> widths;
  widths.fill(4.2);
  for (std::size_t i = 0; i < rim.size(); ++i) {
    const double at = static_cast<double>(i) / 14;
    rim[i] = eye + Point{30.5 * cosine(at), 25 * sine(at)};
  }
  Path& glass = head.canvas.shape();
  glass.ellipse(eye, 30, 25);
  head.canvas.fill(glass,
                   {fade(rgb(0xdfeef6), eye + Point{-26, -24}, 0.34, eye + Point{8, 12}, 0)});
  head.canvas.fill(head.canvas.shape().ribbon(rim, widths), {flat(rgb(0x23252b))});
  head.canvas.fill(
      head.canvas.shape().ribbon({eye + Point{side * 30, -6}, head.at(side * 86, -6, 0)}, {4, 4}),
      {flat(rgb(0x23252b))});
}

void draw_glasses(const Head& head) {
  draw_lens(head, -1);
  draw_lens(head, 1);
  head.canvas.fill(head.canvas.shape().ribbon({head.at(-8, kEyeY, 106), head.at(0, kEyeY - 4, 108),
                                               head.at(8, kEyeY, 106)},
                                              {3.4, 3.8, 3.4}),
                   {flat(rgb(0x23252b))});
}

}  // namespace

void draw_face(const Head& head) {
  draw_ear(head, -1);
  draw_ear(head, 1);
  draw_head_shape(head);
  if (head.looks.beard) draw_beard(head);
  for (double side : {-1.0, 1.0}) {
    const Eye eye{head, side, std::max(0.04, (1 - head.pose.lids) * (1 - 0.18 * head.pose.smile))};
    draw_eyeball(eye);
    draw_lids(eye);
    draw_brow(head, side);
  }
  draw_nose(head);
  draw_mouth(head);
  if (head.looks.glasses) draw_glasses(head);
}

}  // namespace scrim
