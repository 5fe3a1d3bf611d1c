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
    const std::uint8_t v = row[x];
    const bool unsure = static_cast<std::uint8_t>(v + 1) > 1;
    out[x] = (unsure | (v != below[x])) ? kActive : 0;
  }
  for (int x = 0; x + 1 < n; ++x) out[x] |= row[x] != row[x + 1] ? kActive : 0;
}

// All four coefficients of one of the grid's samples.
typedef float Four __attribute__((vector_size(16), aligned(4), may_alias));

/// The coefficients side by side, levels in them: `gain` times what is there, b less `offset`.
SCRIM_CLONES void gather(const std::array<const float*, 4>& in, int n, float gain, float offset,
                         float* out) {
  const float *a = in[0], *b = in[1], *c = in[2], *d = in[3];
  for (int x = 0; x < n; ++x) {
    out[4 * x] = gain * a[x];
    out[4 * x + 1] = gain * b[x];
    out[4 * x + 2] = gain * c[x];
    out[4 * x + 3] = gain * d[x] - offset;
  }
}

/// Four blocks at a time, begin..end (multiples of four), between the grid's samples.
SCRIM_CLONES void interpolate(const float* grid, const int* left, const float* share, int begin,
                              int end, const std::array<float*, 4>& out) {
  float *const a = out[0], *const b = out[1], *const c = out[2], *const d = out[3];
  for (int x = begin; x < end; x += 4) {
    Four v[4];
    for (int j = 0; j < 4; ++j) {
      const float* at = grid + 4 * left[x + j];
      const Four here = *reinterpret_cast<const Four*>(at);
      v[j] = here + share[x + j] * (*reinterpret_cast<const Four*>(at + 4) - here);
    }
    const Four low = __builtin_shufflevector(v[0], v[1], 0, 4, 1, 5);
    const Four high = __builtin_shufflevector(v[0], v[1], 2, 6, 3, 7);
    const Four low_too = __builtin_shufflevector(v[2], v[3], 0, 4, 1, 5);
    const Four high_too = __builtin_shufflevector(v[2], v[3], 2, 6, 3, 7);
    *reinterpret_cast<Four*>(a + x) = __builtin_shufflevector(low, low_too, 0, 1, 4, 5);
    *reinterpret_cast<Four*>(b + x) = __builtin_shufflevector(low, low_too, 2, 3, 6, 7);
    *reinterpret_cast<Four*>(c + x) = __builtin_shufflevector(high, high_too, 0, 1, 4, 5);
    *reinterpret_cast<Four*>(d + x) = __builtin_shufflevector(high, high_too, 2, 3, 6, 7);
  }
}

/// Coefficients of blocks, and those of the row below.
struct Between {
  std::array<const float*, 4> above, below;
  float share;  // of the way down
};

/// What blocks begin..end have in common: alpha = slope * luma + base. Each twice, once per column.
SCRIM_CLONES void mix_blocks(const Between& rows, const std::uint8_t* u, const std::uint8_t* v,
                             int begin, int end, float* slope, float* base) {
  const auto [ay, au, av, b] = rows.above;
  const auto [by, bu, bv, bb] = rows.below;
  const float share = rows.share;
  SCRIM_SAME_INDEX
  for (int x = begin; x < end; ++x) {
    const float s = ay[x] + share * (by[x] - ay[x]);
    const float blue = au[x] + share * (bu[x] - au[x]), red = av[x] + share * (bv[x] - av[x]);
    const float c = b[x] + share * (bb[x] - b[x]) + blue * static_cast<float>(u[x]) +
                    red * static_cast<float>(v[x]);
    slope[2 * x] = s;
    slope[2 * x + 1] = s;
    base[2 * x] = c;
    base[2 * x + 1] = c;
  }
}

SCRIM_CLONES void add_luma(const std::uint8_t* luma, const float* slope, const float* base,
                           int begin, int end, std::uint8_t* out) {
  SCRIM_SAME_INDEX
  for (int x = begin; x < end; ++x) {
    const float alpha = base[x] + slope[x] * static_cast<float>(luma[x]) + 0.5f;
    const int rounded = static_cast<int>(std::min(std::max(alpha, 0.0f), 255.0f));
    out[x] = static_cast<std::uint8_t>(rounded);
  }
}

int round_up(int count) {
  return (count + 3) / 4 * 4;
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
  for (PlaneBuffer* plane : {&y_, &u_, &v_, &matte_, &active_}) *plane = PlaneBuffer(grid);
  spread_ = PlaneFilter(grid);
  const int blocks = half_up(picture.width);
  const auto padded = static_cast<std::size_t>(round_up(blocks));
  left_.assign(padded, 0);
  share_.assign(padded, 0);
  for (int x = 0; x < blocks; ++x) {
    const double place = place_of(x, blocks, grid.width);
    left_[static_cast<std::size_t>(x)] = static_cast<int>(place);
    share_[static_cast<std::size_t>(x)] = static_cast<float>(place - static_cast<int>(place));
  }
  starts_.resize(static_cast<std::size_t>(grid.width) + 1);
  for (int x = 0; x <= grid.width; ++x)
    starts_[static_cast<std::size_t>(x)] = static_cast<int>(std::int64_t{x} * blocks / grid.width);
  line_.resize((static_cast<std::size_t>(grid.width) + 1) * kCoefficients);
  for (WideRow& row : wide_)
    for (auto& values : row.values) values.resize(padded);
  slope_.resize(2 * padded);
  base_.resize(2 * padded);
  runs_.reserve(static_cast<std::size_t>(grid.width));
}

/// Marks what is near a change; the smallest rectangle around all of it.
Rect Edges::find_active(ConstPlane matte, int reach) {
  const Plane active = active_.view();
  for (int y = 0; y < matte.height; ++y)
    mark_changes(matte.row(y), matte.row(std::min(y + 1, matte.height - 1)), matte.width,
                 active.row(y));
  spread_.dilate(active, reach);
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

void Edges::refine(ConstImageView picture, ConstPlane luma, ConstPlane matte, EdgeOptions options,
                   Plane out) {
  const Size fine = matte.size(), half{half_up(fine.width), half_up(fine.height)};
  prepare(picture.size(), options.detail == Detail::kFine ? fine : half);
  levels_ = options.levels;
  scale(matte, matte_.view());
  for (int y = 0; y < grid_.height; ++y) snap_row(matte_.view().row(y), grid_.width);
  // A change is felt two windows away, but past one by less than levels leave.
  const auto radius =
      options.detail == Detail::kQuick ? GuidedFit::Radius::k2 : GuidedFit::Radius::k4;
  region_ = find_active(matte_.view(), static_cast<int>(radius));
  for (WideRow& row : wide_) row.grid_row = -1;
  if (region_.height > 0) {
    scale(luma, y_.view());
    scale(picture.u, u_.view());
    scale(picture.v, v_.view());
    const auto part = [this](PlaneBuffer& plane) { return ConstPlane(plane.view()).crop(region_); };
    fit_.fit(part(y_), part(u_), part(v_), part(matte_), radius);
  }
  runs_row_ = -1;
  for (int y = 0; y < half_up(out.height); ++y) fill_rows(picture, y, out);
}

/// Brings one of the grid's rows to the width of blocks, levels in it, columns of the region only.
void Edges::widen(int grid_row, WideRow& wide) {
  if (wide.grid_row == grid_row) return;
  wide.grid_row = grid_row;
  const float gain = 255.0f / static_cast<float>(levels_.high - levels_.low);
  const int row = std::clamp(grid_row - region_.y, 0, region_.height - 1);
  float* line = line_.data() + 4 * region_.x;
  gather({fit_.row(0, row), fit_.row(1, row), fit_.row(2, row), fit_.row(3, row)}, region_.width,
         gain, gain * static_cast<float>(levels_.low), line);
  float* behind = line + 4 * region_.width;
  std::copy_n(behind - 4, 4, behind);
  if (region_.x > 0) std::copy_n(line, 4, line - 4);
  const int begin = starts_[static_cast<std::size_t>(region_.x)] / 4 * 4;
  const int end = round_up(starts_[static_cast<std::size_t>(region_.x + region_.width)]);
  auto& out = wide.values;
  interpolate(line_.data(), left_.data(), share_.data(), begin, end,
              {out[0].data(), out[1].data(), out[2].data(), out[3].data()});
}

/// Splits what lies between two of the grid's rows into what is active and what is not.
void Edges::find_runs(int above, int below) {
  if (runs_row_ == above) return;
  runs_row_ = above;
  runs_.clear();
  const std::uint8_t *row = active_.view().row(above), *row_too = active_.view().row(below);
  const auto is_active = [&](int x) { return (row[x] | row_too[x]) != 0; };
  for (int x = 0, next = 0; x < grid_.width; x = next) {
    for (next = x + 1; next < grid_.width && is_active(next) == is_active(x);) ++next;
    runs_.push_back({starts_[static_cast<std::size_t>(x)], starts_[static_cast<std::size_t>(next)],
                     is_active(x), matte_.view().row(above)[x]});
  }
}

/// A row of blocks: two rows of pixels, or one.
void Edges::fill_rows(ConstImageView picture, int block_row, Plane out) {
  const double place = place_of(block_row, half_up(out.height), grid_.height);
  const int above = static_cast<int>(place), below = std::min(above + 1, grid_.height - 1);
  find_runs(above, below);
  const int first = 2 * block_row, last = std::min(first + 2, out.height);
  for (const Run& run : runs_) {
    const int begin = 2 * run.begin, end = std::min(2 * run.end, out.width);
    if (run.active) {
      // Rows alternate, so one of the two is there already, or will be wanted again.
      const WideRow &here = wide_[static_cast<std::size_t>(above % 2)],
                    &there = wide_[static_cast<std::size_t>(below % 2)];
      widen(above, wide_[static_cast<std::size_t>(above % 2)]);
      widen(below, wide_[static_cast<std::size_t>(below % 2)]);
      const Between rows{here.pointers(), there.pointers(), static_cast<float>(place - above)};
      mix_blocks(rows, picture.u.row(block_row), picture.v.row(block_row), run.begin, run.end,
                 slope_.data(), base_.data());
    }
    for (int y = first; y < last; ++y) {
      if (run.active)
        add_luma(picture.y.row(y), slope_.data(), base_.data(), begin, end, out.row(y));
      else
        std::memset(out.row(y) + begin, run.value, static_cast<std::size_t>(end - begin));
    }
  }
}

}  // namespace scrim
