// In 256ths. Tested by tests/matte/smoothing_test.cpp.
#include "matte/smoothing.h"

#include <algorithm>
#include <cmath>

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr int kSureGain = 155;  // of 256, for samples that are 0 or 255

/// From `last` towards `now` by a gain of `least` or more, and by at least one level, so that the
/// matte always arrives. Leaves the same in both.
SCRIM_CLONES void step_row(const std::uint8_t* moves, std::uint8_t* last, std::uint8_t* now,
                           std::uint16_t least, int n) {
  const auto rest = static_cast<std::uint16_t>(256 - least);
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) {
    using Short = std::uint16_t;  // all that follows fits, which is twice as many at once
    const Short to = now[x], from = last[x], moving = moves[x];
    const auto way = static_cast<Short>(to > from ? to - from : from - to);
    const auto sure = static_cast<Short>(to > 127 ? 2 * to - 255 : 255 - 2 * to);
    const auto certain = static_cast<Short>(static_cast<Short>(sure * sure) >> 8);
    const auto by_sureness = static_cast<Short>(static_cast<Short>(certain * kSureGain) >> 8);
    const auto most = static_cast<Short>(static_cast<Short>(moving * rest + 128) >> 8);
    const auto by_motion = static_cast<Short>(most + least);
    const Short held = by_motion > by_sureness ? by_motion : by_sureness;
    const Short gain = moving == 255 ? Short{256} : held;
    const auto scaled = static_cast<Short>(static_cast<Short>(way * gain + 128) >> 8);
    const Short longer = scaled > 1 ? scaled : Short{1};
    const Short length = longer < way ? longer : way;
    const auto value = static_cast<std::uint8_t>(to > from ? from + length : from - length);
    now[x] = value;
    last[x] = value;
  }
}

}  // namespace

Smoothing::Smoothing(double strength)
    : least_gain_(static_cast<int>(std::lround(256 * (1 - strength)))) {}

void Smoothing::apply(const Motion& motion, Plane matte) {
  if (least_gain_ >= 256) return;
  if (last_.size() != matte.size()) {
    last_ = PlaneBuffer(matte.size());
    reset();
  }
  if (!follows_) copy(matte, last_.view());
  follows_ = true;
  for (int y = 0; y < matte.height; ++y)
    step_row(motion.row(y), last_.view().row(y), matte.row(y),
             static_cast<std::uint16_t>(least_gain_), matte.width);
}

}  // namespace scrim
