// Tested by tests/matte/smoothing_test.cpp.
#include "matte/smoothing.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>

namespace scrim {

Smoothing::Smoothing(double strength) {
  for (int difference = -255; difference <= 255; ++difference) {
    const double motion = std::min(1.0, std::abs(difference) / double{kMotion});
    const double gain = (1 - strength) + strength * motion;
    // At least one level, so that the matte always arrives.
    const int size = std::max(difference != 0 ? 1 : 0,
                              static_cast<int>(std::lround(std::abs(difference) * gain)));
    step_[static_cast<std::size_t>(difference + 255)] =
        static_cast<std::int16_t>(difference < 0 ? -size : size);
  }
}

void Smoothing::apply(ConstPlane last, Plane current) const {
  assert(last.size() == current.size());
  for (int y = 0; y < current.height; ++y) {
    const std::uint8_t* before = last.row(y);
    std::uint8_t* now = current.row(y);
    for (int x = 0; x < current.width; ++x) {
      const auto index = static_cast<std::size_t>(now[x] - before[x] + 255);
      now[x] = static_cast<std::uint8_t>(before[x] + step_[index]);
    }
  }
}

}  // namespace scrim
