// What surrounds the person: outline, glow, shadow. All are a copy of the matte, grown, softened or
// moved, in one colour beneath the person; grown and softened at half the size or less, where that
// is not seen. Tested by tests/effects/person_test.cpp.
#include <algorithm>
#include <cmath>

#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/underlay.h"
#include "image/filter.h"
#include "image/scale.h"

namespace scrim {
namespace {

struct Shape {
  double grown = 0;     // in pixels of the picture
  double softness = 0;  // the standard deviation, too
  double right = 0, down = 0;
  double opacity = 1;
  double firm = 1;  // how much the softened edge is steepened
};

class Around : public Effect {
 public:
  Around(const EffectRequest& request, Yuv colour, const Shape& shape)
      : behind_(request.role == Role::kBackground),
        colour_(colour),
        shape_(shape),
        factor_(shape.softness >= 8 ? 4 : 2),
        small_({std::max(1, request.size.width / factor_),
                std::max(1, request.size.height / factor_)}),
        moved_(small_.size()),
        filter_(small_.size()),
        alpha_(request.size) {
    for (int i = 0; i < 256; ++i)
      levels_[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(
          std::lround(std::clamp((i - 127.5) * shape.firm + 127.5, 0.0, 255.0) * shape.opacity));
    if (shape.firm == 1)
      for (int i = 0; i < 256; ++i)
        levels_[static_cast<std::size_t>(i)] =
            static_cast<std::uint8_t>(std::lround(i * shape.opacity));
  }

  void apply(Layer layer, const Scene& scene) override {
    const Plane small = small_.view();
    scale(behind_ ? scene.matte : ConstPlane(layer.matte), small);
    filter_.dilate(small, cells(shape_.grown));
    const int soft = cells(shape_.softness);
    filter_.box_blur(small, {soft, soft, soft});
    shift(small, cells(shape_.right), cells(shape_.down), moved_.view());
    scale_linear(moved_.view(), alpha_.view());
    if (behind_)
      lay_over(layer.picture, colour_, alpha_.view());
    else
      lay_beneath(layer, colour_, alpha_.view());
  }

 private:
  int cells(double pixels) const {
    return std::min(static_cast<int>(std::lround(pixels / factor_)), PlaneFilter::kMaxRadius);
  }

  /// Moves the plane; the person goes on below and beside the picture, so its borders are repeated
  /// there, and levels are applied.
  void shift(ConstPlane from, int right, int down, Plane to) const {
    for (int y = 0; y < to.height; ++y) {
      const std::uint8_t* row = from.row(std::clamp(y - down, 0, to.height - 1));
      for (int x = 0; x < to.width; ++x)
        to.row(y)[x] = levels_[row[std::clamp(x - right, 0, to.width - 1)]];
    }
  }

  bool behind_;  // in the background chain: on what stands there, around who will stand before it
  Yuv colour_;
  Shape shape_;
  int factor_;
  PlaneBuffer small_, moved_;
  PlaneFilter filter_;
  PlaneBuffer alpha_;
  std::array<std::uint8_t, 256> levels_;
};

Expected<std::unique_ptr<Effect>> make_around(const Spec& spec, const Option& option,
                                              const EffectRequest& request, const Shape& shape) {
  auto beneath = colour(spec, option);
  if (!beneath) return std::unexpected(beneath.error());
  return std::make_unique<Around>(request, *beneath, shape);
}

}  // namespace

Expected<std::unique_ptr<Effect>> make_outline(const Spec& spec, const EffectRequest& request) {
  const double width = at_720_lines(number(spec, kOutlineWidth), request.size);
  return make_around(spec, kOutlineColour, request,
                     {.grown = std::max(width, 2.0), .softness = 2, .firm = 2.5});
}

Expected<std::unique_ptr<Effect>> make_glow(const Spec& spec, const EffectRequest& request) {
  const double radius = at_720_lines(number(spec, kGlowRadius), request.size);
  return make_around(
      spec, kGlowColour, request,
      {.grown = radius / 3, .softness = radius / 3, .opacity = number(spec, kGlowOpacity)});
}

Expected<std::unique_ptr<Effect>> make_shadow(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Around>(
      request, Yuv{},
      Shape{.softness = at_720_lines(number(spec, kShadowSoftness), request.size) / 2,
            .right = at_720_lines(number(spec, kShadowX), request.size),
            .down = at_720_lines(number(spec, kShadowY), request.size),
            .opacity = number(spec, kShadowOpacity)});
}

}  // namespace scrim
