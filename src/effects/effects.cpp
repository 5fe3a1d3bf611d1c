// The table of effects. A new one: a file in this folder with its maker, and a row here.
#include <memory>

#include "effects/effect.h"
#include "effects/kinds.h"

namespace scrim {
namespace {

constexpr EffectKind kKinds[] = {
    {{"blur", "", "soft focus", kBlurOptions}, {}, make_blur},
    {{"mirror", "", "left and right exchanged, as in a mirror"}, {}, make_mirror},
};

}  // namespace

std::span<const EffectKind> effect_kinds() {
  return kKinds;
}

void apply(const EffectChain& effects, Layer layer, const Scene& scene) {
  for (const auto& effect : effects) effect->apply(layer, scene);
}

Expected<std::unique_ptr<Effect>> make_effect(const Spec& spec, Size size) {
  auto kind = choose(effect_kinds(), spec, "effect");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->make(spec, size);
}

}  // namespace scrim
