#include <algorithm>
#include <cmath>

#include "effects/kinds.h"
#include "image/kernels.h"

namespace scrim {
namespace {

class BlurEffect : public Effect {
 public:
  BlurEffect(Size size, int radius) : blur_(size, radius) {}
  void apply(Layer layer, const Scene&) override { blur_.apply(layer.picture); }

 private:
  Blur blur_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_blur(const Spec& spec, Size size) {
  // The same look at every size: the radius counts at 720 lines.
  const int shorter = std::min(size.width, size.height);
  const double radius = number(spec, kBlurOptions[0]) * shorter / 720;
  return std::make_unique<BlurEffect>(size, static_cast<int>(std::lround(radius)));
}

}  // namespace scrim
