// What stands behind the person: a Background and the effects on it. Works only on what changed: a
// background that stands still is treated once, if its effects look at nothing else.
//
// Owns its stages and their buffers; after the first draw() it allocates nothing. Reentrant.
#pragma once

#include <memory>

#include "backgrounds/background.h"
#include "effects/effect.h"

namespace scrim {

class Backdrop {
 public:
  Backdrop() = default;
  Backdrop(std::unique_ptr<Background> background, EffectChain effects, Size size);

  /// Takes over the other's Background with what it drew, made of the same Spec for the same size;
  /// the other gets this one's. Allocates nothing.
  void adopt_background(Backdrop& old);
  EffectChain& effects() { return effects_; }

  /// Draws it for `camera`, whose matte is `matte`; the view holds until the next call.
  ConstImageView draw(ConstImageView camera, ConstPlane matte, Clock::time_point now);

 private:
  std::unique_ptr<Background> background_;
  EffectChain effects_;
  bool steady_ = false;  // all effects are
  bool stale_ = true;    // treated_ is not of what was drawn last
  Image drawn_;          // what the Background drew last
  Image treated_;        // the same after its effects, if there are any
  Matte matte_;          // a copy that effects may write to
};

}  // namespace scrim
