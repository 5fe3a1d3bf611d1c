// Tested by tests/matte/motion_test.cpp.
#include "matte/motion.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace scrim {
namespace {

constexpr float kFullMotion = 7.65f;  // levels of luma above the noise
constexpr float kNoise = 1.5f;        // medians
constexpr float kCut = 30.6f;         // levels of luma, on average

std::size_t count_of(Size size) {
  return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

/// Means over 2 * radius + 1 neighbours in a row; edges repeat.
void box_row(const float* in, int width, int radius, float* out) {
  const auto at = [=](int x) { return in[std::clamp(x, 0, width - 1)]; };
  float sum = 0;
  for (int x = -radius; x <= radius; ++x) sum += at(x);
  for (int x = 0; x < width; ++x) {
    out[x] = sum;
    sum += at(x + radius + 1) - at(x - radius);
  }
}

/// Means over (2 * radius + 1)^2 neighbours.
void box(std::vector<float>& values, Size size, int radius, std::vector<float>& rows) {
  const int width = size.width;
  const auto row = [&](std::vector<float>& v, int y) {
    return v.data() + static_cast<std::ptrdiff_t>(std::clamp(y, 0, size.height - 1)) * width;
  };
  for (int y = 0; y < size.height; ++y) box_row(row(values, y), width, radius, row(rows, y));
  const float scale = 1.0f / static_cast<float>((2 * radius + 1) * (2 * radius + 1));
  for (int y = 0; y < size.height; ++y) {
    float* out = row(values, y);
    std::fill_n(out, width, 0.0f);
    for (int dy = -radius; dy <= radius; ++dy) {
      const float* in = row(rows, y + dy);
      for (int x = 0; x < width; ++x) out[x] += in[x];
    }
    for (int x = 0; x < width; ++x) out[x] *= scale;
  }
}

/// To a sixteenth of a level, fine enough for a threshold.
float median(const std::vector<float>& values) {
  std::array<std::size_t, 4096> histogram{};
  for (float v : values) ++histogram[static_cast<std::size_t>(std::min(v * 16, 4095.0f))];
  std::size_t seen = 0, level = 0;
  while (seen + histogram[level] <= values.size() / 2) seen += histogram[level++];
  return static_cast<float>(level) / 16;
}

}  // namespace

/// Into weights_; gives the mean magnitude.
float Motion::take_differences(ConstPlane luma) {
  float sum = 0;
  std::size_t i = 0;
  for (int y = 0; y < luma.height; ++y)
    for (int x = 0; x < luma.width; ++x, ++i) {
      const float value = luma.row(y)[x];
      weights_[i] = seen_ ? value - last_[i] : 0;
      sum += std::abs(weights_[i]);
      last_[i] = value;
    }
  return sum / static_cast<float>(i);
}

void Motion::see(ConstPlane luma) {
  const std::size_t count = count_of(luma.size());
  seen_ = seen_ && last_.size() == count;
  width_ = luma.width;
  for (auto* values : {&last_, &weights_, &scratch_}) values->resize(count);
  cut_ = take_differences(luma) > kCut;
  seen_ = true;
  box(weights_, luma.size(), 1, scratch_);
  for (float& w : weights_) w = std::abs(w);
  box(weights_, luma.size(), 3, scratch_);
  const float noise = kNoise * median(weights_);
  for (float& w : weights_) w = std::clamp((w - noise) / kFullMotion, 0.0f, 1.0f);
}

}  // namespace scrim
