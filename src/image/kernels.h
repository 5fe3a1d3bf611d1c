// Blending of 8-bit planes, all in integers: the same input gives the same bytes on every machine.
//
// Reentrant. Nothing here allocates or can fail.
#pragma once

#include <cstdint>

#include "image/image.h"

namespace scrim {

/// out = (f * a + b * (255 - a)) / 255, exactly rounded; same sizes; `out` may be `foreground` or
/// `background`.
void blend(ConstPlane foreground, ConstPlane background, ConstPlane alpha, Plane out);
/// Chroma is blended by the rounded mean of alpha over its pixels.
void blend(ConstImageView foreground, ConstImageView background, ConstPlane alpha, ImageView out);

/// both = ((256 - share) * first + share * both) / 256, rounded; 0 <= share <= 256; same sizes.
void mix(ConstPlane first, Plane both, int share);

/// 255 where the plane is at least `level`, else 0.
void threshold(Plane plane, std::uint8_t level);

}  // namespace scrim
