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
  bool steady() const override { return true; }

 private:
  Blur blur_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_blur(const Spec& spec, Size size) {
  // The same look at every size: the radius counts at 720 lines.
  const int shorter = std::min(size.width, size.height);
  const double radius = number(spec, kBlurOptions[0]) * shorter / 720;
  // Whoever asks for any blur gets some, however small the picture: the room is never sharp.
  const int rounded = static_cast<int>(std::lround(radius));
  return std::make_unique<BlurEffect>(size, radius > 0 ? std::max(rounded, 1) : 0);
}

}  // namespace scrim
