// Places go along a row in steps of 1/65536 of a pixel; which columns lie inside is known before
// the row begins, so the loop has no branches. Where rows stay rows, two of them are mixed first,
// which is vector code, then stretched. Tested by tests/effects/geometry_test.cpp.
#include "effects/warp.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr double kOne = 65536;

struct Steps {
  std::int64_t x, y;    // the source of column 0, the middles of pixels at whole numbers
  std::int64_t dx, dy;  // per column
};

/// Narrows first..last to the columns whose place at + i * step is from 0 to below end.
void narrow(std::int64_t at, std::int64_t step, std::int64_t end, int& first, int& last) {
  if (step == 0) {
    if (at < 0 || at >= end) last = first - 1;
    return;
  }
  const double enter =
      static_cast<double>((step > 0 ? 0 : end - 1) - at) / static_cast<double>(step);
  const double leave =
      static_cast<double>((step > 0 ? end - 1 : 0) - at) / static_cast<double>(step);
  first = std::max(first, static_cast<int>(std::ceil(std::clamp(enter, -1e6, 1e6))));
  last = std::min(last, static_cast<int>(std::floor(std::clamp(leave, -1e6, 1e6))));
}

inline std::uint8_t sample(const std::uint8_t* data, int stride, std::int32_t x, std::int32_t y) {
  const std::uint8_t* p = data + (y >> 16) * stride + (x >> 16);
  const int fx = (x >> 8) & 255, fy = (y >> 8) & 255;
  const int top = (p[0] << 8) + (p[1] - p[0]) * fx;
  const int bottom = (p[stride] << 8) + (p[stride + 1] - p[stride]) * fx;
  return static_cast<std::uint8_t>(((top << 8) + (bottom - top) * fy + (1 << 15)) >> 16);
}

/// The outermost half pixel: neighbours beyond the border are the border.
std::uint8_t sample_edge(ConstPlane in, std::int64_t x, std::int64_t y) {
  const int x0 = static_cast<int>(x >> 16), y0 = static_cast<int>(y >> 16);
  const int fx = static_cast<int>(x >> 8) & 255, fy = static_cast<int>(y >> 8) & 255;
  const auto at = [&](int column, int row) -> int {
    return in.row(std::clamp(row, 0, in.height - 1))[std::clamp(column, 0, in.width - 1)];
  };
  const int top = at(x0, y0) * (256 - fx) + at(x0 + 1, y0) * fx;
  const int bottom = at(x0, y0 + 1) * (256 - fx) + at(x0 + 1, y0 + 1) * fx;
  return static_cast<std::uint8_t>((top * (256 - fy) + bottom * fy + (1 << 15)) >> 16);
}

void warp_row(ConstPlane in, Steps s, std::uint8_t outside, std::uint8_t* out, int width) {
  constexpr std::int64_t kHalf = 1 << 15;
  int first = 0, last = width - 1;
  narrow(s.x + kHalf, s.dx, std::int64_t{in.width} << 16, first, last);
  narrow(s.y + kHalf, s.dy, std::int64_t{in.height} << 16, first, last);
  if (last < first) {
    std::memset(out, outside, static_cast<std::size_t>(width));
    return;
  }
  int inner_first = first, inner_last = last;
  narrow(s.x, s.dx, std::int64_t{in.width - 1} << 16, inner_first, inner_last);
  narrow(s.y, s.dy, std::int64_t{in.height - 1} << 16, inner_first, inner_last);
  inner_last = std::max(inner_last, inner_first - 1);
  inner_first = std::min(inner_first, last + 1);
  std::memset(out, outside, static_cast<std::size_t>(first));
  std::memset(out + last + 1, outside, static_cast<std::size_t>(width - 1 - last));
  const auto edge = [&](int i) { out[i] = sample_edge(in, s.x + s.dx * i, s.y + s.dy * i); };
  for (int i = first; i < std::min(inner_first, last + 1); ++i) edge(i);
  auto x = static_cast<std::int32_t>(s.x + s.dx * inner_first);
  auto y = static_cast<std::int32_t>(s.y + s.dy * inner_first);
  const auto dx = static_cast<std::int32_t>(s.dx), dy = static_cast<std::int32_t>(s.dy);
  const auto stride = static_cast<int>(in.stride);
  for (int i = inner_first; i <= inner_last; ++i, x += dx, y += dy)
    out[i] = sample(in.data, stride, x, y);
  for (int i = std::max(inner_last + 1, first); i <= last; ++i) edge(i);
}

/// Whether rows stay rows, and all places lie inside.
bool only_zooms(const Transform& t, Size size) {
  if (t.xy != 0 || t.yx != 0) return false;
  const Point first = t({0, 0}), last = t({size.width - 1.0, size.height - 1.0});
  const auto within = [](double at, int count) { return at >= -0.5 && at <= count - 0.5; };
  return within(first.x, size.width) && within(last.x, size.width) &&
         within(first.y, size.height) && within(last.y, size.height);
}

SCRIM_CLONES void mix_rows(const std::uint8_t* a, const std::uint8_t* b, int share,
                           std::uint8_t* out, int n) {
  for (int x = 0; x < n; ++x)
    out[x] = static_cast<std::uint8_t>((a[x] * (256 - share) + b[x] * share + 128) >> 8);
}

void stretch(const std::uint8_t* line, const std::int32_t* places, std::uint8_t* out, int n) {
  for (int x = 0; x < n; ++x) {
    const std::uint8_t* p = line + (places[x] >> 16);
    const int share = (places[x] >> 8) & 255;
    out[x] = static_cast<std::uint8_t>((p[0] * (256 - share) + p[1] * share + 128) >> 8);
  }
}

/// A place within the plane, in 1/65536.
std::int32_t inside(double at, int count) {
  return static_cast<std::int32_t>(std::llround(std::clamp(at, 0.0, count - 1.0) * kOne));
}

void zoom(ConstPlane in, const Transform& t, Plane out, std::vector<std::int32_t>& places,
          std::vector<std::uint8_t>& line) {
  for (int x = 0; x < out.width; ++x)
    places[static_cast<std::size_t>(x)] = inside(t({static_cast<double>(x), 0}).x, in.width);
  for (int y = 0; y < out.height; ++y) {
    const std::int32_t at = inside(t({0, static_cast<double>(y)}).y, in.height);
    const int row = at >> 16;
    mix_rows(in.row(row), in.row(std::min(row + 1, in.height - 1)), (at >> 8) & 255, line.data(),
             in.width);
    line[static_cast<std::size_t>(in.width)] = line[static_cast<std::size_t>(in.width - 1)];
    stretch(line.data(), places.data(), out.row(y), out.width);
  }
}

/// `t` maps the middles of pixels.
void warp(ConstPlane in, const Transform& t, std::uint8_t outside, Plane out) {
  const auto fixed = [](double value) { return std::llround(value * kOne); };
  const std::int64_t dx = fixed(t.xx), dy = fixed(t.yx);
  for (int row = 0; row < out.height; ++row) {
    const Point start = t({0, static_cast<double>(row)});
    warp_row(in, {fixed(start.x), fixed(start.y), dx, dy}, outside, out.row(row), out.width);
  }
}

/// From pixel edges to pixel middles, in a plane `scale` times as coarse.
Transform for_middles(const Transform& t, double scale) {
  return moved(-0.5, -0.5) * scaled(1 / scale, 1 / scale) * t * scaled(scale, scale) *
         moved(0.5, 0.5);
}

}  // namespace

void Warp::apply(const Transform& to_source, Layer layer) {
  copy(layer.picture, picture_.view());
  copy(layer.matte, matte_.view());
  const Transform fine = for_middles(to_source, 1), coarse = for_middles(to_source, 2);
  if (only_zooms(fine, layer.picture.size())) {
    zoom(picture_.view().y, fine, layer.picture.y, places_, line_);
    zoom(picture_.view().u, coarse, layer.picture.u, places_, line_);
    zoom(picture_.view().v, coarse, layer.picture.v, places_, line_);
    return zoom(matte_.view(), fine, layer.matte, places_, line_);
  }
  warp(picture_.view().y, fine, 16, layer.picture.y);
  warp(picture_.view().u, coarse, 128, layer.picture.u);
  warp(picture_.view().v, coarse, 128, layer.picture.v);
  warp(matte_.view(), fine, 0, layer.matte);
}

Transform zoomed(Size size, double zoom, double x, double y) {
  const double reach = 0.5 / zoom;  // the visible part, each way
  const auto within = [reach](double at) {
    return reach >= 0.5 ? 0.5 : std::clamp(at, reach, 1 - reach);
  };
  const double left = (within(x) - reach) * size.width, top = (within(y) - reach) * size.height;
  return moved(left, top) * scaled(1 / zoom, 1 / zoom);
}

}  // namespace scrim
