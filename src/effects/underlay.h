// One colour beneath the person: what outline, glow and shadow are. Reentrant.
#pragma once

#include "base/error.h"
#include "effects/effect.h"
#include "image/convert.h"

namespace scrim {

/// The layer, with `colour` below it as far as `alpha` says: pictures and matte of both together.
/// `alpha` is of the layer's size.
void lay_beneath(Layer layer, Yuv colour, ConstPlane alpha);

/// `colour` over the picture, as far as `alpha`, of its size, says.
void lay_over(ImageView picture, Yuv colour, ConstPlane alpha);

/// The colour of an option: "NAME?KEY=VALUE: expected ..." if it is none.
Expected<Yuv> colour(const Spec& spec, const Option& option);

}  // namespace scrim
