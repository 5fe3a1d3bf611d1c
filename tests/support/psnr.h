// How much two planes differ: peak signal to noise ratio in decibels.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "image/image.h"

namespace scrim {

/// Infinite for equal planes. Same sizes.
inline double psnr(ConstPlane a, ConstPlane b) {
  double squares = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) {
      const double difference = a.row(y)[x] - b.row(y)[x];
      squares += difference * difference;
    }
  if (squares == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(255.0 * 255.0 * a.width * a.height / squares);
}

/// That of the worst plane.
inline double psnr(ConstImageView a, ConstImageView b) {
  return std::min({psnr(a.y, b.y), psnr(a.u, b.u), psnr(a.v, b.v)});
}

}  // namespace scrim
