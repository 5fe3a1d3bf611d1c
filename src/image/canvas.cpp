// The idea: each edge of a shape adds, to every pixel row it crosses, how much of the pixels right
// of it lies inside; the running sum along the row then is each pixel's exact coverage (as in
// FreeType's and font-rs' rasterizers). Sums are whole numbers, so shapes close exactly. Rows go in
// pairs, since two rows share their chroma. The colours of a paint are affine functions of the
// place and are blended with coverage in plain loops over float, which compilers turn into vector
// code; no operation there depends on the machine. An ordered dither hides the steps of wide
// gradients. Tested by canvas_test.cpp.
#include "image/canvas.h"

#include <algorithm>
#include <cmath>

namespace scrim {
namespace {

constexpr int kOneBits = 8;
constexpr int kOne = 1 << kOneBits;  // a pixel, in units of edges
constexpr int kFullBits = 17;
constexpr int kFull = 1 << kFullBits;  // the sum that covers a pixel: 2 * kOne * kOne
constexpr int kBlock = 16;  // rows are worked on in whole blocks, so that vector code has no rests
constexpr double kFarthest = 4.0 * kMaxSide;
constexpr int kDitherSide = 8;

int to_fixed(double v) {
  return static_cast<int>(std::floor(std::clamp(v, -kFarthest, kFarthest) * kOne + 0.5));
}

int to_pixel(double v) {
  return to_fixed(v) >> kOneBits;
}

int even(int n) {
  return n + (n & 1);
}

/// Entry (x, y) of the 8x8 ordered dither matrix, in (0, 1).
float dither_at(int x, int y) {
  int value = 0;
  for (int bit = 0; bit < 3; ++bit) {
    const int xb = (x >> bit) & 1, yb = (y >> bit) & 1;
    value |= ((xb ^ yb) << 1 | yb) << (2 * (2 - bit));
  }
  return (static_cast<float>(value) + 0.5f) / (kDitherSide * kDitherSide);
}

/// One row of n samples of a paint: everything affine in the column.
struct Ramp {
  Paint::Kind kind;
  int n;
  float value, value_step;  // over t
  float alpha, alpha_step;  // over t; for a coverage of 1, of 255
  float t, t_step;          // over the column
  float s, s_step;
  float hardness;
};

std::uint8_t blended(std::uint8_t under, float over, float alpha, float dither) {
  const float u = static_cast<float>(under);
  return static_cast<std::uint8_t>(static_cast<int>(u + (over - u) * alpha + dither));
}

float clamped(float t) {
  const float low = t > 0 ? t : 0;
  return low < 1 ? low : 1;
}

void blend_flat(Ramp r, std::uint8_t* out, const std::uint8_t* cover, const float* dither) {
  for (int i = 0; i < r.n; ++i)
    out[i] = blended(out[i], r.value, r.alpha * static_cast<float>(cover[i]), dither[i]);
}

void blend_linear(Ramp r, std::uint8_t* out, const std::uint8_t* cover, const float* dither) {
  for (int i = 0; i < r.n; ++i) {
    const float t = clamped(r.t + r.t_step * static_cast<float>(i));
    const float alpha = r.alpha * static_cast<float>(cover[i]);
    out[i] = blended(out[i], r.value + r.value_step * t, alpha, dither[i]);
  }
}

void blend_fade(Ramp r, std::uint8_t* out, const std::uint8_t* cover, const float* dither) {
  for (int i = 0; i < r.n; ++i) {
    const float t = clamped(r.t + r.t_step * static_cast<float>(i));
    const float alpha = (r.alpha + r.alpha_step * t) * static_cast<float>(cover[i]);
    out[i] = blended(out[i], r.value, alpha, dither[i]);
  }
}

void blend_round(Ramp r, std::uint8_t* out, const std::uint8_t* cover, const float* dither) {
  for (int i = 0; i < r.n; ++i) {
    const float t = r.t + r.t_step * static_cast<float>(i);
    const float s = r.s + r.s_step * static_cast<float>(i);
    const float q = clamped((1 - t * t - s * s) * r.hardness);
    const float alpha = r.alpha * q * q * (3 - 2 * q) * static_cast<float>(cover[i]);
    out[i] = blended(out[i], r.value, alpha, dither[i]);
  }
}

/// The ramp of `n` samples, the first at pixel place `at`, the others `step` pixels apart. Where a
/// paint does not change along the row it is a flat one.
Ramp ramp_of(const Paint& paint, const Transform& to_paint, Point at, double step, int n) {
  const Point p = to_paint(at);
  Ramp r{};
  r.kind = paint.kind;
  r.n = n;
  r.alpha = static_cast<float>(paint.from_alpha / 255);
  r.alpha_step = static_cast<float>((paint.to_alpha - paint.from_alpha) / 255);
  r.t = static_cast<float>(p.x);
  r.t_step = static_cast<float>(to_paint.xx * step);
  r.s = static_cast<float>(p.y);
  r.s_step = static_cast<float>(to_paint.yx * step);
  r.hardness = static_cast<float>(paint.hardness);
  if (r.kind == Paint::Kind::kFlat || r.kind == Paint::Kind::kRound) return r;
  const float first = clamped(r.t), last = clamped(r.t + r.t_step * static_cast<float>(n));
  if (first == last) {
    r.kind = Paint::Kind::kFlat;
    r.t = first;
    r.alpha += r.alpha_step * first;
  }
  return r;
}

void blend(Ramp r, float from, float to, std::uint8_t* out, const std::uint8_t* cover,
           const float* dither) {
  r.value = from;
  r.value_step = to - from;
  switch (r.kind) {
    case Paint::Kind::kFlat:
      r.value += r.value_step * r.t;
      if (r.alpha > 0) blend_flat(r, out, cover, dither);
      return;
    case Paint::Kind::kFade:
      return blend_fade(r, out, cover, dither);
    case Paint::Kind::kLinear:
      return blend_linear(r, out, cover, dither);
    case Paint::Kind::kRound:
      return blend_round(r, out, cover, dither);
  }
}

}  // namespace

Colour rgb(std::uint32_t hex) {
  const double r = (hex >> 16) & 255, g = (hex >> 8) & 255, b = hex & 255;
  return {static_cast<float>(16 + (65.481 * r + 128.553 * g + 24.966 * b) / 255),
          static_cast<float>(128 + (-37.797 * r - 74.203 * g + 112.0 * b) / 255),
          static_cast<float>(128 + (112.0 * r - 93.786 * g - 18.214 * b) / 255)};
}

Colour mix(Colour a, Colour b, double t) {
  const auto s = static_cast<float>(t);
  return {a.y + (b.y - a.y) * s, a.u + (b.u - a.u) * s, a.v + (b.v - a.v) * s};
}

Colour lighter(Colour colour, double by) {
  return by < 0 ? mix(colour, rgb(0x000000), -by) : mix(colour, rgb(0xffffff), by);
}

Paint flat(Colour colour, double alpha) {
  return {.kind = Paint::Kind::kFlat,
          .from = colour,
          .to = colour,
          .from_alpha = alpha,
          .to_alpha = alpha,
          .to_paint = {},
          .hardness = 1};
}

Paint linear(Point a, Colour at_a, Point b, Colour at_b) {
  const Point way = b - a;
  const double q = std::max(way.x * way.x + way.y * way.y, 1e-9);
  Paint paint = flat(at_a);
  paint.kind = Paint::Kind::kLinear;
  paint.to = at_b;
  paint.to_paint = {way.x / q, way.y / q, 0, 0, -(way.x * a.x + way.y * a.y) / q, 0};
  return paint;
}

Paint fade(Colour colour, Point a, double alpha_at_a, Point b, double alpha_at_b) {
  Paint paint = linear(a, colour, b, colour);
  paint.kind = Paint::Kind::kFade;
  paint.from_alpha = alpha_at_a;
  paint.to_alpha = alpha_at_b;
  return paint;
}

Paint glow(Colour colour, double alpha, Point centre, double rx, double ry, double turns) {
  Paint paint = flat(colour, alpha);
  paint.kind = Paint::Kind::kRound;
  paint.to_paint = (moved(centre.x, centre.y) * turned(turns) * scaled(rx, ry)).inverse();
  return paint;
}

Paint disc(Colour colour, double alpha, Point centre, double rx, double ry, double hardness) {
  Paint paint = glow(colour, alpha, centre, rx, ry);
  paint.hardness = hardness;
  return paint;
}

Canvas::Canvas(Size size) {
  const auto width = static_cast<std::size_t>(even(size.width));
  edges_.reserve(1 << 14);
  placed_.reserve(32);
  for (auto& sums : sums_) sums.assign(width + 2, 0);
  for (auto& cover : cover_) cover.assign(width, 0);
  half_cover_.assign(width / 2, 0);
  dither_.resize(kDitherSide * width);
  for (int y = 0; y < kDitherSide; ++y)
    for (std::size_t x = 0; x < width; ++x)
      dither_[static_cast<std::size_t>(y) * width + x] = dither_at(static_cast<int>(x % 8), y);
}

void Canvas::aim(ImageView picture, Plane matte) {
  picture_ = picture;
  matte_ = matte;
  width_ = even(picture.y.width);
  height_ = even(picture.y.height);
}

/// A round paint touches only the box around its ellipse.
Canvas::Placed Canvas::place_paint(const Paint& paint) const {
  Placed placed{paint.to_paint * to_pixels_.inverse(), 0, 0, width_, height_};
  if (paint.kind != Paint::Kind::kRound) return placed;
  const Transform m = placed.to_paint.inverse();
  const double rx = std::sqrt(m.xx * m.xx + m.xy * m.xy);
  const double ry = std::sqrt(m.yx * m.yx + m.yy * m.yy);
  placed.left = std::max(0, to_pixel(m.dx - rx));
  placed.top = to_pixel(m.dy - ry);
  placed.right = to_pixel(m.dx + rx) + 1;
  placed.bottom = to_pixel(m.dy + ry) + 1;
  return placed;
}

void Canvas::fill(const Path& path, std::initializer_list<Paint> paints) {
  edges_.clear();
  first_edge_ = 0;
  for (std::size_t i = 0; i < path.ring_count(); ++i) add_edges(path.ring(i));
  if (edges_.empty()) return;
  std::ranges::sort(edges_, {}, &Edge::y0);
  placed_.clear();
  for (const Paint& paint : paints) placed_.push_back(place_paint(paint));
  const int lowest = std::ranges::max(edges_, {}, &Edge::y1).y1;
  const int last_row = std::min(height_, (lowest + kOne - 1) / kOne);
  for (int row = std::max(0, edges_.front().y0 / kOne) & ~1; row < last_row; row += 2) {
    const Span span = sweep_pair(row);
    if (span.first > span.last) continue;
    for (std::size_t i = 0; i < paints.size(); ++i)
      paint_pair(paints.begin()[i], placed_[i], row, span);
    if (matte_.data) mark_matte(row, span);
  }
}

/// All rings wind the same way, however they were drawn, so that they unite.
void Canvas::add_edges(std::span<const Point> ring) {
  double area = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = to_pixels_(ring[i]), b = to_pixels_(ring[(i + 1) % ring.size()]);
    area += a.x * b.y - b.x * a.y;
  }
  const int winding = area < 0 ? -1 : 1;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = to_pixels_(ring[i]), b = to_pixels_(ring[(i + 1) % ring.size()]);
    add_edge(to_fixed(a.x), to_fixed(a.y), to_fixed(b.x), to_fixed(b.y), winding);
  }
}

/// What lies beside the picture counts at its border.
void Canvas::add_edge(int x0, int y0, int x1, int y1, int winding) {
  if (y0 > y1) return add_edge(x1, y1, x0, y0, -winding);
  if (y0 == y1 || y1 <= 0 || y0 >= height_ * kOne) return;
  for (const int border : {0, width_ * kOne}) {
    if (std::min(x0, x1) >= border || std::max(x0, x1) <= border) continue;
    const std::int64_t down = std::int64_t{border - x0} * (y1 - y0) / (x1 - x0);
    const int y = y0 + static_cast<int>(down);
    add_edge(x0, y0, border, y, winding);
    return add_edge(border, y, x1, y1, winding);
  }
  const auto within = [this](int x) { return std::clamp(x, 0, width_ * kOne); };
  edges_.push_back({within(x0), y0, within(x1), y1, winding});
}

/// Fills cover_ and half_cover_ for rows `row` and `row + 1`.
Canvas::Span Canvas::sweep_pair(int row) {
  while (first_edge_ < edges_.size() && edges_[first_edge_].y1 <= row * kOne) ++first_edge_;
  const Span a = sweep(row, sums_[0]), b = sweep(row + 1, sums_[1]);
  const Span span{std::min(a.first, b.first) & ~(kBlock - 1),
                  std::min(std::max(a.last, b.last) | (kBlock - 1), width_ - 1)};
  if (span.first <= span.last) cover(row, span);
  return span;
}

Canvas::Span Canvas::sweep(int row, std::vector<std::int32_t>& sums) const {
  Span span{width_, -1};
  for (std::size_t i = first_edge_; i < edges_.size(); ++i) {
    const Edge& edge = edges_[i];
    if (edge.y0 >= (row + 1) * kOne) break;
    if (edge.y1 <= row * kOne) continue;
    const Span touched = add_to(edge, row, sums);
    span = {std::min(span.first, touched.first), std::max(span.last, touched.last)};
  }
  return span;
}

/// Adds the part of an edge that lies in `row`.
Canvas::Span Canvas::add_to(const Edge& e, int row, std::vector<std::int32_t>& sums) const {
  const int top = std::max(e.y0, row * kOne), bottom = std::min(e.y1, (row + 1) * kOne);
  const auto x_at = [&e](int y) {
    const std::int64_t run = std::int64_t{e.x1 - e.x0} * (y - e.y0) / (e.y1 - e.y0);
    return e.x0 + static_cast<int>(run);
  };
  const auto [left, right] = std::minmax({x_at(top), x_at(bottom)});
  const int height = (bottom - top) * e.winding;
  const int first = left / kOne, last = right / kOne;
  if (first == width_) return {width_, width_};
  int done = 0;
  for (int column = first; column <= last; ++column) {
    const int from = std::max(left - column * kOne, 0), to = std::min(right - column * kOne, kOne);
    const int so_far =
        column == last
            ? height
            : static_cast<int>(std::int64_t{height} * (column * kOne + to - left) / (right - left));
    const int part = so_far - done;
    const auto at = static_cast<std::size_t>(column);
    sums[at] += part * (2 * kOne - from - to);
    sums[at + 1] += part * (from + to);
    done = so_far;
  }
  return {first, last + 1};
}

/// Turns the sums of both rows into coverage, and clears them for the next pair. In pictures of odd
/// sides, what is beyond is covered as the border is, so that chroma there is the border's.
void Canvas::cover(int row, Span span) {
  for (int k = 0; k < 2; ++k) {
    std::int32_t* sums = sums_[k].data();
    std::int32_t sum = 0;
    for (int x = span.first; x <= span.last; ++x) sums[x] = sum += sums[x];
    std::uint8_t* cover = cover_[k].data();
    for (int x = span.first; x <= span.last; ++x) {
      const std::int32_t share = (std::min(std::abs(sums[x]), kFull) + kOne) >> (kFullBits - 8);
      cover[x] = static_cast<std::uint8_t>(share - (share >> 8));  // 0..256 to 0..255
    }
    std::fill(sums + span.first, sums + span.last + 1, 0);
    sums[width_] = sums[width_ + 1] = 0;
  }
  if (span.last >= picture_.y.width)
    for (auto& cover : cover_) cover.data()[width_ - 1] = cover.data()[width_ - 2];
  if (row + 1 == picture_.y.height)
    std::copy(cover_[0].begin() + span.first, cover_[0].begin() + span.last + 1,
              cover_[1].begin() + span.first);
  const std::uint8_t *above = cover_[0].data(), *below = cover_[1].data();
  for (int x = span.first / 2; x <= span.last / 2; ++x) {
    const int sum = above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1];
    half_cover_[static_cast<std::size_t>(x)] = static_cast<std::uint8_t>((sum + 2) / 4);
  }
}

const float* Canvas::dither(int y, int x) const {
  return dither_.data() + static_cast<std::size_t>(y % kDitherSide) * dither_.size() / kDitherSide +
         x;
}

void Canvas::paint_pair(const Paint& paint, const Placed& placed, int row, Span span) {
  if (placed.bottom < row || placed.top > row + 2) return;
  span.first = std::max(span.first, placed.left & ~(kBlock - 1));
  span.last = std::min(span.last, placed.right | (kBlock - 1));
  span.last = std::min(span.last, width_ - 1);
  if (span.first > span.last) return;
  const int x = span.first, luma_end = std::min(span.last + 1, picture_.y.width);
  for (int k = 0; k < 2 && row + k < picture_.y.height; ++k) {
    const Ramp ramp = ramp_of(paint, placed.to_paint, {x + 0.5, row + k + 0.5}, 1, luma_end - x);
    blend(ramp, paint.from.y, paint.to.y, picture_.y.row(row + k) + x, cover_[k].data() + x,
          dither(row + k, x));
  }
  const int n = (span.last - span.first + 1) / 2, y = row / 2;
  const std::uint8_t* cover = half_cover_.data() + x / 2;
  const Ramp ramp = ramp_of(paint, placed.to_paint, {x + 1.0, row + 1.0}, 2, n);
  blend(ramp, paint.from.u, paint.to.u, picture_.u.row(y) + x / 2, cover, dither(y, x / 2));
  blend(ramp, paint.from.v, paint.to.v, picture_.v.row(y) + x / 2, cover, dither(y, x / 2));
}

void Canvas::mark_matte(int row, Span span) {
  const int end = std::min(span.last + 1, matte_.width);
  for (int k = 0; k < 2 && row + k < matte_.height; ++k) {
    std::uint8_t* matte = matte_.row(row + k);
    const std::uint8_t* cover = cover_[k].data();
    for (int x = span.first; x < end; ++x) {
      const int outside = (255 - matte[x]) * (255 - cover[x]);
      matte[x] = static_cast<std::uint8_t>(255 - (outside + 127) / 255);
    }
  }
}

}  // namespace scrim
