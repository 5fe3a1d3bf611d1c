// Tested by tests/matte/smoothing_test.cpp.
#include "matte/smoothing.h"

#include <algorithm>
#include <cmath>

namespace scrim {
namespace {

constexpr float kSureGain = 0.6f;  // for samples that are 0 or 255

/// From `last` towards `now`, by at least one level, so that the matte always arrives.
std::uint8_t step(float last, float now, float gain) {
  const float way = now - last;
  const float length = std::min(std::max(gain * std::abs(way), 1.0f), std::abs(way));
  return static_cast<std::uint8_t>(last + std::copysign(length, way) + 0.5f);
}

}  // namespace

Smoothing::Smoothing(double strength) : least_gain_(static_cast<float>(1 - strength)) {}

void Smoothing::apply(const Motion& motion, Plane matte) {
  if (least_gain_ >= 1) return;
  if (last_.size() != matte.size()) {
    last_ = PlaneBuffer(matte.size());
    reset();
  }
  for (int y = 0; y < matte.height && follows_; ++y) {
    const float* moves = motion.row(y);
    const std::uint8_t* last = last_.view().row(y);
    std::uint8_t* now = matte.row(y);
    for (int x = 0; x < matte.width; ++x) {
      const float sure = now[x] / 127.5f - 1;  // -1 and 1 are
      const float moving = least_gain_ + (1 - least_gain_) * moves[x];
      now[x] = step(last[x], now[x], std::max(moving, kSureGain * sure * sure));
    }
  }
  copy(matte, last_.view());
  follows_ = true;
}

}  // namespace scrim
