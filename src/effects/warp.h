// Turns, zooms and moves a layer, matte and all, to fractions of a pixel; what comes from outside
// the picture is black and nobody. Bilinear. Reentrant; allocates nothing after it was made.
#pragma once

#include <cstdint>
#include <vector>

#include "effects/effect.h"
#include "image/image.h"
#include "image/path.h"

namespace scrim {

class Warp {
 public:
  explicit Warp(Size size);
  /// `to_source`: where a place of the result comes from, both in pixels (0 is the picture's edge,
  /// 0.5 the middle of the first pixel).
  void apply(const Transform& to_source, Layer layer);

 private:
  std::vector<std::uint32_t> quads_;
};

/// `zoom` times as large, so that the place (x, y), in parts of the picture, comes as near to the
/// middle as the picture's borders allow.
Transform zoomed(Size size, double zoom, double x, double y);

}  // namespace scrim
