// Sums of the window's columns slide down the planes, all columns at once; then along each row the
// neighbours are added as pairs and fours. The 3x3 systems are solved by their adjugate.
// Tested by tests/matte/guided_fit_test.cpp.
#include "matte/guided_fit.h"

#include <algorithm>
#include <cassert>

#include "base/dispatch.h"

namespace scrim {
namespace {

// Variances below this are noise, not edges: 3e-4 of RGB's squared range, seen from Y, U and V.
constexpr float kNoise = 5.5f;

/// What is summed over windows. Products come after what they are products of.
enum Channel { kY, kU, kV, kA, kYY, kYU, kYV, kUU, kUV, kVV, kYA, kUA, kVA, kChannels };

struct Samples {
  const std::uint8_t *y, *u, *v, *alpha;
};

SCRIM_CLONES void add_row(const Samples& in, int n, int sign, std::int32_t* sums) {
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) {
    const int y = in.y[x], u = in.u[x], v = in.v[x], a = in.alpha[x];
    sums[kY * n + x] += sign * y;
    sums[kU * n + x] += sign * u;
    sums[kV * n + x] += sign * v;
    sums[kA * n + x] += sign * a;
    sums[kYY * n + x] += sign * y * y;
    sums[kYU * n + x] += sign * y * u;
    sums[kYV * n + x] += sign * y * v;
    sums[kUU * n + x] += sign * u * u;
    sums[kUV * n + x] += sign * u * v;
    sums[kVV * n + x] += sign * v * v;
    sums[kYA * n + x] += sign * y * a;
    sums[kUA * n + x] += sign * u * a;
    sums[kVA * n + x] += sign * v * a;
  }
}

constexpr int kMargin = 8;  // of scratch rows, all windows' ends

/// out[x]: the sum of in[x - kRadius] to in[x + kRadius], ends repeated. `scratch`: 3 * (n + 8).
template <int kRadius, class T>
inline __attribute__((always_inline)) void sum_windows(const T* in, int n, T* scratch, T* out) {
  T *padded = scratch, *pairs = padded + n + kMargin, *fours = pairs + n + kMargin;
  for (int i = 0; i < kRadius; ++i) {
    padded[i] = in[0];
    padded[kRadius + n + i] = in[n - 1];
  }
  constexpr int kFours = 2 * kRadius - 4;  // the last four's place
  static_assert(kRadius == 2 || kRadius == 4);
  for (int x = 0; x < n; ++x) padded[kRadius + x] = in[x];
  for (int x = 0; x < n + kFours + 2; ++x) pairs[x] = padded[x] + padded[x + 1];
  for (int x = 0; x < n + kFours; ++x) fours[x] = pairs[x] + pairs[x + 2];
  for (int x = 0; x < n; ++x)
    out[x] = fours[x] + (kFours > 0 ? fours[x + kFours] : 0) + padded[x + 2 * kRadius];
}

template <int kRadius>
inline __attribute__((always_inline)) void sum_channels(const std::int32_t* columns, int n,
                                                        std::int32_t* scratch,
                                                        std::int32_t* windows) {
  for (int channel = 0; channel < kChannels; ++channel)
    sum_windows<kRadius>(columns + channel * n, n, scratch, windows + channel * n);
}

SCRIM_CLONES void sum_all(int radius, const std::int32_t* columns, int n, std::int32_t* scratch,
                          std::int32_t* windows) {
  radius == 2 ? sum_channels<2>(columns, n, scratch, windows)
              : sum_channels<4>(columns, n, scratch, windows);
}

/// One row of (covariance + noise) a = covariance with alpha; b from the means.
SCRIM_CLONES void solve_row(const std::int32_t* sums, float share, int n, float* ay, float* au,
                            float* av, float* b) {
  const auto mean = [=](int channel, int x) {
    return static_cast<float>(sums[channel * n + x]) * share;
  };
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) {
    const float y = mean(kY, x), u = mean(kU, x), v = mean(kV, x), a = mean(kA, x);
    const float yy = mean(kYY, x) - y * y + kNoise, yu = mean(kYU, x) - y * u;
    const float yv = mean(kYV, x) - y * v, uu = mean(kUU, x) - u * u + kNoise;
    const float uv = mean(kUV, x) - u * v, vv = mean(kVV, x) - v * v + kNoise;
    const float ya = mean(kYA, x) - y * a, ua = mean(kUA, x) - u * a, va = mean(kVA, x) - v * a;
    const float c00 = uu * vv - uv * uv, c01 = yv * uv - yu * vv, c02 = yu * uv - yv * uu;
    const float c11 = yy * vv - yv * yv, c12 = yv * yu - yy * uv, c22 = yy * uu - yu * yu;
    const float scale = 1 / (yy * c00 + yu * c01 + yv * c02);
    ay[x] = (c00 * ya + c01 * ua + c02 * va) * scale;
    au[x] = (c01 * ya + c11 * ua + c12 * va) * scale;
    av[x] = (c02 * ya + c12 * ua + c22 * va) * scale;
    b[x] = a - ay[x] * y - au[x] * u - av[x] * v;
  }
}

SCRIM_CLONES void add_floats(const float* in, int n, float* sums) {
  for (int x = 0; x < n; ++x) sums[x] += in[x];
}

SCRIM_CLONES void mean_windows(int radius, const float* columns, int n, float* scratch,
                               float* out) {
  radius == 2 ? sum_windows<2>(columns, n, scratch, out) : sum_windows<4>(columns, n, scratch, out);
  const float share = 1.0f / static_cast<float>((2 * radius + 1) * (2 * radius + 1));
  for (int x = 0; x < n; ++x) out[x] *= share;
}

}  // namespace

void GuidedFit::fit(ConstPlane y, ConstPlane u, ConstPlane v, ConstPlane alpha, Radius radius) {
  assert(y.size() == alpha.size() && u.size() == alpha.size() && v.size() == alpha.size());
  radius_ = static_cast<int>(radius);
  width_ = alpha.width;
  height_ = alpha.height;
  const auto columns = static_cast<std::size_t>(width_);
  const std::size_t samples = columns * static_cast<std::size_t>(height_) * kCoefficients;
  for (auto* sums : {&columns_, &windows_}) sums->resize(kChannels * columns);
  scratch_.resize(3 * (columns + kMargin));
  float_scratch_.resize(3 * (columns + kMargin));
  float_columns_.resize(columns);
  for (auto* planes : {&fitted_, &averaged_}) planes->resize(samples);
  solve({y, u, v, alpha});
  average();
}

/// Adds a row to the sums of columns, or takes it away.
void GuidedFit::slide(const Guide& guide, int y, int sign) {
  const int row = std::clamp(y, 0, height_ - 1);
  add_row({guide.y.row(row), guide.u.row(row), guide.v.row(row), guide.alpha.row(row)}, width_,
          sign, columns_.data());
}

void GuidedFit::solve(const Guide& guide) {
  const float share = 1.0f / static_cast<float>((2 * radius_ + 1) * (2 * radius_ + 1));
  std::ranges::fill(columns_, 0);
  for (int dy = -radius_; dy <= radius_; ++dy) slide(guide, dy, 1);
  for (int y = 0; y < height_; ++y) {
    sum_all(radius_, columns_.data(), width_, scratch_.data(), windows_.data());
    solve_row(windows_.data(), share, width_, at(fitted_, 0, y), at(fitted_, 1, y),
              at(fitted_, 2, y), at(fitted_, 3, y));
    slide(guide, y + radius_ + 1, 1);
    slide(guide, y - radius_, -1);
  }
}

void GuidedFit::average() {
  for (std::size_t c = 0; c < kCoefficients; ++c)
    for (int y = 0; y < height_; ++y) {
      std::ranges::fill(float_columns_, 0.0f);
      for (int dy = -radius_; dy <= radius_; ++dy)
        add_floats(at(fitted_, c, std::clamp(y + dy, 0, height_ - 1)), width_,
                   float_columns_.data());
      mean_windows(radius_, float_columns_.data(), width_, float_scratch_.data(),
                   at(averaged_, c, y));
    }
}

}  // namespace scrim
