// Lengths that look the same at every size. Reentrant.
#pragma once

#include <algorithm>
#include <cmath>

#include "image/image.h"

namespace scrim {

/// `length`, in pixels of a picture of 720 lines, in those of a picture of this size.
inline double at_720_lines(double length, Size size) {
  return length * std::min(size.width, size.height) / 720;
}

/// The same in whole pixels; what is asked for is never lost, however small the picture.
inline int whole_at_720_lines(double length, Size size) {
  const int rounded = static_cast<int>(std::lround(at_720_lines(length, size)));
  return length > 0 ? std::max(rounded, 1) : 0;
}

}  // namespace scrim
