#include "effects/kinds.h"
#include "image/scale.h"

namespace scrim {
namespace {

class Mirror : public Effect {
 public:
  void apply(Layer layer, const Scene&) override {
    mirror(layer.picture);
    mirror(layer.matte);
  }
  bool steady() const override { return true; }
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_mirror(const Spec&, const EffectRequest&) {
  return std::make_unique<Mirror>();
}

}  // namespace scrim
