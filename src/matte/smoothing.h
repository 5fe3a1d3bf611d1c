// Steadies a matte in time without making it lag: a pixel whose probability moved a little
// flickers, one that moved a lot is motion. The step towards the new value grows with the
// difference, from 1 - strength for a small one to all of it from kMotion on. Reentrant.
#pragma once

#include <array>
#include <cstdint>

#include "image/image.h"

namespace scrim {

class Smoothing {
 public:
  /// 0: no smoothing .. 1: steadiest.
  explicit Smoothing(double strength);
  /// Moves `current` towards `last` where they differ little; same sizes.
  void apply(ConstPlane last, Plane current) const;

 private:
  static constexpr int kMotion = 96;      // levels of 255
  std::array<std::int16_t, 511> step_{};  // by difference + 255
};

}  // namespace scrim
