// All eight sums of a cell lie side by side and are added at once; a margin of nothing around the
// grid spares the borders their exceptions. Tested by tests/matte/edge_colour_test.cpp.
#include "matte/edge_colour.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "base/dispatch.h"

namespace scrim {
namespace {

using Between = EdgeColour::Between;

constexpr int kGridWidth = 160;
constexpr int kRadius = 3;                    // of the small window, in cells
constexpr int kStep = 2 * kRadius + 1;        // the large window is three by three small ones
constexpr int kMargin = kStep + kRadius + 1;  // cells around the grid
constexpr int kSure = 31;                     // of 255: a cell no further from 0 or 255 counts
constexpr float kNoise = 25;                  // squared levels
constexpr float kLargeWindow = 1.0f / 64;     // its weight beside the small one

typedef std::int32_t Eight __attribute__((vector_size(32), aligned(4), may_alias));
typedef float EightFloats __attribute__((vector_size(32), aligned(4), may_alias));

const Eight& eight(const std::int32_t* at) {
  return *reinterpret_cast<const Eight*>(at);
}

/// `out`: eight values for each of n cells.
SCRIM_CLONES void weigh_cells(const std::uint8_t* alpha, const std::uint8_t* y,
                              const std::uint8_t* u, const std::uint8_t* v, int n,
                              std::int32_t* out) {
  constexpr int kScale = 255 / kSure;
  for (int x = 0; x < n; ++x) {
    const int person = std::max(alpha[x] - (255 - kSure), 0) * kScale;
    const int room = std::max(kSure - alpha[x], 0) * kScale;
    const Eight weights = {person, person, person, person, room, room, room, room};
    const Eight colours = {1, y[x], u[x], v[x], 1, y[x], u[x], v[x]};
    *reinterpret_cast<Eight*>(out + 8 * x) = weights * colours;
  }
}

/// Cells 0..n, each the sum of itself and kRadius on both sides; `in` has a margin.
SCRIM_CLONES void sum_along(const std::int32_t* in, int n, std::int32_t* out) {
  Eight sum = {};
  for (int x = -kRadius; x < kRadius; ++x) sum += eight(in + 8 * x);
  for (int x = 0; x < n; ++x) {
    sum += eight(in + 8 * (x + kRadius));
    *reinterpret_cast<Eight*>(out + 8 * x) = sum;
    sum -= eight(in + 8 * (x - kRadius));
  }
}

/// One row further down: what enters the window, what leaves it.
SCRIM_CLONES void slide(const std::int32_t* before, const std::int32_t* entering,
                        const std::int32_t* leaving, int values, std::int32_t* out) {
  for (int i = 0; i < values; ++i) out[i] = before[i] + entering[i] - leaving[i];
}

/// Colours between four cells: `right` of the way to the right ones, `down` to the lower ones.
inline void interpolate(const float* above, const float* below, float right, float down,
                        float* out) {
  const auto at = [](const float* cell) { return reinterpret_cast<const EightFloats*>(cell); };
  const EightFloats upper = *at(above) + right * (*at(above + 8) - *at(above));
  const EightFloats lower = *at(below) + right * (*at(below + 8) - *at(below));
  *reinterpret_cast<EightFloats*>(out) = upper + down * (lower - upper);
}

/// The mean of four samples of each cell.
void sample_cells(ConstPlane in, const std::vector<int>& columns, Plane out) {
  for (int y = 0; y < out.height; ++y) {
    const auto row = [&](int quarter) {
      return in.row(static_cast<int>(std::int64_t{4 * y + quarter} * in.height / (4 * out.height)));
    };
    const std::uint8_t *upper = row(1), *lower = row(3);
    const int* column = columns.data();
    for (int x = 0; x < out.width; ++x, column += 2)
      out.row(y)[x] = static_cast<std::uint8_t>(
          (upper[column[0]] + upper[column[1]] + lower[column[0]] + lower[column[1]] + 2) >> 2);
  }
}

std::vector<int> columns_of_cells(int width, int cells) {
  std::vector<int> columns;
  for (int x = 0; x < cells; ++x)
    for (int quarter : {1, 3})
      columns.push_back(static_cast<int>(std::int64_t{4 * x + quarter} * width / (4 * cells)));
  return columns;
}

/// Between which cells block `i` lies.
Between place_of(int i, int blocks, int cells) {
  const float at = std::clamp(
      (static_cast<float>(i) + 0.5f) * static_cast<float>(cells) / static_cast<float>(blocks) -
          0.5f,
      0.0f, static_cast<float>(cells - 1));
  const int cell = std::min(static_cast<int>(at), std::max(cells - 2, 0));
  return {cell, at - static_cast<float>(cell)};
}

std::uint8_t to_byte(float value) {
  return static_cast<std::uint8_t>(std::min(std::max(value, 0.0f), 255.0f) + 0.5f);
}

/// A way from the room's colour to the person's.
struct Way {
  float y, u, v;
  float inverse;  // of the square of its length, and some noise
};

/// How much room is to be taken out of a pixel: what the matte says, but no more than can be seen
/// in its colour. `along`: how far it lies on the way, times the square of the way's length.
float room_in(float alpha, float along, const Way& way) {
  return std::min(1 - alpha, std::clamp(1 - along * way.inverse, 0.0f, 1.0f));
}

}  // namespace

EdgeColour::EdgeColour(Size size) : size_(size) {
  grid_.width = std::min(kGridWidth, size.width);
  grid_.height = std::clamp(size.height * grid_.width / size.width, 1, size.height);
  for (PlaneBuffer* plane : {&y_, &u_, &v_, &alpha_, &least_, &most_}) *plane = PlaneBuffer(grid_);
  filter_ = PlaneFilter(grid_);
  pixels_ = columns_of_cells(size.width, grid_.width);
  chroma_ = columns_of_cells(half_up(size.width), grid_.width);
  for (int x = 0; x < half_up(size.width); ++x)
    places_.push_back(place_of(x, half_up(size.width), grid_.width));
  for (int x = 0; x <= grid_.width; ++x)
    starts_.push_back(static_cast<int>(std::int64_t{x} * half_up(size.width) / grid_.width));
  const auto cells = static_cast<std::size_t>(grid_.width + 2 * kMargin) *
                     static_cast<std::size_t>(grid_.height + 2 * kMargin);
  for (auto* sums : {&rows_, &sums_}) sums->assign(kChannels * cells, 0);
  colours_.assign(kChannels * cells, 0);
}

std::ptrdiff_t EdgeColour::at(int x, int y) const {
  return kChannels *
         (static_cast<std::ptrdiff_t>(y + kMargin) * (grid_.width + 2 * kMargin) + x + kMargin);
}

void EdgeColour::look(ConstImageView camera, ConstPlane matte) {
  assert(camera.size() == size_ && matte.size() == size_);
  sample_cells(matte, pixels_, alpha_.view());
  sample_cells(camera.y, pixels_, y_.view());
  sample_cells(camera.u, chroma_, u_.view());
  sample_cells(camera.v, chroma_, v_.view());
  sum_up();
  find_soft(2);
  for (int y = 0; y < grid_.height; ++y)
    for (int x = 0; x < grid_.width; ++x)
      if (soft(x, y)) average(x, y);
  find_soft(1);
}

/// Samples miss what is thin, but not that something changed between them: soft is where not all
/// cells within `radius` are the same.
void EdgeColour::find_soft(int radius) {
  copy(std::as_const(alpha_).view(), least_.view());
  copy(std::as_const(alpha_).view(), most_.view());
  filter_.erode(least_.view(), radius);
  filter_.dilate(most_.view(), radius);
}

bool EdgeColour::soft(int x, int y) const {
  return most_.view().row(y)[x] != 0 && least_.view().row(y)[x] != 255;
}

/// Sums over small windows, around each cell from kStep outside the grid on.
void EdgeColour::sum_up() {
  const int width = grid_.width + 2 * kStep, values = kChannels * width;
  std::vector<std::int32_t>& cells = sums_;  // until rows_ has their sums
  for (int y = 0; y < grid_.height; ++y) {
    std::memset(cells.data() + at(-kMargin, y), 0,
                sizeof(std::int32_t) * static_cast<std::size_t>(at(0, y) - at(-kMargin, y)));
    weigh_cells(alpha_.view().row(y), y_.view().row(y), u_.view().row(y), v_.view().row(y),
                grid_.width, cells.data() + at(0, y));
    std::memset(cells.data() + at(grid_.width, y), 0,
                sizeof(std::int32_t) * static_cast<std::size_t>(kChannels * kMargin));
    sum_along(cells.data() + at(-kStep, y), width, rows_.data() + at(-kStep, y));
  }
  // Rows of rows_ outside the grid stay 0.
  std::fill_n(sums_.data() + at(-kStep, -kStep - 1), values, 0);
  for (int y = -kStep; y < grid_.height + kStep; ++y)
    slide(sums_.data() + at(-kStep, y - 1), rows_.data() + at(-kStep, y + kRadius),
          rows_.data() + at(-kStep, y - kRadius - 1), values, sums_.data() + at(-kStep, y));
}

/// The colours of a cell.
void EdgeColour::average(int x, int y) {
  Eight large = {};
  for (int dy : {-kStep, 0, kStep})
    for (int dx : {-kStep, 0, kStep}) large += eight(sums_.data() + at(x + dx, y + dy));
  const Eight small = eight(sums_.data() + at(x, y));
  float* out = colours_.data() + at(x, y);
  const float mean[] = {static_cast<float>(y_.view().row(y)[x]),
                        static_cast<float>(u_.view().row(y)[x]),
                        static_cast<float>(v_.view().row(y)[x])};
  for (int side : {0, 4}) {
    const auto sum = [&](int c) {
      return static_cast<float>(small[side + c]) +
             kLargeWindow * static_cast<float>(large[side + c]);
    };
    const float weight = sum(0);
    for (int c = 0; c < 3; ++c) out[side + c] = weight > 0 ? sum(c + 1) / weight : mean[c];
  }
}

void EdgeColour::clean(ConstImageView camera, ConstPlane matte, ImageView person) const {
  correct<Target::kAlone>(camera, matte, person);
}

void EdgeColour::clean_blended(ConstImageView camera, ConstPlane matte, ImageView out) const {
  correct<Target::kBlended>(camera, matte, out);
}

template <EdgeColour::Target target>
void EdgeColour::correct(ConstImageView camera, ConstPlane matte, ImageView out) const {
  const int high = half_up(size_.height);
  for (int y = 0; y < high; ++y) {
    const int row = static_cast<int>(std::int64_t{y} * grid_.height / high);
    const Between down = place_of(y, high, grid_.height);
    for (int column = 0; column < grid_.width; ++column) {
      if (!soft(column, row)) continue;
      const auto cell = static_cast<std::size_t>(column);
      for (int x = starts_[cell]; x < starts_[cell + 1]; ++x)
        correct_block<target>(camera, matte, x, y, down, out);
    }
  }
}

/// The pixels that share a place of chroma.
template <EdgeColour::Target target>
void EdgeColour::correct_block(ConstImageView camera, ConstPlane matte, int x, int y, Between down,
                               ImageView out) const {
  const int left = 2 * x, top = 2 * y, right = std::min(left + 1, size_.width - 1),
            bottom = std::min(top + 1, size_.height - 1);
  const int total = matte.row(top)[left] + matte.row(top)[right] + matte.row(bottom)[left] +
                    matte.row(bottom)[right];
  if (total == 0 || total == 4 * 255) return;
  const Between across = places_[static_cast<std::size_t>(x)];
  float c[kChannels];
  interpolate(colours_.data() + at(across.cell, down.cell),
              colours_.data() + at(across.cell, down.cell + 1), across.share, down.share, c);
  Way way{c[0] - c[4], c[1] - c[5], c[2] - c[6], 0};
  way.inverse = 1 / (way.y * way.y + way.u * way.u + way.v * way.v + kNoise);
  std::uint8_t &u = out.u.row(y)[x], &v = out.v.row(y)[x];
  const float by_chroma = (camera.u.row(y)[x] - c[5]) * way.u + (camera.v.row(y)[x] - c[6]) * way.v;
  float luma = 0;
  for (int j = top; j <= bottom; ++j)
    for (int i = left; i <= right; ++i) {
      const float alpha = static_cast<float>(matte.row(j)[i]) * (1.0f / 255);
      const float pixel = camera.y.row(j)[i];
      luma += pixel;
      if (alpha <= 0 || alpha >= 1) continue;
      const float room = room_in(alpha, (pixel - c[4]) * way.y + by_chroma, way);
      std::uint8_t& now = out.y.row(j)[i];
      now = to_byte(now + (target == Target::kBlended ? alpha : 1) * room * way.y);
    }
  const float pixels = static_cast<float>((bottom - top + 1) * (right - left + 1));
  const float alpha = static_cast<float>(total) * (1.0f / (4 * 255));
  const float room = room_in(alpha, (luma / pixels - c[4]) * way.y + by_chroma, way);
  const float share = (target == Target::kBlended ? alpha : 1) * room;
  u = to_byte(u + share * way.u);
  v = to_byte(v + share * way.v);
}

}  // namespace scrim
