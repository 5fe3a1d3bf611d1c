// Tested by tests/matte/edges_test.cpp.
#include "matte/edges.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/dispatch.h"
#include "image/scale.h"

namespace scrim {
namespace {

constexpr std::uint8_t kActive = 255;
// Nearer to 0 or 255 than this is sure: levels make it so anyway.
constexpr int kSure = 8;
// A change is felt as far as two windows and a step of interpolation reach.
constexpr int kReach = 2 * GuidedFit::kRadius + 2;

SCRIM_CLONES void snap_row(std::uint8_t* row, int n) {
  for (int x = 0; x < n; ++x) {
    const std::uint8_t v = row[x];
    row[x] = v <= kSure ? 0 : v >= 255 - kSure ? 255 : v;
  }
}

/// 255 where a sample is unsure or differs from the one to the right or below.
SCRIM_CLONES void mark_changes(const std::uint8_t* row, const std::uint8_t* below, int n,
                               std::uint8_t* out) {
  for (int x = 0; x < n; ++x) {
    const std::uint8_t v = row[x], right = row[x + 1 < n ? x + 1 : x];
    const bool changes = (v != 0 && v != 255) || v != right || v != below[x];
    out[x] = changes ? kActive : 0;
  }
}

/// The coefficients of a row between two, `share` of the way down.
struct Between {
  const float *above, *below;
};

/// What U, V and b add, for each pair of pixels.
SCRIM_CLONES void add_chroma(const std::uint8_t* u, const std::uint8_t* v, Between au, Between av,
                             Between b, float share, int begin, int end, float* out) {
  const auto mix = [share](Between c, int x) {
    return c.above[x] + share * (c.below[x] - c.above[x]);
  };
  SCRIM_SAME_INDEX
  for (int x = begin; x < end; ++x)
    out[x] =
        mix(b, x) + mix(au, x) * static_cast<float>(u[x]) + mix(av, x) * static_cast<float>(v[x]);
}

inline std::uint8_t to_byte(float value) {
  return static_cast<std::uint8_t>(
      static_cast<int>(std::min(std::max(value, 0.0f), 255.0f) + 0.5f));
}

/// Pairs begin..end: each pixel's luma part, and chroma's between the two nearest pairs.
SCRIM_CLONES void add_luma(const std::uint8_t* luma, Between a, float share, const float* chroma,
                           int begin, int end, std::uint8_t* out) {
  SCRIM_SAME_INDEX
  for (int x = begin; x < end; ++x) {
    const float left = 0.75f * chroma[x] + 0.25f * chroma[x - 1];
    const float right = 0.75f * chroma[x] + 0.25f * chroma[x + 1];
    const float first = a.above[2 * x] + share * (a.below[2 * x] - a.above[2 * x]);
    const float second = a.above[2 * x + 1] + share * (a.below[2 * x + 1] - a.above[2 * x + 1]);
    out[2 * x] = to_byte(left + first * static_cast<float>(luma[2 * x]));
    out[2 * x + 1] = to_byte(right + second * static_cast<float>(luma[2 * x + 1]));
  }
}

/// Some of a row's samples: those from `begin` on; what lies beyond either end repeats the last
/// one.
struct Piece {
  const float* values;
  int begin, count;
};

/// Samples first..last of a wider row; `gain` times what is there, less `offset`.
SCRIM_CLONES void interpolate(Piece in, const int* left, const float* share, float gain,
                              float offset, int first, int last, float* out) {
  for (int x = first; x < last; ++x) {
    const int at = left[x] - in.begin;
    const float a = in.values[std::clamp(at, 0, in.count - 1)];
    const float b = in.values[std::clamp(at + 1, 0, in.count - 1)];
    out[x] = gain * (a + share[x] * (b - a)) - offset;
  }
}

/// Between `from` samples, centres kept.
double place_of(int at, int count, int from) {
  return std::clamp((at + 0.5) * from / count - 0.5, 0.0, from - 1.0);
}

}  // namespace

void Edges::prepare(Size picture, Size grid) {
  if (picture == picture_ && grid == grid_) return;
  picture_ = picture;
  grid_ = grid;
  for (PlaneBuffer* plane : {&u_, &v_, &active_}) *plane = PlaneBuffer(grid);
  spread_ = PlaneFilter(grid);
  const auto make_places = [&](int count, Places& places) {
    places.left.resize(static_cast<std::size_t>(count));
    places.share.resize(static_cast<std::size_t>(count));
    for (int x = 0; x < count; ++x) {
      const double place = place_of(x, count, grid.width);
      const auto i = static_cast<std::size_t>(x);
      places.left[i] = std::min(static_cast<int>(place), std::max(grid.width - 2, 0));
      places.share[i] = static_cast<float>(place - places.left[i]);
    }
  };
  make_places(2 * half_up(picture.width), full_);
  make_places(half_up(picture.width), half_);
  starts_.resize(static_cast<std::size_t>(grid.width) + 1);
  for (int x = 0; x < grid.width; ++x)
    starts_[static_cast<std::size_t>(x)] =
        static_cast<int>(std::int64_t{x} * picture.width / grid.width) / 2 * 2;
  starts_.back() = picture.width;
  for (WideRow& row : wide_)
    for (std::size_t c = 0; c < kCoefficients; ++c)
      row.values[c].resize(c == 0 ? full_.left.size() : half_.left.size());
  chroma_.resize(half_.left.size() + 2);
}

/// Marks what is near a change; the smallest rectangle around all of it.
Rect Edges::find_active(ConstPlane matte) {
  const Plane active = active_.view();
  for (int y = 0; y < matte.height; ++y)
    mark_changes(matte.row(y), matte.row(std::min(y + 1, matte.height - 1)), matte.width,
                 active.row(y));
  spread_.dilate(active, kReach);
  int left = active.width, right = 0, top = active.height, bottom = 0;
  for (int y = 0; y < active.height; ++y) {
    const std::uint8_t* row = active.row(y);
    const auto* first = std::find(row, row + active.width, kActive);
    if (first == row + active.width) continue;
    const auto last =
        std::find(std::reverse_iterator(row + active.width), std::reverse_iterator(row), kActive);
    left = std::min(left, static_cast<int>(first - row));
    right = std::max(right, static_cast<int>(last.base() - row));
    top = std::min(top, y);
    bottom = y + 1;
  }
  return {left, top, right - left, bottom - top};
}

void Edges::refine(ConstImageView picture, ConstPlane luma, Plane matte, Levels levels, Plane out) {
  prepare(picture.size(), matte.size());
  for (int y = 0; y < matte.height; ++y) snap_row(matte.row(y), matte.width);
  region_ = find_active(matte);
  for (WideRow& row : wide_) row.grid_row = -1;
  if (region_.height > 0) {
    scale(picture.u, u_.view());
    scale(picture.v, v_.view());
    fit_.fit(luma.crop(region_), u_.view().crop(region_), v_.view().crop(region_),
             ConstPlane(matte).crop(region_));
  }
  for (int y = 0; y < out.height; ++y) fill_row(picture, matte, levels, y, out);
}

/// Brings one of the grid's rows to full width, levels in it, columns of the region only.
void Edges::widen(int grid_row, Levels levels, WideRow& wide) {
  if (wide.grid_row == grid_row) return;
  wide.grid_row = grid_row;
  const float gain = 255.0f / static_cast<float>(levels.high - levels.low);
  const int row = std::clamp(grid_row - region_.y, 0, region_.height - 1);
  const int begin = starts_[static_cast<std::size_t>(region_.x)] / 2;
  const int end = half_up(starts_[static_cast<std::size_t>(region_.x + region_.width)]);
  for (std::size_t c = 0; c < kCoefficients; ++c) {
    const float offset = c + 1 == kCoefficients ? gain * static_cast<float>(levels.low) : 0;
    const Places& places = c == 0 ? full_ : half_;
    const int pixels = c == 0 ? 2 : 1;
    interpolate({fit_.row(c, row), region_.x, region_.width}, places.left.data(),
                places.share.data(), gain, offset, pixels * begin, pixels * end,
                wide.values[c].data());
  }
}

void Edges::fill_row(ConstImageView picture, ConstPlane matte, Levels levels, int y, Plane out) {
  const double place = place_of(y, out.height, grid_.height);
  const int above = static_cast<int>(place), below = std::min(above + 1, grid_.height - 1);
  const std::uint8_t *active = active_.view().row(above), *active_too = active_.view().row(below);
  const auto is_active = [&](int x) { return active[x] || active_too[x]; };
  for (int x = 0, next = 0; x < grid_.width; x = next) {
    for (next = x + 1; next < grid_.width && is_active(next) == is_active(x);) ++next;
    const int begin = starts_[static_cast<std::size_t>(x)];
    const int end = starts_[static_cast<std::size_t>(next)];
    if (is_active(x)) {
      // Rows alternate, so one of the two is there already, or will be wanted again.
      WideRow &first = wide_[above % 2], &second = wide_[below % 2];
      widen(above, levels, first);
      widen(below, levels, second);
      fill_active(picture, y, first, second, static_cast<float>(place - above), begin, end,
                  out.row(y));
    } else {
      std::memset(out.row(y) + begin, matte.row(above)[x], static_cast<std::size_t>(end - begin));
    }
  }
}

/// Pixels begin..end, `begin` even.
void Edges::fill_active(ConstImageView picture, int y, const WideRow& above, const WideRow& below,
                        float share, int begin, int end, std::uint8_t* out) {
  const auto between = [&](std::size_t c) {
    return Between{above.values[c].data(), below.values[c].data()};
  };
  float* chroma = chroma_.data() + 1;
  const int first = begin / 2, last = half_up(end);
  add_chroma(picture.u.row(y / 2), picture.v.row(y / 2), between(1), between(2), between(3), share,
             first, last, chroma);
  chroma[first - 1] = chroma[first];
  chroma[last] = chroma[last - 1];
  add_luma(picture.y.row(y), between(0), share, chroma, first, end / 2, out);
  if (end % 2 == 0) return;
  const Between a = between(0);
  const int x = end - 1;
  out[x] = to_byte(chroma[last - 1] + (a.above[x] + share * (a.below[x] - a.above[x])) *
                                          static_cast<float>(picture.y.row(y)[x]));
}

}  // namespace scrim
