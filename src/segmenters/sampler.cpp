// Rows first: the inputs of an output row are added up in 16 bits, weights of 1/256 making 65280 at
// most; this touches each input sample about once. Then along the row, four taps at a time, in
// float. Tested by sampler_test.
#include "segmenters/sampler.h"

#include <algorithm>
#include <cmath>

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr int kWhole = 256;
constexpr int kTapsAtOnce = 4;
constexpr int kPlacesAtOnce = 8;

int round_up(int count, int step) {
  return (count + step - 1) / step * step;
}

int weight_up_to(double part) {
  return static_cast<int>(part * kWhole + 0.5);
}

/// The two nearest inputs; `at` counts from the first input's left edge.
void add_nearest(double at, int size, int i, Taps& out) {
  const double place = std::clamp(at - 0.5, 0.0, size - 1.0);
  const int low = std::min(static_cast<int>(place), std::max(size - 2, 0));
  const int high_weight = size > 1 ? weight_up_to(place - low) : 0;
  auto* weights = out.weights.data() + i * out.taps;
  out.firsts[static_cast<std::size_t>(i)] = low;
  weights[0] = static_cast<std::uint16_t>(kWhole - high_weight);
  weights[1] = static_cast<std::uint16_t>(high_weight);
}

/// What lies from `from` to `to`, by its share; rounded so that the shares add up to one.
void add_area(double from, double to, int size, int i, Taps& out) {
  const int first = std::clamp(static_cast<int>(from), 0, size - 1);
  auto* weights = out.weights.data() + i * out.taps;
  out.firsts[static_cast<std::size_t>(i)] = first;
  int done = 0;
  for (int k = 0; k < out.taps; ++k) {
    const double edge = std::min<double>(first + k + 1, size);
    const int up_to = k + 1 == out.taps || edge >= to
                          ? kWhole
                          : weight_up_to(std::max(edge - from, 0.0) / (to - from));
    weights[k] = static_cast<std::uint16_t>(up_to - done);
    done = up_to;
  }
}

/// Up to four rows with their weights, which together are at most kWhole.
struct Rows {
  const std::uint8_t* data[kTapsAtOnce];
  std::uint16_t weights[kTapsAtOnce];
  int count = 0;
};

/// The weighted sum of kRows rows, in 16 bits, onto `out` or in its place.
template <int kRows>
inline __attribute__((always_inline)) void blend(const Rows& rows, bool onto, int width,
                                                 float* __restrict out) {
  const auto data = [&](int i) { return rows.data[i < kRows ? i : 0]; };
  const std::uint8_t *a = data(0), *b = data(1), *c = data(2), *d = data(3);
  const auto weight = [&](int i) { return i < kRows ? rows.weights[i] : std::uint16_t{0}; };
  const std::uint16_t e = weight(0), f = weight(1), g = weight(2), h = weight(3);
  const auto sum_at = [&](int x) {
    auto sum = static_cast<std::uint16_t>(a[x] * e);
    if (kRows > 1) sum = static_cast<std::uint16_t>(sum + b[x] * f);
    if (kRows > 2) sum = static_cast<std::uint16_t>(sum + c[x] * g);
    if (kRows > 3) sum = static_cast<std::uint16_t>(sum + d[x] * h);
    return static_cast<float>(sum);
  };
  if (onto)
    for (int x = 0; x < width; ++x) out[x] += sum_at(x);
  else
    for (int x = 0; x < width; ++x) out[x] = sum_at(x);
}

SCRIM_CLONES
void blend_rows(const Rows& rows, bool onto, int width, float* out) {
  if (rows.count == 1) return blend<1>(rows, onto, width, out);
  if (rows.count == 2) return blend<2>(rows, onto, width, out);
  if (rows.count == 3) return blend<3>(rows, onto, width, out);
  blend<4>(rows, onto, width, out);
}

// GCC needs to be told, or the sums below live in memory.
#if defined(__clang__)
#define SCRIM_UNROLL
#else
#define SCRIM_UNROLL _Pragma("GCC unroll 4")
#endif

// Two groups of four side by side: one register with AVX, two without.
typedef float Four __attribute__((vector_size(16), aligned(4), may_alias));
typedef float Eight __attribute__((vector_size(32), aligned(4), may_alias));

/// Element i of either half: the sum over that half of v[i].
inline __attribute__((always_inline)) void store_sums(const Eight (&v)[4], float* out) {
  const Eight low = __builtin_shufflevector(v[0], v[1], 0, 8, 1, 9, 4, 12, 5, 13) +
                    __builtin_shufflevector(v[0], v[1], 2, 10, 3, 11, 6, 14, 7, 15);
  const Eight high = __builtin_shufflevector(v[2], v[3], 0, 8, 1, 9, 4, 12, 5, 13) +
                     __builtin_shufflevector(v[2], v[3], 2, 10, 3, 11, 6, 14, 7, 15);
  *reinterpret_cast<Eight*>(out) = __builtin_shufflevector(low, high, 0, 1, 8, 9, 4, 5, 12, 13) +
                                   __builtin_shufflevector(low, high, 2, 3, 10, 11, 6, 7, 14, 15);
}

/// Eight outputs at a time, four taps at a time; weights as pair_weights() orders them. kTaps: a
/// number known beforehand, or 0.
template <int kTaps>
inline __attribute__((always_inline)) void weigh(const float* columns, const Taps& taps,
                                                 const float* weights, float* out) {
  const int count = kTaps ? kTaps : taps.taps;
  const int* firsts = taps.firsts.data();
  const int* const end = firsts + taps.firsts.size();
  for (; firsts != end; firsts += kPlacesAtOnce, out += kPlacesAtOnce) {
    Eight sums[kTapsAtOnce] = {};
    SCRIM_UNROLL for (int j = 0; j < kTapsAtOnce;
                      ++j) for (int k = 0; k < count; k += kTapsAtOnce, weights += kPlacesAtOnce) {
      const Four left = *reinterpret_cast<const Four*>(columns + firsts[j] + k);
      const Four right = *reinterpret_cast<const Four*>(columns + firsts[j + kTapsAtOnce] + k);
      sums[j] += __builtin_shufflevector(left, right, 0, 1, 2, 3, 4, 5, 6, 7) *
                 *reinterpret_cast<const Eight*>(weights);
    }
    store_sums(sums, out);
  }
}

/// The weights of places j and j + 4 of each eight side by side, four taps at a time; such that
/// they undo the scale of the rows' sums and their own.
void pair_weights(const Taps& taps, std::vector<float>& out) {
  out.resize(taps.weights.size());
  const int places = static_cast<int>(taps.firsts.size());
  float* next = out.data();
  for (int i = 0; i < places; i += kPlacesAtOnce)
    for (int j = i; j < i + kTapsAtOnce; ++j)
      for (int k = 0; k < taps.taps; k += kTapsAtOnce)
        for (int place : {j, j + kTapsAtOnce})
          for (int tap = k; tap < k + kTapsAtOnce; ++tap)
            *next++ = taps.weights[static_cast<std::size_t>(place * taps.taps + tap)] *
                      (1.0f / (kWhole * kWhole));
}

SCRIM_CLONES
void weigh_along(const float* columns, const Taps& taps, const float* weights, float* out) {
  if (taps.taps == 4) return weigh<4>(columns, taps, weights, out);
  if (taps.taps == 8) return weigh<8>(columns, taps, weights, out);
  weigh<0>(columns, taps, weights, out);
}

/// The values that black and white become.
struct Levels {
  float low, high;
};

SCRIM_CLONES
void to_rgb(const float* y, const float* u, const float* v, int count, Levels levels, float* out) {
  const float scale = (levels.high - levels.low) / 219.0f;
  for (int x = 0; x < count; ++x) {
    const float luma = (y[x] - 16.0f) * scale + levels.low;
    const float blue = (u[x] - 128.0f) * scale;
    const float red = (v[x] - 128.0f) * scale;
    const float r = luma + red * 1.370720f;
    const float g = luma - red * 0.698195f - blue * 0.336454f;
    const float b = luma + blue * 1.732446f;
    out[3 * x] = std::min(std::max(r, levels.low), levels.high);
    out[3 * x + 1] = std::min(std::max(g, levels.low), levels.high);
    out[3 * x + 2] = std::min(std::max(b, levels.low), levels.high);
  }
}

}  // namespace

void make_taps(double start, double length, int size, int count, Taps& out) {
  const double step = length / count;
  // A stretch of `step` inputs touches at most one more than that, rounded up.
  const int needed = step <= 1 ? 2 : static_cast<int>(std::ceil(step)) + 1;
  out.taps = round_up(needed, kTapsAtOnce);
  const auto places = static_cast<std::size_t>(round_up(count, kPlacesAtOnce));
  out.firsts.assign(places, 0);
  out.weights.assign(places * static_cast<std::size_t>(out.taps), 0);
  out.last = std::min(static_cast<int>(std::ceil(start + length)) + 1, size);
  for (int i = 0; i < count; ++i) {
    if (step <= 1) {
      add_nearest(start + (i + 0.5) * step, size, i, out);
    } else {
      add_area(start + i * step, start + (i + 1) * step, size, i, out);
    }
  }
}

Sampler::Sampler(Size size, float low, float high) : size_(size), low_(low), high_(high) {
  for (Channel* channel : {&y_, &u_, &v_})
    channel->row.resize(static_cast<std::size_t>(round_up(size.width, kPlacesAtOnce)));
}

/// `part`: of the picture's resolution that the plane has.
void Sampler::prepare(ConstPlane plane, Rect region, double part, Channel& channel) const {
  Taps& right = channel.right;
  make_taps(region.x * part, region.width * part, plane.width, size_.width, right);
  make_taps(region.y * part, region.height * part, plane.height, size_.height, channel.down);
  pair_weights(right, channel.right_weights);
  // Taps of weight zero may lie beyond the last column, where values are stale, but finite.
  const auto needed = static_cast<std::size_t>(plane.width + right.taps);
  channel.columns.resize(std::max(channel.columns.size(), needed));
}

void Sampler::sample_row(ConstPlane plane, int y, Channel& channel) {
  const Taps& down = channel.down;
  const Taps& right = channel.right;
  const int first = down.firsts[static_cast<std::size_t>(y)];
  const std::uint16_t* weights = down.weights.data() + y * down.taps;
  // Only the columns that some output uses.
  const int left = right.firsts.front();
  const int count = right.last - left;
  float* columns = channel.columns.data() + left;
  Rows rows;
  bool onto = false;
  for (int k = 0; k < down.taps; ++k) {
    if (weights[k]) {
      rows.data[rows.count] = plane.row(first + k) + left;
      rows.weights[rows.count++] = weights[k];
    }
    const bool full = rows.count == kTapsAtOnce, ends = k + 1 == down.taps && rows.count > 0;
    if (!full && !ends) continue;
    blend_rows(rows, onto, count, columns);
    rows.count = 0;
    onto = true;
  }
  weigh_along(channel.columns.data(), right, channel.right_weights.data(), channel.row.data());
}

void Sampler::sample(ConstImageView picture, Rect region, std::span<float> out) {
  prepare(picture.y, region, 1.0, y_);
  prepare(picture.u, region, 0.5, u_);
  prepare(picture.v, region, 0.5, v_);
  for (int y = 0; y < size_.height; ++y) {
    sample_row(picture.y, y, y_);
    sample_row(picture.u, y, u_);
    sample_row(picture.v, y, v_);
    to_rgb(y_.row.data(), u_.row.data(), v_.row.data(), size_.width, {low_, high_},
           out.data() + static_cast<std::ptrdiff_t>(y) * size_.width * 3);
  }
}

}  // namespace scrim
