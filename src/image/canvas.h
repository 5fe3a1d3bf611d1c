// Draws filled shapes into I420 pictures, with edges of exact coverage.
//
// A shape (a Path) is filled with one or more Paints, the first undermost; each next one lies only
// where the shape is. All geometry is given in the author's units, which place() maps to pixels.
// What is drawn is also added to a matte, when there is one. Deterministic: the same calls give the
// same bytes on every machine. A Canvas owns scratch memory for pictures up to its size and
// allocates nothing after that, for shapes up to some 10'000 points. Reentrant; keeps the views
// given to aim() until the next aim().
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "image/image.h"
#include "image/path.h"

namespace scrim {

/// BT.601 limited levels, not rounded.
struct Colour {
  float y = 16, u = 128, v = 128;
};
/// 0xRRGGBB
Colour rgb(std::uint32_t hex);
Colour mix(Colour a, Colour b, double t);
/// Nearer to black or white: -1..1.
Colour lighter(Colour colour, double by);

/// What a shape is filled with. Alphas are 0..1.
struct Paint {
  enum class Kind { kFlat, kLinear, kFade, kRound };
  Kind kind = Kind::kFlat;
  Colour from, to;  // kLinear: the colour goes from `from` to `to`
  double from_alpha = 1, to_alpha = 1;
  Transform to_paint;  // kLinear, kFade: x is 0 at one end, 1 at the other; kRound: the unit circle
  double hardness = 1;  // kRound: 1 fades from the centre on; more is a disc with a soft rim
};
Paint flat(Colour colour, double alpha = 1);
/// The colour goes from `at_a` at `a`, and all before it, to `at_b` at `b`, and all behind it.
Paint linear(Point a, Colour at_a, Point b, Colour at_b);
Paint fade(Colour colour, Point a, double alpha_at_a, Point b, double alpha_at_b);
/// An ellipse of light or shade, strongest in its centre.
Paint glow(Colour colour, double alpha, Point centre, double rx, double ry, double turns = 0);
/// A filled ellipse, clipped by the shape.
Paint disc(Colour colour, double alpha, Point centre, double rx, double ry, double hardness = 8);

class Canvas {
 public:
  explicit Canvas(Size size);

  void aim(ImageView picture, Plane matte = {});
  void place(const Transform& to_pixels) { to_pixels_ = to_pixels; }
  const Transform& placed() const { return to_pixels_; }

  /// An empty shape to build on; the one before is gone.
  Path& shape() { return scratch_.clear(); }
  void fill(const Path& path, std::initializer_list<Paint> paints);

 private:
  /// In 1/256 pixel, downwards: y0 < y1. `winding` tells which side is inside.
  struct Edge {
    int x0, y0, x1, y1, winding;
  };
  /// Columns first..last of a row, even and odd.
  struct Span {
    int first, last;
  };

  /// A paint as pixels see it, and the only columns and rows that it touches.
  struct Placed {
    Transform to_paint;
    int left, top, right, bottom;
  };

  Placed place_paint(const Paint& paint) const;
  void add_edges(std::span<const Point> ring);
  void add_edge(int x0, int y0, int x1, int y1, int winding);
  Span sweep_pair(int row);
  Span sweep(int row, std::vector<std::int32_t>& sums) const;
  Span add_to(const Edge& edge, int row, std::vector<std::int32_t>& sums) const;
  void cover(int row, Span span);
  const float* dither(int y, int x) const;
  void paint_pair(const Paint& paint, const Placed& placed, int row, Span span);
  void mark_matte(int row, Span span);

  ImageView picture_;
  Plane matte_;
  Transform to_pixels_;
  Path scratch_;
  int width_ = 0, height_ = 0;  // of the picture, made even
  std::vector<Edge> edges_;     // by rising y0
  std::size_t first_edge_ = 0;  // those before it have ended
  std::vector<Placed> placed_;  // the paints of the shape in hand
  std::vector<std::int32_t> sums_[2];
  std::vector<std::uint8_t> cover_[2], half_cover_;
  std::vector<float> dither_;
};

}  // namespace scrim
