// Outlines for pictures that are drawn by code: closed rings in the author's own units.
//
// x grows to the right, y downwards; angles are in turns, clockwise as seen. Only +, -, *, / and
// square roots are used (own sine), so outlines are the same on every machine. Rings of one Path
// unite where they overlap. A Path that is cleared keeps its memory. Reentrant.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <vector>

namespace scrim {

struct Point {
  double x = 0, y = 0;
};
constexpr Point operator+(Point a, Point b) {
  return {a.x + b.x, a.y + b.y};
}
constexpr Point operator-(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
constexpr Point operator*(Point a, double s) {
  return {a.x * s, a.y * s};
}
constexpr Point between(Point a, Point b, double t) {
  return a + (b - a) * t;
}

double sine(double turns);
double cosine(double turns);
/// 0 below 0, 1 above 1, smooth between.
double ease(double t);
/// 0 <= value < 1, without visible order, the same for the same pair everywhere.
double chance(int seed, int index);

/// p -> (xx * x + xy * y + dx, yx * x + yy * y + dy); a * b does b first.
struct Transform {
  double xx = 1, xy = 0, yx = 0, yy = 1, dx = 0, dy = 0;

  Point operator()(Point p) const { return {xx * p.x + xy * p.y + dx, yx * p.x + yy * p.y + dy}; }
  Transform inverse() const;
};
Transform operator*(const Transform& a, const Transform& b);
Transform moved(double dx, double dy);
Transform scaled(double sx, double sy);
Transform turned(double turns, Point about = {});

class Path {
 public:
  Path();

  Path& clear();
  /// A ring corner by corner; close() ends it.
  void add(Point p) { points_.push_back(p); }
  void close() { ends_.push_back(points_.size()); }
  Path& polygon(std::span<const Point> corners);
  /// A closed curve through all points; a point written twice makes a corner.
  Path& smooth(std::span<const Point> points);
  Path& ellipse(Point centre, double rx, double ry, double turns = 0);
  /// Between two opposite corners, with rounded corners.
  Path& box(Point a, Point b, double radius = 0);
  /// A curve through the spine's points, as wide there as `widths` says, with round ends.
  Path& ribbon(std::span<const Point> spine, std::span<const double> widths);

  using Points = std::initializer_list<Point>;
  using Widths = std::initializer_list<double>;
  Path& polygon(Points p) { return polygon(std::span(p.begin(), p.size())); }
  Path& smooth(Points p) { return smooth(std::span(p.begin(), p.size())); }
  Path& ribbon(Points p, Widths w) {
    return ribbon(std::span(p.begin(), p.size()), std::span(w.begin(), w.size()));
  }

  std::size_t ring_count() const { return ends_.size(); }
  std::span<const Point> ring(std::size_t i) const;

 private:
  void add_arc(Point centre, Point from, double turns);

  std::vector<Point> points_;
  std::vector<std::size_t> ends_;
};

}  // namespace scrim
