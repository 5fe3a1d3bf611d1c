// Changes a picture in place. Kinds stand in the table in effects.cpp.
//
// Reentrant; keeps no view after a call. All that can fail, failed when it was made; scratch memory
// is taken there too.
#pragma once

#include <memory>
#include <span>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"

namespace scrim {

/// What an effect works on: a picture and its matte. Geometry carries the matte along: in the
/// person chain it says what stands before the background, in the picture chain it is what sinks
/// get beside the picture. In the background chain changes to it are dropped.
struct Layer {
  ImageView picture;
  Plane matte;
};

/// What an effect may look at. All of one size.
struct Scene {
  ConstImageView camera, background;
  ConstPlane matte;
  Clock::time_point now;
};

class Effect {
 public:
  virtual ~Effect() = default;
  virtual void apply(Layer, const Scene&) = 0;
};

/// The chains of a Look that an effect makes sense in.
struct Chains {
  bool background = true;
  bool person = true;
  bool picture = true;
};

struct EffectKind : Kind {
  Chains chains;
  Expected<std::unique_ptr<Effect>> (*make)(const Spec&, Size);
};

std::span<const EffectKind> effect_kinds();
Expected<std::unique_ptr<Effect>> make_effect(const Spec&, Size);

}  // namespace scrim
