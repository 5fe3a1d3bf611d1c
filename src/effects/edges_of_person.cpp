// How the person meets what is behind them: opacity, lightwrap.
// Tested by tests/effects/person_test.cpp.
#include <cmath>

#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/tones.h"
#include "image/filter.h"
#include "image/kernels.h"
#include "image/scale.h"

namespace scrim {
namespace {

class Opacity : public Effect {
 public:
  explicit Opacity(double amount) {
    for (int i = 0; i < 256; ++i) levels_[static_cast<std::size_t>(i)] = level(i * amount, 0, 255);
  }
  void apply(Layer layer, const Scene&) override { look_up(levels_, layer.matte); }
  bool steady() const override { return true; }

 private:
  Table levels_;
};

/// Light from behind falls round the edge: the softened background, where the softened matte is no
/// longer full.
class LightWrap : public Effect {
 public:
  LightWrap(Size size, Role role, double width, double strength)
      : finished_(role == Role::kPicture),
        small_({std::max(1, size.width / kFactor), std::max(1, size.height / kFactor)}),
        edge_(small_.size()),
        filter_(small_.size()),
        light_(size),
        share_(size),
        radius_(std::max(1, static_cast<int>(std::lround(width / kFactor)))) {
    for (int i = 0; i < 256; ++i)
      levels_[static_cast<std::size_t>(i)] = level((255 - i) * strength, 0, 255);
  }

  void apply(Layer layer, const Scene& scene) override {
    scale(layer.matte, edge_.view());
    filter_.box_blur(edge_.view(), {radius_, radius_, radius_});
    look_up(levels_, edge_.view());
    scale_linear(edge_.view(), share_.view());
    if (finished_) multiply(layer.matte, share_.view());
    const ConstPlane from[] = {scene.background.y, scene.background.u, scene.background.v};
    const Plane to[] = {light_.view().y, light_.view().u, light_.view().v};
    for (int c = 0; c < 3; ++c) {
      scale(from[c], small_.view());
      filter_.box_blur(small_.view(), {2, 2, 2});
      scale_linear(small_.view(), to[c]);
    }
    blend(light_.view(), layer.picture, share_.view(), layer.picture);
  }

 private:
  static constexpr int kFactor = 8;

  /// In the finished picture, what surrounds the person is not to be lit.
  static void multiply(ConstPlane matte, Plane share) {
    for (int y = 0; y < share.height; ++y)
      for (int x = 0; x < share.width; ++x)
        share.row(y)[x] =
            static_cast<std::uint8_t>((share.row(y)[x] * matte.row(y)[x] + 127) / 255);
  }

  bool finished_;
  PlaneBuffer small_, edge_;
  PlaneFilter filter_;
  Image light_;
  PlaneBuffer share_;
  int radius_;
  Table levels_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_opacity(const Spec& spec, const EffectRequest&) {
  return std::make_unique<Opacity>(number(spec, kOpacityValue));
}

Expected<std::unique_ptr<Effect>> make_lightwrap(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<LightWrap>(request.size, request.role,
                                     at_720_lines(number(spec, kLightwrapWidth), request.size),
                                     number(spec, kLightwrapStrength));
}

}  // namespace scrim
