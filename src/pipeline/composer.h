// A Look made real: draws the background, runs the chains, blends the person over it.
//
// Owns its stages and their buffers; after the first frame compose() allocates nothing. Reentrant.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "effects/effect.h"
#include "image/image.h"
#include "matte/edge_colour.h"
#include "pipeline/backdrop.h"
#include "pipeline/stats.h"

namespace scrim {

/// How the picture shall look: three chains. `background` begins with a Background; one that begins
/// with an effect means the room itself with that effect ("blur" is "room,blur").
struct Look {
  Chain background, person, picture;
  bool operator==(const Look&) const = default;
};

/// The chains of a Look, for all that treats them alike. Settings and commands have the same names.
struct LookChain {
  Role role;
  Chain Look::*chain;
  std::string_view name() const { return name_of(role); }
};
inline constexpr LookChain kLookChains[] = {{Role::kBackground, &Look::background},
                                            {Role::kPerson, &Look::person},
                                            {Role::kPicture, &Look::picture}};
constexpr LookChain look_chain(Role role) {
  return *std::ranges::find(kLookChains, role, &LookChain::role);
}

/// Whether every kind and option in the Look is known and sound; opens nothing. kRequest.
Expected<void> check(const Look& look);

/// Where compose() writes. `person` is for cut-outs: in their own colours, before no background;
/// around them is the room. Left empty, it costs nothing.
struct Composed {
  ImageView picture;
  ImageView person = {};
};

class Composer {
 public:
  /// kRequest for what is wrong in the Look (as check() says; a picture that can't be read).
  static Expected<Composer> make(const Look& look, Size size, const Playback& playback = {});

  /// Takes over the stages of `old`, which has the same size, whose Spec this one has as well, with
  /// all they remember; `old` gets the new ones. Except those of that argument, whose picture has
  /// changed. Allocates nothing.
  void adopt(Composer& old, std::string_view except = {});

  /// Composes `camera` with its own `matte` into `out`; all of the size it was made for. Gives the
  /// matte of `out`: it went with the person through all effects. It may be `matte` itself, or lie
  /// in here until the next call.
  ConstPlane compose(ConstImageView camera, ConstPlane matte, Clock::time_point now, Composed out,
                     Stats& stats);

 private:
  Composer() = default;
  ConstPlane finish(ConstPlane matte, Composed out, const Scene& scene);

  Look made_of_;  // its background names a Background
  Backdrop backdrop_;
  EffectChain person_effects_, picture_effects_;
  Image person_;        // a copy of the camera's picture for the person chain
  Matte person_matte_;  // the same of its matte
  EdgeColour edge_colour_;
  bool shows_room_ = false;  // behind the person: then the edge has its right colours already
  Matte picture_matte_;      // a copy of the person's for the picture chain
};

}  // namespace scrim
