// The presenter's hair, in three styles, and the headset over it. A mass of hair is one filled
// shape with locks upon it; single strands stand out at its edge, where mattes have their trouble.
#include <algorithm>
#include <array>
#include <cmath>

#include "sources/presenter_person.h"

namespace scrim {
namespace {

/// Where `edge`, a line through points, is at `place` points from its begin, `off` outside of it.
Point beside(std::span<const Point> edge, double place, double off) {
  const auto i = std::min(static_cast<std::size_t>(place), edge.size() - 2);
  const Point way = edge[i + 1] - edge[i];
  const double scale = off / std::max(1.0, std::abs(way.x) + std::abs(way.y));
  return between(edge[i], edge[i + 1], place - static_cast<double>(i)) +
         Point{way.y, -way.x} * scale;
}

/// Fine strands that come off the edge of the hair, up to `off` to its left (as seen when going
/// along it) or, below 0, to its right, and run along it.
void draw_strands(const Head& head, std::span<const Point> edge, int count, double off) {
  Path& strands = head.canvas.shape();
  const auto last = static_cast<double>(edge.size() - 1);
  for (int i = 0; i < count; ++i) {
    const double from = last * 0.9 * (i + chance(3, i)) / count;
    const double way = 0.5 + 0.5 * chance(4, i), reach = off * (0.3 + 0.7 * chance(5, i));
    strands.ribbon(
        {beside(edge, from, -0.5 * off), beside(edge, from + 0.5 * way, 0.3 * off + 0.3 * reach),
         beside(edge, std::min(from + way, last), 0.4 * off + reach)},
        {2.8, 1.9, 0.5});
  }
  head.canvas.fill(strands, {flat(mix(head.looks.hair.base, head.looks.hair.light, 0.15))});
}

struct Lock {
  Point from, over, to;
  double width;
};

/// How far before the head's axis the surface of the hair is, at a point of it.
using Surface = double (*)(Point);

double long_surface(Point p) {
  if (p.y < -90) return 20 - 0.3 * std::abs(p.x);
  return 52 - 68 * std::clamp((std::abs(p.x) - 82) / 42, 0.0, 1.0);
}

double short_surface(Point p) {
  return 24 - 42 * std::min(1.0, std::abs(p.x) / 100);
}

/// Light and dark locks that follow the fall of the hair.
void draw_locks(const Head& head, std::span<const Lock> locks, Surface surface) {
  const Tone& hair = head.looks.hair;
  const auto placed = [&](Point p) { return head.at(p.x, p.y, surface(p)); };
  bool lit = false;
  for (const Lock& lock : locks) {
    lit = !lit;
    const Point from = placed(lock.from), over = placed(lock.over), to = placed(lock.to);
    head.canvas.fill(head.canvas.shape().ribbon({from, over, to}, {.6, lock.width, .6}),
                     {fade(lit ? hair.light : hair.shade, from, lit ? 0.5 : 0.55, to, 0.15)});
  }
}

// Long: parted on the left of the picture, in waves down to the chest.

constexpr Point kLongEdge[] = {{24, -163}, {70, -147}, {109, -98}, {127, -30}, {130, 30},
                               {141, 84},  {134, 136}, {145, 182}, {130, 226}, {96, 258}};

/// The outer edge of the hair on one side (-1 or 1), from the top of the head down.
std::array<Point, std::size(kLongEdge)> long_edge(const Head& head, double side, double depth) {
  std::array<Point, std::size(kLongEdge)> edge;
  for (std::size_t i = 0; i < edge.size(); ++i)
    edge[i] = head.at(side * kLongEdge[i].x, kLongEdge[i].y, depth);
  return edge;
}

void draw_long_back(const Head& head) {
  const Tone& hair = head.looks.hair;
  const auto right = long_edge(head, 1, -30), left = long_edge(head, -1, -30);
  std::array<Point, 2 * std::size(kLongEdge)> mass;
  std::ranges::copy(right, mass.begin());
  std::ranges::reverse_copy(left, mass.begin() + right.size());
  head.canvas.fill(head.canvas.shape().smooth(mass),
                   {linear({0, -40}, mix(hair.base, hair.shade, 0.6), {0, 150}, hair.shade)});
  draw_strands(head, right, 34, 11);
  draw_strands(head, left, 34, -11);
}

constexpr Lock kLongRight[] = {
    {{-14, -142}, {88, -104}, {114, 40}, 12}, {{-4, -124}, {84, -78}, {104, 60}, 9},
    {{20, -150}, {114, -60}, {120, 90}, 10},  {{10, -112}, {76, -74}, {96, 40}, 7},
    {{104, 40}, {124, 92}, {112, 150}, 9},    {{96, 60}, {106, 110}, {100, 170}, 8},
    {{126, 60}, {128, 130}, {134, 190}, 8},   {{106, 130}, {124, 186}, {98, 246}, 10},
    {{40, -150}, {120, -40}, {126, 50}, 8},   {{100, 150}, {110, 200}, {94, 250}, 7}};
constexpr Lock kLongLeft[] = {
    {{-38, -142}, {-92, -98}, {-114, 40}, 11},  {{-36, -122}, {-86, -70}, {-106, 60}, 8},
    {{-50, -148}, {-116, -60}, {-120, 90}, 10}, {{-42, -114}, {-74, -84}, {-98, 40}, 6},
    {{-104, 40}, {-124, 92}, {-112, 150}, 9},   {{-98, 60}, {-106, 110}, {-100, 170}, 8},
    {{-126, 60}, {-128, 130}, {-134, 190}, 8},  {{-106, 130}, {-126, 186}, {-100, 248}, 10},
    {{-70, -134}, {-120, -30}, {-126, 50}, 8},  {{-102, 150}, {-112, 200}, {-96, 252}, 7}};

void draw_long_front(const Head& head) {
  const Tone& hair = head.looks.hair;
  const auto f = [&head](double x, double y) { return head.at(x, y, 58); };   // the hairline
  const auto p = [&head](double x, double y) { return head.at(x, y, -12); };  // the outer side
  Path& right = head.canvas.shape();
  right.smooth({f(-30, -112), f(-30, -112), p(-24, -156), p(22, -165), p(70, -148), p(110, -100),
                p(128, -30),  p(131, 30),   p(142, 84),   p(135, 136), p(146, 182), p(128, 228),
                p(84, 266),   p(84, 266),   p(104, 220),  p(88, 176),  p(98, 132),  p(88, 84),
                f(80, 36),    f(82, -10),   f(74, -46),   f(46, -78),  f(6, -94)});
  head.canvas.fill(right, {linear(f(-20, -140), mix(hair.base, hair.light, 0.35), p(126, 60),
                                  mix(hair.base, hair.shade, 0.55)),
                           glow(hair.light, 0.65, f(58, -100), 66, 24, 0.1),
                           glow(hair.light, 0.3, p(120, 90), 14, 44),
                           glow(hair.light, 0.35, p(122, 184), 16, 40),
                           fade(hair.shade, p(80, 60), 0.5, p(112, 60), 0)});
  draw_locks(head, kLongRight, long_surface);
  Path& left = head.canvas.shape();
  left.smooth({f(-28, -110), f(-28, -110), p(-18, -156), p(-52, -155), p(-98, -116), p(-126, -40),
               p(-131, 30),  p(-143, 84),  p(-136, 136), p(-147, 182), p(-130, 228), p(-88, 268),
               p(-88, 268),  p(-106, 220), p(-90, 176),  p(-100, 132), p(-90, 84),   f(-82, 36),
               f(-84, -10),  f(-78, -52),  f(-58, -88)});
  head.canvas.fill(
      left,
      {linear(p(-126, -60), mix(hair.base, hair.light, 0.3), f(-60, 40), hair.base),
       glow(hair.light, 0.7, f(-84, -92), 40, 24, -0.12),
       glow(hair.light, 0.4, p(-128, 84), 15, 50), glow(hair.light, 0.4, p(-126, 184), 16, 44),
       fade(hair.shade, p(-80, 60), 0.5, p(-112, 60), 0)});
  draw_locks(head, kLongLeft, long_surface);
}

// Curly: a mass of curls around the head.

Point curl_at(const Head& head, int i, double ring) {
  const double turns = 0.44 + 0.62 * (i + 0.4 * chance(11, i)) / 26;
  return head.at(ring * 100 * cosine(turns), -52 + ring * 98 * sine(turns), -10 + 20 * (1 - ring));
}

void shape_curls(const Head& head, Path& path, double ring, double size) {
  for (int i = 0; i < 26; ++i)
    path.ellipse(curl_at(head, i, ring), size * (0.75 + 0.5 * chance(12, i)),
                 size * (0.75 + 0.4 * chance(13, i)), chance(14, i));
}

void draw_curly_back(const Head& head) {
  const Tone& hair = head.looks.hair;
  Path& mass = head.canvas.shape();
  mass.ellipse(head.at(0, -48, -20), 112, 108);
  shape_curls(head, mass, 1.06, 27);
  head.canvas.fill(mass, {linear({-110, -120}, hair.base, {120, 0}, hair.shade)});
  std::array<Point, 25> edge;
  for (std::size_t i = 0; i < edge.size(); ++i) edge[i] = curl_at(head, static_cast<int>(i), 1.24);
  draw_strands(head, edge, 44, 12);
}

void draw_curly_front(const Head& head) {
  const Tone& hair = head.looks.hair;
  for (int i = 0; i < 66; ++i) {
    const double ring = i < 26 ? 1.04 : i < 48 ? 0.9 : 0.84;
    const Point c = curl_at(head, i % 26, ring + 0.1 * chance(15, i));
    if (c.y > -44 && i >= 26) continue;
    const double size = 15 + 11 * chance(16, i);
    head.canvas.fill(
        head.canvas.shape().ellipse(c, size, size * 0.86, chance(17, i)),
        {flat(mix(hair.base, hair.shade, 0.6 * chance(18, i))),
         glow(hair.light, 0.5, c + Point{-size * .3, -size * .35}, size * .6, size * .4, -.1),
         glow(hair.shade, 0.6, c + Point{size * .3, size * .45}, size * .8, size * .5)});
  }
}

// Short: combed up and to the right.

constexpr std::array<Point, 13> kShortOuter = {{{-82, 14},
                                                {-107, -44},
                                                {-101, -98},
                                                {-74, -138},
                                                {-40, -158},
                                                {0, -170},
                                                {42, -172},
                                                {78, -158},
                                                {98, -128},
                                                {106, -90},
                                                {107, -44},
                                                {101, -4},
                                                {82, 14}}};
constexpr Lock kShortLocks[] = {
    {{-62, -96}, {-40, -140}, {20, -162}, 12}, {{-40, -92}, {-8, -134}, {60, -156}, 12},
    {{-16, -92}, {24, -128}, {88, -138}, 12},  {{-76, -88}, {-74, -124}, {-20, -158}, 10},
    {{14, -92}, {48, -118}, {98, -112}, 11},   {{-86, -60}, {-98, -92}, {-78, -130}, 8},
    {{86, -50}, {98, -80}, {96, -116}, 8}};

void draw_short_back(const Head& head) {
  std::array<Point, kShortOuter.size()> edge;
  for (std::size_t i = 0; i < edge.size(); ++i)
    edge[i] = head.at(kShortOuter[i].x, kShortOuter[i].y, -10);
  head.canvas.fill(head.canvas.shape().smooth(edge), {flat(head.looks.hair.shade)});
  draw_strands(head, std::span(edge).subspan(1, 10), 40, 12);
}

void draw_short_front(const Head& head) {
  const Tone& hair = head.looks.hair;
  const auto f = [&head](double x, double y) { return head.at(x, y, 56); };
  std::array<Point, kShortOuter.size() + 9> cap;
  for (std::size_t i = 0; i < kShortOuter.size(); ++i)
    cap[i] = head.at(kShortOuter[i].x, kShortOuter[i].y, -10);
  const Point line[] = {f(85, -14),  f(84, -58),  f(70, -84),  f(36, -92), f(-4, -84),
                        f(-40, -88), f(-70, -82), f(-84, -56), f(-86, -14)};
  for (std::size_t i = 0; i < std::size(line); ++i) cap[kShortOuter.size() + i] = line[i];
  head.canvas.fill(head.canvas.shape().smooth(cap),
                   {linear({-90, -140}, mix(hair.base, hair.light, 0.3), {104, -40},
                           mix(hair.base, hair.shade, 0.6)),
                    fade(hair.shade, f(-90, -30), 0.4, f(-90, -90), 0),
                    glow(hair.light, 0.6, head.at(-24, -136, 20), 70, 24, -0.04)});
  draw_locks(head, kShortLocks, short_surface);
}

}  // namespace

void draw_back_hair(const Head& head) {
  switch (head.looks.hair_style) {
    case HairStyle::kLong:
      return draw_long_back(head);
    case HairStyle::kCurly:
      return draw_curly_back(head);
    case HairStyle::kShort:
      return draw_short_back(head);
  }
}

void draw_front_hair(const Head& head) {
  switch (head.looks.hair_style) {
    case HairStyle::kLong:
      return draw_long_front(head);
    case HairStyle::kCurly:
      return draw_curly_front(head);
    case HairStyle::kShort:
      return draw_short_front(head);
  }
}

void draw_headset(const Head& head) {
  const Colour dark = rgb(0x2a2d33), edge = rgb(0x6a707a);
  const bool curly = head.looks.hair_style == HairStyle::kCurly;
  const double top = curly ? -166 : -178, wide = curly ? 118 : 112;
  const auto p = [&head](double x, double y) { return head.at(x, y, -6); };
  Path& band = head.canvas.shape();
  band.ribbon({p(-wide + 8, 0), p(-wide, -60), p(-76, top + 36), p(0, top), p(76, top + 36),
               p(wide, -60), p(wide - 8, 0)},
              {13, 14, 16, 17, 16, 14, 13});
  head.canvas.fill(band, {linear({-90, -150}, edge, {60, -60}, dark)});
  for (double side : {-1.0, 1.0}) {
    const Point cup = p(side * 103, 14);
    head.canvas.fill(head.canvas.shape().box(cup - Point{17, 40}, cup + Point{17, 40}, 16),
                     {linear(cup - Point{17, 30}, edge, cup + Point{17, 20}, dark),
                      glow(rgb(0x000000), 0.4, cup + Point{-side * 14, 0}, 10, 44)});
  }
  const Point mic = head.at(-44, 96, 104);
  head.canvas.fill(
      head.canvas.shape().ribbon({p(-106, 44), head.at(-94, 92, 40), mic}, {6, 4.5, 4.5}),
      {flat(dark)});
  head.canvas.fill(head.canvas.shape().ribbon({mic, mic + Point{15, 1}}, {13, 13}),
                   {linear(mic - Point{0, 7}, edge, mic + Point{0, 6}, dark)});
}

}  // namespace scrim
