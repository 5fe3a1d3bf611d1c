// Each plane is first packed: the four samples that a place lies between, in one word, so that a
// place costs one load. Places go along a row in steps of 1/65536 of a pixel; which columns lie
// inside is known before the row begins, so the loop has no branches.
// Tested by tests/effects/geometry_test.cpp.
#include "effects/warp.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/dispatch.h"
#include "effects/presence.h"

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

/// Each sample with its right neighbour, and those below.
SCRIM_CLONES void pack_row(const std::uint8_t* top, const std::uint8_t* bottom,
                           std::uint32_t* quads, int n) {
  for (int x = 0; x < n; ++x)
    quads[x] = static_cast<std::uint32_t>(top[x] | top[x + 1] << 8 | bottom[x] << 16) |
               static_cast<std::uint32_t>(bottom[x + 1]) << 24;
}

/// Rows first..last of the quads; they begin one row above the plane and one column left of it, and
/// beyond the border is the border.
void pack(ConstPlane in, int first, int last, std::uint32_t* quads) {
  const int n = in.width;
  for (int y = first; y <= last; ++y) {
    const std::uint8_t* top = in.row(std::max(y - 1, 0));
    const std::uint8_t* bottom = in.row(std::min(y, in.height - 1));
    std::uint32_t* row = quads + static_cast<std::ptrdiff_t>(y) * (n + 1);
    pack_row(top, bottom, row + 1, n - 1);
    row[0] = top[0] * 0x101U | bottom[0] * 0x1010000U;
    row[n] = top[n - 1] * 0x101U | bottom[n - 1] * 0x1010000U;
  }
}

/// Both rows are mixed at once, each in 16 bits of the product.
SCRIM_CLONES void sample_row(const std::uint32_t* __restrict quads, std::int32_t stride,
                             std::int32_t x, std::int32_t y, std::int32_t dx, std::int32_t dy,
                             std::uint8_t* __restrict out, int n) {
  for (int i = 0; i < n; ++i) {
    const std::int32_t at_x = x + i * dx, at_y = y + i * dy;
    const std::uint32_t quad = quads[(at_y >> 16) * stride + (at_x >> 16)];
    const auto fx = static_cast<std::uint32_t>((at_x >> 8) & 255);
    const auto fy = static_cast<std::uint32_t>((at_y >> 8) & 255);
    const std::uint32_t rows = (quad & 0xff00ff) * (256 - fx) + (quad >> 8 & 0xff00ff) * fx;
    const std::uint32_t sum = (rows & 0xffff) * (256 - fy) + (rows >> 16) * fy;
    out[i] = static_cast<std::uint8_t>((sum + (1 << 15)) >> 16);
  }
}

void warp_row(const std::uint32_t* quads, Size size, Steps s, std::uint8_t outside,
              std::uint8_t* out, int width) {
  constexpr std::int64_t kHalf = 1 << 15, kWhole = 1 << 16;
  int first = 0, last = width - 1;
  narrow(s.x + kHalf, s.dx, std::int64_t{size.width} << 16, first, last);
  narrow(s.y + kHalf, s.dy, std::int64_t{size.height} << 16, first, last);
  if (last < first) {
    std::memset(out, outside, static_cast<std::size_t>(width));
    return;
  }
  std::memset(out, outside, static_cast<std::size_t>(first));
  std::memset(out + last + 1, outside, static_cast<std::size_t>(width - 1 - last));
  sample_row(quads, size.width + 1, static_cast<std::int32_t>(s.x + s.dx * first + kWhole),
             static_cast<std::int32_t>(s.y + s.dy * first + kWhole),
             static_cast<std::int32_t>(s.dx), static_cast<std::int32_t>(s.dy), out + first,
             last - first + 1);
}

/// `t` maps the middles of pixels; `out` may be `in`.
void warp(ConstPlane in, const Transform& t, std::uint8_t outside, std::uint32_t* quads,
          Plane out) {
  const Size size = in.size();
  const double right = out.width - 1.0, bottom = out.height - 1.0;
  const auto [highest, lowest] =
      std::minmax({t({0, 0}).y, t({right, 0}).y, t({0, bottom}).y, t({right, bottom}).y});
  const auto row_of = [&](double y) {
    return static_cast<int>(std::clamp(y + 1, 0.0, static_cast<double>(size.height)));
  };
  pack(in, std::max(row_of(highest) - 1, 0), std::min(row_of(lowest) + 1, size.height), quads);
  const auto fixed = [](double value) { return std::llround(value * kOne); };
  const std::int64_t dx = fixed(t.xx), dy = fixed(t.yx);
  for (int y = 0; y < out.height; ++y) {
    const Point start = t({0, static_cast<double>(y)});
    warp_row(quads, size, {fixed(start.x), fixed(start.y), dx, dy}, outside, out.row(y), out.width);
  }
}

/// Only the person's rectangle, with a border of nobody, is looked at: the rest is nobody anyway.
void warp_matte(Plane matte, const Transform& t, std::uint32_t* quads) {
  const Rect seen = presence(matte);
  if (seen.width == 0) return;
  const int x = std::max(seen.x - 1, 0), y = std::max(seen.y - 1, 0);
  const Rect part{x, y, std::min(seen.x + seen.width + 1, matte.width) - x,
                  std::min(seen.y + seen.height + 1, matte.height) - y};
  warp(matte.crop(part), moved(-x, -y) * t, 0, quads, matte);
}

/// From pixel edges to pixel middles, in a plane `scale` times as coarse.
Transform for_middles(const Transform& t, double scale) {
  return moved(-0.5, -0.5) * scaled(1 / scale, 1 / scale) * t * scaled(scale, scale) *
         moved(0.5, 0.5);
}

}  // namespace

Warp::Warp(Size size)
    : quads_((static_cast<std::size_t>(size.width) + 1) *
             (static_cast<std::size_t>(size.height) + 1)) {}

void Warp::apply(const Transform& to_source, Layer layer) {
  const Transform fine = for_middles(to_source, 1), coarse = for_middles(to_source, 2);
  std::uint32_t* const quads = quads_.data();
  warp(layer.picture.y, fine, 16, quads, layer.picture.y);
  warp(layer.picture.u, coarse, 128, quads, layer.picture.u);
  warp(layer.picture.v, coarse, 128, quads, layer.picture.v);
  warp_matte(layer.matte, fine, quads);
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
