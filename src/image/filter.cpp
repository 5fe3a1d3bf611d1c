// Blurring, dilating, eroding: separable, each direction at a cost per sample that is constant
// (means) or grows with the logarithm of the radius (extremes).
//
// Means: the sum of each column's window goes down the plane, a row is added and a row is taken
// away, all columns at once. Rows are done as columns of the transposed plane. Extremes: the
// largest of 2, 4, 8... samples in a row, from two of half as many; a window is covered by two
// overlapping ones of the largest such size. Three means make nearly a Gaussian whose variance is
// the sum of theirs (Wells, "Efficient synthesis of Gaussian filters by cascaded uniform filters",
// 1986). Tested by tests/image/filter_test.cpp.
#include "image/filter.h"

#include <libyuv.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>

#include "base/dispatch.h"
#include "image/scale.h"

namespace scrim {
namespace {

/// Moves the window sums one row down and writes the means. `reciprocal` is 2^24 / window; with
/// odd windows of at most 255 samples there are no ties and the result is exactly rounded.
SCRIM_CLONES void slide_window(const std::uint8_t* entering, const std::uint8_t* leaving,
                               std::uint16_t* sums, std::uint32_t reciprocal, std::uint8_t* out,
                               int n) {
  for (int x = 0; x < n; ++x) {
    const std::uint32_t sum = sums[x];
    out[x] = static_cast<std::uint8_t>((sum * reciprocal + (1U << 23)) >> 24);
    sums[x] = static_cast<std::uint16_t>(sum + entering[x] - leaving[x]);
  }
}

/// Sums of the window around row 0: that row stands in for those above it.
void first_window(ConstPlane in, int radius, std::span<std::uint16_t> sums) {
  for (int x = 0; x < in.width; ++x)
    sums[static_cast<std::size_t>(x)] = static_cast<std::uint16_t>(in.row(0)[x] * (radius + 1));
  for (int i = 1; i <= radius; ++i) {
    const std::uint8_t* row = in.row(std::min(i, in.height - 1));
    for (int x = 0; x < in.width; ++x)
      sums[static_cast<std::size_t>(x)] =
          static_cast<std::uint16_t>(sums[static_cast<std::size_t>(x)] + row[x]);
  }
}

void blur_columns(ConstPlane in, int radius, std::span<std::uint16_t> sums, Plane out) {
  const auto window = static_cast<std::uint32_t>(2 * radius + 1);
  const std::uint32_t reciprocal = ((1U << 24) + window / 2) / window;
  first_window(in, radius, sums);
  for (int y = 0; y < in.height; ++y)
    slide_window(in.row(std::min(y + radius + 1, in.height - 1)), in.row(std::max(y - radius, 0)),
                 sums.data(), reciprocal, out.row(y), in.width);
}

void transpose(ConstPlane in, Plane out) {
  libyuv::TransposePlane(in.data, static_cast<int>(in.stride), out.data,
                         static_cast<int>(out.stride), in.width, in.height);
}

/// out[i] = max(a[i], b[i]); `out` may be `a`, and `b` may lie ahead in it.
SCRIM_CLONES void larger_of(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out,
                            int n) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) out[i] = std::max(a[i], b[i]);
}

SCRIM_CLONES void copy_flipped(const std::uint8_t* in, std::uint8_t flip, std::uint8_t* out,
                               int n) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) out[i] = in[i] ^ flip;
}

/// The row in the middle of the line, its ends repeated `radius` times.
void extend_row(const std::uint8_t* row, int width, int radius, std::uint8_t flip,
                std::uint8_t* line) {
  const auto margin = static_cast<std::size_t>(radius);
  copy_flipped(row, flip, line + radius, width);
  std::memset(line, line[radius], margin);
  std::memset(line + radius + width, line[radius + width - 1], margin);
}

/// The largest of each window along the rows; with `flip` 255 that of the negative: the smallest.
void extreme_rows(ConstPlane in, int radius, std::uint8_t flip, std::uint8_t* line, Plane out) {
  const int window = 2 * radius + 1;
  const int length = in.width + 2 * radius;
  for (int y = 0; y < in.height; ++y) {
    extend_row(in.row(y), in.width, radius, flip, line);
    int covered = 1;
    for (; 2 * covered <= window; covered *= 2)
      larger_of(line, line + covered, line, length - 2 * covered + 1);
    larger_of(line, line + window - covered, line, in.width);
    copy_flipped(line, flip, out.row(y), in.width);
  }
}

/// Rows that begin their windows: `copy` becomes, row by row, the largest of itself and those
/// below; below the last row is the last row.
void grow_downwards(Plane copy, int window, int& covered) {
  const int last = copy.height - 1;
  for (covered = 1; 2 * covered <= window; covered *= 2)
    for (int y = 0; y <= last; ++y)
      larger_of(copy.row(y), copy.row(std::min(y + covered, last)), copy.row(y), copy.width);
}

/// The largest of each window down the columns; row 0 stands for those above it. `copy`: the same
/// plane, free to use; `line`: a row's length.
void largest_of_columns(Plane copy, int radius, std::uint8_t* line, Plane plane) {
  const int window = 2 * radius + 1, last = plane.height - 1, width = plane.width;
  std::memcpy(line, plane.row(0), static_cast<std::size_t>(width));
  for (int i = 1; i < radius; ++i) larger_of(line, plane.row(std::min(i, last)), line, width);
  for (int y = 0; y < std::min(radius, plane.height); ++y) {
    larger_of(line, plane.row(std::min(y + radius, last)), line, width);
    std::memcpy(plane.row(y), line, static_cast<std::size_t>(width));
  }
  int covered = 1;
  grow_downwards(copy, window, covered);
  for (int y = radius; y <= last; ++y)
    larger_of(copy.row(y - radius), copy.row(std::min(y + radius + 1 - covered, last)),
              plane.row(y), width);
}

/// Windows of three means whose variances add up to about the square of `deviation`.
std::array<int, 3> three_boxes(double deviation) {
  const double twelve_variances = 12 * deviation * deviation;
  const int ideal = static_cast<int>(std::sqrt(twelve_variances / 3 + 1));
  const int small = ideal % 2 == 1 ? ideal : ideal - 1;
  const double missing = twelve_variances - 3.0 * (small * small - 1);
  const auto larger = std::lround(missing / (4 * small + 4));  // each adds (s + 2)^2 - s^2
  std::array<int, 3> radii;
  for (int i = 0; i < 3; ++i)
    radii[static_cast<std::size_t>(i)] =
        std::min((small - 1) / 2 + (i < larger ? 1 : 0), PlaneFilter::kMaxRadius);
  return radii;
}

/// How many times smaller a blur of this deviation may be worked: three samples of the small plane
/// to the deviation keep what bilinear scaling then leaves out below one level.
int shrink_factor(double deviation) {
  int factor = 1;
  while (deviation / (2 * factor) >= 3) factor *= 2;
  return factor;
}

Size shrunk(Size size, int factor) {
  return {std::max(1, (size.width + factor / 2) / factor),
          std::max(1, (size.height + factor / 2) / factor)};
}

}  // namespace

PlaneFilter::PlaneFilter(Size largest)
    : same_(largest),
      turned_({largest.height, largest.width}),
      turned_too_({largest.height, largest.width}),
      sums_(static_cast<std::size_t>(std::max(largest.width, largest.height))),
      line_(sums_.size() + 2 * kMaxRadius) {}

void PlaneFilter::blur(Plane plane, std::span<const int> radii) {
  const Size turned{plane.height, plane.width};
  Plane from = plane;
  Plane to = same_.view().crop(whole(plane.size()));
  for (int radius : radii) {
    blur_columns(from, radius, sums_, to);
    std::swap(from, to);
  }
  Plane turned_from = turned_.view().crop(whole(turned));
  Plane turned_to = turned_too_.view().crop(whole(turned));
  transpose(from, turned_from);
  for (int radius : radii) {
    blur_columns(turned_from, radius, sums_, turned_to);
    std::swap(turned_from, turned_to);
  }
  transpose(turned_from, plane);
}

void PlaneFilter::box_blur(Plane plane, int radius) {
  assert(radius >= 0 && radius <= kMaxRadius);
  if (radius > 0) blur(plane, {&radius, 1});
}

void PlaneFilter::box_blur(Plane plane, const std::array<int, 3>& radii) {
  blur(plane, radii);
}

void PlaneFilter::extreme(Plane plane, int radius, std::uint8_t flip) {
  assert(radius >= 0 && radius <= kMaxRadius);
  if (radius == 0) return;
  const Plane copy = same_.view().crop(whole(plane.size()));
  extreme_rows(plane, radius, flip, line_.data(), plane);
  for (int y = 0; y < plane.height; ++y) {
    copy_flipped(plane.row(y), flip, plane.row(y), plane.width);
    std::memcpy(copy.row(y), plane.row(y), static_cast<std::size_t>(plane.width));
  }
  largest_of_columns(copy, radius, line_.data(), plane);
  for (int y = 0; y < plane.height && flip; ++y)
    copy_flipped(plane.row(y), flip, plane.row(y), plane.width);
}

void PlaneFilter::dilate(Plane plane, int radius) {
  extreme(plane, radius, 0);
}

void PlaneFilter::erode(Plane plane, int radius) {
  extreme(plane, radius, 255);
}

// The mean on the way down has a variance of 1/12 of its width, bilinear scaling upwards of 1/6.
double deviation_left(double deviation, int factor) {
  const double scaled = deviation / factor;
  return std::sqrt(scaled * scaled - 1.0 / 12 - 1.0 / 6);
}

PlaneBlur::PlaneBlur(Size size, double deviation) {
  const int factor = shrink_factor(deviation);
  const Size worked = factor == 1 ? size : shrunk(size, factor);
  if (factor > 1) small_ = PlaneBuffer(worked);
  filter_ = PlaneFilter(worked);
  radii_ = three_boxes(factor == 1 ? deviation : deviation_left(deviation, factor));
}

void PlaneBlur::apply(Plane plane) {
  if (small_.size() == Size{}) return filter_.box_blur(plane, radii_);
  scale(plane, small_.view());
  filter_.box_blur(small_.view(), radii_);
  scale_linear(small_.view(), plane);
}

Blur::Blur(Size size, int radius) : active_(radius > 0) {
  if (!active_) return;
  luma_ = PlaneBlur(size, radius);
  chroma_ = PlaneBlur(chroma_size(size), radius / 2.0);
}

void Blur::apply(ImageView image) {
  if (!active_) return;
  luma_.apply(image.y);
  chroma_.apply(image.u);
  chroma_.apply(image.v);
}

}  // namespace scrim
