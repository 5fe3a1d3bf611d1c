#include "image/path.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

namespace scrim {
namespace {

constexpr int kStepsPerSpan = 8;
constexpr int kStepsPerTurn = 72;
constexpr std::size_t kUsualPoints = 1 << 14;
constexpr std::size_t kUsualRings = 1 << 10;

/// Catmull-Rom: from b (t = 0) to c (t = 1), heading as the neighbours a and d say.
constexpr double spline(double a, double b, double c, double d, double t) {
  const double curve = (2 * a - 5 * b + 4 * c - d) + (3 * (b - c) + d - a) * t;
  return b + 0.5 * t * ((c - a) + t * curve);
}

Point spline(Point a, Point b, Point c, Point d, double t) {
  return {spline(a.x, b.x, c.x, d.x, t), spline(a.y, b.y, c.y, d.y, t)};
}

/// Value `step` of an open curve through `points`, kStepsPerSpan steps from point to point.
template <class Value>
Value along(std::span<const Value> points, std::size_t step) {
  const std::size_t last = points.size() - 1;
  const std::size_t i = std::min(step / kStepsPerSpan, last);
  const double t = static_cast<double>(step % kStepsPerSpan) / kStepsPerSpan;
  return spline(points[i == 0 ? 0 : i - 1], points[i], points[std::min(i + 1, last)],
                points[std::min(i + 2, last)], t);
}

Point unit(Point p) {
  const double length = std::sqrt(p.x * p.x + p.y * p.y);
  return length > 0 ? p * (1 / length) : Point{1, 0};
}

/// Half the ribbon's width at `step`, at right angles to its way there.
Point reach(std::span<const Point> spine, std::span<const double> widths, std::size_t step) {
  const std::size_t end = (spine.size() - 1) * kStepsPerSpan;
  const Point ahead = along(spine, std::min(step + 1, end));
  const Point behind = along(spine, step == 0 ? 0 : step - 1);
  const Point way = unit(ahead - behind);
  return Point{-way.y, way.x} * (0.5 * std::max(0.0, along(widths, step)));
}

}  // namespace

double sine(double turns) {
  double t = turns - std::floor(turns + 0.5);
  if (t > 0.25) t = 0.5 - t;
  if (t < -0.25) t = -0.5 - t;
  const double x = t * 6.283185307179586;
  const double q = x * x;
  const double tail = q / 72 * (1 - q / 110);
  return x * (1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - tail))));
}

double cosine(double turns) {
  return sine(turns + 0.25);
}

double ease(double t) {
  const double s = std::clamp(t, 0.0, 1.0);
  return s * s * (3 - 2 * s);
}

double chance(int seed, int index) {
  std::uint32_t h = static_cast<std::uint32_t>(seed) * 0x9e3779b1u +
                    static_cast<std::uint32_t>(index) * 0x85ebca77u + 0x27d4eb2fu;
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  return static_cast<double>((h ^ (h >> 15)) >> 8) / (1 << 24);
}

Transform Transform::inverse() const {
  const double d = xx * yy - xy * yx;
  return {yy / d, -xy / d, -yx / d, xx / d, (xy * dy - yy * dx) / d, (yx * dx - xx * dy) / d};
}

Transform operator*(const Transform& a, const Transform& b) {
  const Point origin = a({b.dx, b.dy});
  return {a.xx * b.xx + a.xy * b.yx,
          a.xx * b.xy + a.xy * b.yy,
          a.yx * b.xx + a.yy * b.yx,
          a.yx * b.xy + a.yy * b.yy,
          origin.x,
          origin.y};
}

Transform moved(double dx, double dy) {
  return {1, 0, 0, 1, dx, dy};
}

Transform scaled(double sx, double sy) {
  return {sx, 0, 0, sy, 0, 0};
}

Transform turned(double turns, Point about) {
  const double c = cosine(turns), s = sine(turns);
  return moved(about.x, about.y) * Transform{c, -s, s, c, 0, 0} * moved(-about.x, -about.y);
}

Path::Path() {
  points_.reserve(kUsualPoints);
  ends_.reserve(kUsualRings);
}

Path& Path::clear() {
  points_.clear();
  ends_.clear();
  return *this;
}

std::span<const Point> Path::ring(std::size_t i) const {
  const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::span(points_).subspan(begin, ends_[i] - begin);
}

Path& Path::polygon(std::span<const Point> corners) {
  points_.insert(points_.end(), corners.begin(), corners.end());
  close();
  return *this;
}

Path& Path::smooth(std::span<const Point> points) {
  const std::size_t n = points.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Point a = points[i], b = points[(i + 1) % n];
    if (a.x == b.x && a.y == b.y) continue;
    for (int step = 0; step < kStepsPerSpan; ++step)
      add(spline(points[(i + n - 1) % n], points[i], points[(i + 1) % n], points[(i + 2) % n],
                 static_cast<double>(step) / kStepsPerSpan));
  }
  close();
  return *this;
}

Path& Path::ellipse(Point centre, double rx, double ry, double turns) {
  const Transform place = moved(centre.x, centre.y) * turned(turns) * scaled(rx, ry);
  for (int i = 0; i < kStepsPerTurn; ++i) {
    const double at = static_cast<double>(i) / kStepsPerTurn;
    add(place({cosine(at), sine(at)}));
  }
  close();
  return *this;
}

/// From `centre + from` around `centre` by `turns`, without the two ends.
void Path::add_arc(Point centre, Point from, double turns) {
  constexpr int kSteps = 8;
  for (int i = 1; i < kSteps; ++i) add(centre + turned(turns * i / kSteps)(from));
}

Path& Path::box(Point a, Point b, double radius) {
  const Point low{std::min(a.x, b.x), std::min(a.y, b.y)};
  const Point high{std::max(a.x, b.x), std::max(a.y, b.y)};
  const double r = std::min({radius, (high.x - low.x) / 2, (high.y - low.y) / 2});
  const Point centres[] = {{high.x - r, low.y + r},
                           {high.x - r, high.y - r},
                           {low.x + r, high.y - r},
                           low + Point{r, r}};
  Point from{0, -r};
  for (Point centre : centres) {
    add(centre + from);
    add_arc(centre, from, 0.25);
    from = {-from.y, from.x};
    add(centre + from);
  }
  close();
  return *this;
}

Path& Path::ribbon(std::span<const Point> spine, std::span<const double> widths) {
  assert(spine.size() >= 2 && spine.size() == widths.size());
  const std::size_t end = (spine.size() - 1) * kStepsPerSpan;
  for (std::size_t i = 0; i <= end; ++i) add(along(spine, i) + reach(spine, widths, i));
  add_arc(spine.back(), reach(spine, widths, end), -0.5);
  for (std::size_t i = end + 1; i-- > 0;) add(along(spine, i) - reach(spine, widths, i));
  add_arc(spine.front(), reach(spine, widths, 0) * -1, -0.5);
  close();
  return *this;
}

}  // namespace scrim
