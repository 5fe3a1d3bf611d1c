// Where something smaller lies in a picture: one of nine places. Reentrant.
#pragma once

#include <algorithm>
#include <string_view>

#include "image/image.h"

namespace scrim {

/// The corner of `inner` at `place` (of kPlaces, "bottom-left"), `margin` pixels from the borders;
/// x and y are even, so that chroma stays aligned.
inline Rect placed(Size inner, Size outer, std::string_view place, int margin) {
  const auto along = [margin](int small, int large, bool low, bool high) {
    const int at = low ? margin : high ? large - small - margin : (large - small) / 2;
    return (at < 0 && !high ? 0 : at) & ~1;
  };
  return {along(inner.width, outer.width, place.contains("left"), place.contains("right")),
          along(inner.height, outer.height, place.contains("top"), place.contains("bottom")),
          inner.width, inner.height};
}

/// Its part within a picture of this size; even if there is none, a proper view of nothing.
inline Rect common(Rect r, Size size) {
  const int left = std::clamp(r.x, 0, size.width), top = std::clamp(r.y, 0, size.height);
  const int right = std::clamp(r.x + r.width, left, size.width);
  const int bottom = std::clamp(r.y + r.height, top, size.height);
  return {left, top, right - left, bottom - top};
}

}  // namespace scrim
