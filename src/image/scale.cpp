// Three ways to scale a plane, all with the same centres: bilinear upwards and down to 2:1, exact
// area means further down, libyuv for 2:1 and 4:1. libyuv's bilinear maps corner to corner upwards,
// which shifts the edges by half a sample, and took 1.6 times as long.
// Tested by tests/image/scale_test.cpp.
#include "image/scale.h"

#include <libyuv.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <utility>

#include "base/dispatch.h"

namespace scrim {
namespace {

template <class View>
View crop_view(View in, Rect r) {
  assert(r.x % 2 == 0 && r.y % 2 == 0);
  const Rect c{r.x / 2, r.y / 2, half_up(r.width), half_up(r.height)};
  return {in.y.crop(r), in.u.crop(c), in.v.crop(c)};
}

int even_margin(int whole, int part) {
  return (whole - part) / 2 / 2 * 2;
}

/// The part of `long_side` that goes with `short_side` in the aspect to_long : to_short.
int matching(int short_side, int to_long, int to_short, int long_side) {
  const std::int64_t exact = std::int64_t{short_side} * to_long;
  return static_cast<int>(
      std::clamp<std::int64_t>((exact + to_short / 2) / to_short, 1, long_side));
}

// Bilinear. A row is first stretched into 16 bits (8 of fraction), each one once; then two such
// rows are mixed into each row of `out`.

/// Where the centres of an output axis lie between the samples of the input, in 1 / 2^32 of one.
struct Steps {
  std::int64_t step, last;
  Steps(int in, int out) : step((std::int64_t{in} << 32) / out), last(std::int64_t{in - 1} << 32) {}
  std::int64_t at(int x) const {
    return std::clamp<std::int64_t>(step * x + (step >> 1) - (std::int64_t{1} << 31), 0, last);
  }
};

/// For each place of an output row: the left one of its two neighbours and the right one's weight.
struct Axis {
  std::array<std::int32_t, kMaxSide> left;
  std::array<std::int32_t, kMaxSide> weight;  // 0..255 of 256
};

void fill_axis(Axis& axis, int in, int out) {
  const Steps steps(in, out);
  for (int x = 0; x < out; ++x) {
    const std::int64_t at = std::min(steps.at(x) + (1 << 23), steps.last);  // rounds the weight
    axis.left[static_cast<std::size_t>(x)] = static_cast<std::int32_t>(at >> 32);
    axis.weight[static_cast<std::size_t>(x)] = static_cast<std::int32_t>(at >> 24 & 255);
  }
}

/// Each sample with its right neighbour in the upper half, so that one load fetches both.
SCRIM_CLONES void pair_row(const std::uint8_t* in, std::int32_t* pairs, int n) {
  for (int i = 0; i + 1 < n; ++i) pairs[i] = in[i] | in[i + 1] << 16;
  pairs[n - 1] = in[n - 1] | in[n - 1] << 16;
}

SCRIM_CLONES void stretch_row(const std::int32_t* pairs, const std::int32_t* left,
                              const std::int32_t* weight, std::uint16_t* out, int n) {
  for (int x = 0; x < n; ++x) {
    const std::int32_t pair = pairs[left[x]];
    const std::int32_t a = pair & 0xffff;
    out[x] = static_cast<std::uint16_t>(a * 256 + ((pair >> 16) - a) * weight[x]);
  }
}

/// `weight` of 65535 belongs to `b`. In 16 bits throughout: each product loses up to 1/256 of a
/// level, which the odd half level makes good.
SCRIM_CLONES void mix_rows(const std::uint16_t* a, const std::uint16_t* b, std::uint16_t weight,
                           std::uint8_t* out, int n) {
  const auto rest = static_cast<std::uint16_t>(65535 - weight);
  for (int x = 0; x < n; ++x) {
    const auto from_a = static_cast<std::uint16_t>((std::uint32_t{a[x]} * rest) >> 16);
    const auto from_b = static_cast<std::uint16_t>((std::uint32_t{b[x]} * weight) >> 16);
    out[x] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(from_a + from_b + 129) >> 8);
  }
}

/// Holds the two latest stretched rows.
class Stretcher {
 public:
  Stretcher(ConstPlane in, int width) : in_(in), width_(width) {
    fill_axis(axis_, in.width, width);
  }
  const std::uint16_t* row(int y) {
    const auto slot = static_cast<std::size_t>(y % 2);
    if (held_[slot] != y) {
      pair_row(in_.row(y), pairs_.data(), in_.width);
      stretch_row(pairs_.data(), axis_.left.data(), axis_.weight.data(), rows_[slot].data(),
                  width_);
      held_[slot] = y;
    }
    return rows_[slot].data();
  }

 private:
  ConstPlane in_;
  int width_;
  Axis axis_;
  std::array<std::int32_t, kMaxSide> pairs_;
  std::array<std::array<std::uint16_t, kMaxSide>, 2> rows_;
  std::array<int, 2> held_{-1, -1};
};

// Area means: the exact mean of what each output sample covers, cut samples counted by their part.

/// sums[x] += column sums of `row` over [y, y + 1) of the output, in 1 / out_height of a row.
SCRIM_CLONES void add_row(const std::uint8_t* row, std::uint32_t part, std::uint32_t* sums, int n) {
  for (int x = 0; x < n; ++x) sums[x] += row[x] * part;
}

void sum_rows(ConstPlane in, int y, int out_height, std::uint32_t* sums) {
  std::fill_n(sums, in.width, 0U);
  const std::int64_t from = std::int64_t{y} * in.height;
  const std::int64_t to = from + in.height;
  for (std::int64_t i = from / out_height; i * out_height < to; ++i) {
    const std::int64_t part = std::min(to, (i + 1) * out_height) - std::max(from, i * out_height);
    add_row(in.row(static_cast<int>(i)), static_cast<std::uint32_t>(part), sums, in.width);
  }
}

/// Differences of the running integral of `sums` at the borders of output samples.
void mean_columns(const std::uint32_t* sums, int in_width, double scale, Plane out, int y) {
  std::uint64_t before = 0;  // whole columns so far
  std::uint64_t last = 0;    // the integral at the last border, in 1 / out.width of a column
  const auto columns = static_cast<std::uint64_t>(out.width);
  int i = 0;
  std::int64_t border = 0;
  for (int x = 0; x < out.width; ++x) {
    border += in_width;
    for (; std::int64_t{i + 1} * out.width <= border; ++i) before += sums[i];
    const auto rest = static_cast<std::uint64_t>(border - std::int64_t{i} * out.width);
    const std::uint64_t integral = before * columns + (rest > 0 ? rest * sums[i] : 0);
    out.row(y)[x] = static_cast<std::uint8_t>(static_cast<double>(integral - last) * scale + 0.5);
    last = integral;
  }
}

void scale_area(ConstPlane in, Plane out) {
  std::array<std::uint32_t, kMaxSide> sums;
  const double scale = 1.0 / (static_cast<double>(in.width) * in.height);
  for (int y = 0; y < out.height; ++y) {
    sum_rows(in, y, out.height, sums.data());
    mean_columns(sums.data(), in.width, scale, out, y);
  }
}

void scale_libyuv(ConstPlane in, Plane out) {
  libyuv::ScalePlane(in.data, static_cast<int>(in.stride), in.width, in.height, out.data,
                     static_cast<int>(out.stride), out.width, out.height, libyuv::kFilterBox);
}

/// Downwards on both sides. libyuv's quick ways for 2:1 and 4:1 keep the centre; bilinear covers
/// all samples up to 2:1.
void scale_down(ConstPlane in, Plane out) {
  const auto by = [&](int n) { return in.width == n * out.width && in.height == n * out.height; };
  if (by(2) || by(4)) return scale_libyuv(in, out);
  const bool gently = in.width <= 2 * out.width && in.height <= 2 * out.height;
  gently ? scale_linear(in, out) : scale_area(in, out);
}

/// Row `y` of `rows`, scaled in height by `steps`.
void linear_row(Stretcher& rows, const Steps& steps, int y, std::uint8_t* out, int width) {
  const std::int64_t at = steps.at(y);
  const auto upper = static_cast<int>(at >> 32);
  const auto weight = static_cast<std::uint16_t>(at >> 16 & 65535);
  const std::uint16_t* const first = rows.row(upper);
  mix_rows(first, weight > 0 ? rows.row(upper + 1) : first, weight, out, width);
}

// One side down, the other up: rare, so it goes row by row, in memory of the stack. The side that
// grows is bilinear, the other an area mean.

void heighten_and_narrow(ConstPlane in, Plane out) {
  Stretcher rows(in, in.width);
  const Steps steps(in.height, out.height);
  std::array<std::uint8_t, kMaxSide> line;
  std::array<std::uint32_t, kMaxSide> sums;
  for (int y = 0; y < out.height; ++y) {
    linear_row(rows, steps, y, line.data(), in.width);
    std::copy_n(line.data(), in.width, sums.data());
    mean_columns(sums.data(), in.width, 1.0 / in.width, out, y);
  }
}

void lower_and_widen(ConstPlane in, Plane out) {
  std::array<std::uint32_t, kMaxSide> sums;
  std::array<std::uint8_t, kMaxSide> line;
  const Plane row{line.data(), in.width, 1, in.width};
  const double scale = 1.0 / (static_cast<double>(in.width) * in.height);
  for (int y = 0; y < out.height; ++y) {
    sum_rows(in, y, out.height, sums.data());
    mean_columns(sums.data(), in.width, scale, row, 0);
    scale_linear(row, out.crop({0, y, out.width, 1}));
  }
}

void mirror_row(std::uint8_t* row, int width) {
  std::array<std::uint8_t, kMaxSide> line;
  libyuv::MirrorPlane(row, width, line.data(), width, width, 1);
  std::memcpy(row, line.data(), static_cast<std::size_t>(width));
}

libyuv::RotationMode degrees(Rotation rotation) {
  constexpr std::array kModes{libyuv::kRotate0, libyuv::kRotate90, libyuv::kRotate180,
                              libyuv::kRotate270};
  return kModes[static_cast<std::size_t>(rotation)];
}

void rotate(ConstPlane in, libyuv::RotationMode mode, Plane out) {
  libyuv::RotatePlane(in.data, static_cast<int>(in.stride), out.data, static_cast<int>(out.stride),
                      in.width, in.height, mode);
}

}  // namespace

Rect cover_crop(Size from, Size to) {
  Rect r = whole(from);
  if (std::int64_t{from.width} * to.height > std::int64_t{from.height} * to.width)
    r.width = matching(from.height, to.width, to.height, from.width);
  else
    r.height = matching(from.width, to.height, to.width, from.height);
  r.x = even_margin(from.width, r.width);
  r.y = even_margin(from.height, r.height);
  return r;
}

ConstImageView crop(ConstImageView in, Rect r) {
  return crop_view(in, r);
}

ImageView crop(ImageView in, Rect r) {
  return crop_view(in, r);
}

void scale_linear(ConstPlane in, Plane out) {
  Stretcher rows(in, out.width);
  const Steps steps(in.height, out.height);
  for (int y = 0; y < out.height; ++y) linear_row(rows, steps, y, out.row(y), out.width);
}

void scale(ConstPlane in, Plane out) {
  if (in.size() == out.size()) return copy(in, out);
  if (in.width <= out.width && in.height <= out.height) return scale_linear(in, out);
  if (in.width >= out.width && in.height >= out.height) return scale_down(in, out);
  in.width > out.width ? heighten_and_narrow(in, out) : lower_and_widen(in, out);
}

void scale(ConstImageView in, ImageView out) {
  scale(in.y, out.y);
  scale(in.u, out.u);
  scale(in.v, out.v);
}

void scale_to_cover(ConstImageView in, ImageView out) {
  scale(crop(in, cover_crop(in.size(), out.size())), out);
}

Size turned(Size size, Rotation rotation) {
  const bool sideways = rotation == Rotation::k90 || rotation == Rotation::k270;
  return sideways ? Size{size.height, size.width} : size;
}

void rotate(ConstImageView in, Rotation rotation, ImageView out) {
  const libyuv::RotationMode mode = degrees(rotation);
  rotate(in.y, mode, out.y);
  rotate(in.u, mode, out.u);
  rotate(in.v, mode, out.v);
}

void mirror(Plane plane) {
  for (int y = 0; y < plane.height; ++y) mirror_row(plane.row(y), plane.width);
}

void mirror(ImageView image) {
  mirror(image.y);
  mirror(image.u);
  mirror(image.v);
}

}  // namespace scrim
