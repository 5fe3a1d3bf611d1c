// The Gaussian (sigma 1, five taps) goes along each row as it comes into reach, and down five such
// rows; the picture's own row is overwritten when no later row needs it any more. Tested by
// photometry_test.
#include "segmenters/photometry.h"

#include <algorithm>
#include <cmath>

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr int kRadius = 2;
constexpr float kTaps[kRadius + 1] = {0.40262f, 0.24420f, 0.05449f};  // sum to one, both sides
constexpr float kAmount = 1.2f;
constexpr float kLeastGamma = 0.4f;
constexpr int kCurvePoints = 1024;
constexpr int kRowsBetweenLooks = 4;  // the mean luma needs not every row

SCRIM_CLONES void weigh_neighbours(const float* in, int n, float* out) {
  for (int i = 0; i < n; ++i)
    out[i] =
        kTaps[0] * in[i + 6] + kTaps[1] * (in[i + 3] + in[i + 9]) + kTaps[2] * (in[i] + in[i + 12]);
}

struct Levels {
  float low, high;
};

SCRIM_CLONES void sharpen_row(const float* const (&rows)[5], int n, Levels levels, float* out) {
  const float *a = rows[0], *b = rows[1], *c = rows[2], *d = rows[3], *e = rows[4];
  for (int i = 0; i < n; ++i) {
    const float soft = kTaps[0] * c[i] + kTaps[1] * (b[i] + d[i]) + kTaps[2] * (a[i] + e[i]);
    const float crisp = out[i] + kAmount * (out[i] - soft);
    out[i] = std::min(std::max(crisp, levels.low), levels.high);
  }
}

}  // namespace

Photometry::Photometry(Size size, float low, float high)
    : size_(size), low_(low), high_(high), curve_(kCurvePoints) {
  const auto row = static_cast<std::size_t>(3 * size.width);
  padded_.resize(row + 6 * kRadius);
  for (auto& blurred : blurred_) blurred.resize(row);
}

void Photometry::apply(std::span<float> rgb) {
  const float mean = light(rgb);
  if (mean < kEnoughLight) brighten(rgb, mean);
  sharpen(rgb);
}

/// The mean luma, 0..1.
float Photometry::light(std::span<const float> rgb) const {
  float sum = 0;
  int count = 0;
  for (int y = 0; y < size_.height; y += kRowsBetweenLooks, count += size_.width) {
    const float* row = rgb.data() + static_cast<std::ptrdiff_t>(y) * 3 * size_.width;
    for (int x = 0; x < size_.width; ++x)
      sum += 0.299f * row[3 * x] + 0.587f * row[3 * x + 1] + 0.114f * row[3 * x + 2];
  }
  return (sum / static_cast<float>(count) - low_) / (high_ - low_);
}

void Photometry::brighten(std::span<float> rgb, float mean) {
  const float gamma =
      std::clamp(std::log(kEnoughLight) / std::log(std::max(mean, 1e-6f)), kLeastGamma, 1.0f);
  for (int i = 0; i < kCurvePoints; ++i) {
    const float level = static_cast<float>(i) / (kCurvePoints - 1);
    curve_[static_cast<std::size_t>(i)] = low_ + (high_ - low_) * std::pow(level, gamma);
  }
  const float scale = (kCurvePoints - 1) / (high_ - low_);
  for (float& value : rgb) value = curve_[static_cast<std::size_t>((value - low_) * scale + 0.5f)];
}

void Photometry::blur_row(const float* row, std::vector<float>& out) {
  const int n = 3 * size_.width;
  float* padded = padded_.data();
  std::copy_n(row, n, padded + 3 * kRadius);
  for (int i = 0; i < kRadius; ++i) {
    std::copy_n(row, 3, padded + 3 * i);
    std::copy_n(row + n - 3, 3, padded + 3 * kRadius + n + 3 * i);
  }
  weigh_neighbours(padded, n, out.data());
}

void Photometry::sharpen(std::span<float> rgb) {
  const int n = 3 * size_.width, last = size_.height - 1;
  const auto row = [&](int y) { return rgb.data() + static_cast<std::ptrdiff_t>(y) * n; };
  const auto ring = [&](int y) -> std::vector<float>& {
    return blurred_[static_cast<std::size_t>(std::clamp(y, 0, last)) % blurred_.size()];
  };
  for (int y = 0; y < std::min(kRadius, size_.height); ++y) blur_row(row(y), ring(y));
  for (int y = 0; y <= last; ++y) {
    if (y + kRadius <= last) blur_row(row(y + kRadius), ring(y + kRadius));
    sharpen_row({ring(y - 2).data(), ring(y - 1).data(), ring(y).data(), ring(y + 1).data(),
                 ring(y + 2).data()},
                n, {low_, high_}, row(y));
  }
}

}  // namespace scrim
