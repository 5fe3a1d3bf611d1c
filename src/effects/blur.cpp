// Tested by tests/effects/blur_test.cpp.
#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/vacancy.h"
#include "image/kernels.h"

namespace scrim {
namespace {

class BlurEffect : public Effect {
 public:
  BlurEffect(const EffectRequest& request, int radius)
      : radius_(radius), vacancy_(request.size, request.role), blur_(request.size, radius) {}
  void apply(Layer layer, const Scene&) override {
    if (radius_ == 0) return;
    vacancy_.apply(layer);
    blur_.apply(layer.picture);
  }
  bool steady() const override { return true; }

 private:
  int radius_;
  Vacancy vacancy_;
  Blur blur_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_blur(const Spec& spec, const EffectRequest& request) {
  const int radius = whole_at_720_lines(number(spec, kBlurOptions[0]), request.size);
  return std::make_unique<BlurEffect>(request, radius);
}

}  // namespace scrim
