// Changes a picture in place. Kinds stand in the table in effects.cpp.
//
// Effects stand in a chain, in any order and number, the same one twice if you like: each finds in
// its Layer what the one before left. Reentrant; keeps no view after a call. All that can fail,
// failed when it was made; scratch memory is taken there too.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"
#include "image/picture_library.h"

namespace scrim {

/// The chains of a Look: what stands behind, the person alone, the finished picture.
enum class Role { kBackground, kPerson, kPicture };

/// What an effect works on: a picture and where the person is in it. Geometry carries the matte
/// along, and whatever is drawn around the person (a shadow) adds to it.
///   kBackground  the room with its person, whose place others will take; or a background without
///                one: then the matte is 0 everywhere. Changes to it go to the next effect only.
///   kPerson      what stands before the background as far as the matte says so; where that is 0,
///                the picture is the room, which must not leak in.
///   kPicture     everything; sinks get the matte beside it.
struct Layer {
  ImageView picture;
  Plane matte;
};

/// What an effect may look at: the camera's picture with its matte, and what stands behind. All of
/// one size, none of it the Layer's own memory, but for `background` in that very chain.
struct Scene {
  ConstImageView camera, background;
  ConstPlane matte;
  Clock::time_point now;
};

/// What an effect is made for.
struct EffectRequest {
  Size size;
  Role role = Role::kPicture;
  const PictureLibrary* pictures = nullptr;  // where overlays come from; for this call only
};

class Effect {
 public:
  virtual ~Effect() = default;
  /// May be called more than once for a moment: the picture chain of a run with cut-outs works on
  /// the person alone, too.
  virtual void apply(Layer, const Scene&) = 0;
  /// Whether the result depends on the Layer alone: not on time, nor on the Scene.
  virtual bool steady() const { return false; }
};
using EffectChain = std::vector<std::unique_ptr<Effect>>;

/// One after the other.
void apply(const EffectChain& effects, Layer layer, const Scene& scene);

/// The chains that an effect makes sense in.
struct Chains {
  bool background = true;
  bool person = true;
  bool picture = true;
};
bool has_place(const Chains& chains, Role role);
/// "background", "person" or "picture".
std::string_view name_of(Role role);

struct EffectKind : Kind {
  Expected<std::unique_ptr<Effect>> (*make)(const Spec&, const EffectRequest&);
  Role home = Role::kPicture;  // the chain that shows best what it does
  Chains chains = {};
  std::string_view example = {};  // to show it with, where its name alone says too little
};
/// The effect as it is shown.
Spec example_of(const EffectKind& kind);

std::span<const EffectKind> effect_kinds();
Expected<std::unique_ptr<Effect>> make_effect(const Spec&, const EffectRequest&);

}  // namespace scrim
