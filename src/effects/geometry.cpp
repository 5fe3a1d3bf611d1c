// Where things are: flip, rotate, zoom. Tested by tests/effects/geometry_test.cpp.
#include <algorithm>

#include "effects/kinds.h"
#include "effects/warp.h"

namespace scrim {
namespace {

class Flip : public Effect {
 public:
  void apply(Layer layer, const Scene&) override {
    for (const Plane& plane : {layer.picture.y, layer.picture.u, layer.picture.v, layer.matte})
      for (int y = 0; y < plane.height / 2; ++y)
        std::swap_ranges(plane.row(y), plane.row(y) + plane.width, plane.row(plane.height - 1 - y));
  }
  bool steady() const override { return true; }
};

class Move : public Effect {
 public:
  Move(Size size, const Transform& to_source) : warp_(size), to_source_(to_source) {}
  void apply(Layer layer, const Scene&) override { warp_.apply(to_source_, layer); }
  bool steady() const override { return true; }

 private:
  Warp warp_;
  Transform to_source_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_flip(const Spec&, const EffectRequest&) {
  return std::make_unique<Flip>();
}

Expected<std::unique_ptr<Effect>> make_rotate(const Spec& spec, const EffectRequest& request) {
  const Point middle{request.size.width / 2.0, request.size.height / 2.0};
  return std::make_unique<Move>(request.size, turned(-number(spec, kRotateDegrees) / 360, middle));
}

Expected<std::unique_ptr<Effect>> make_zoom(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Move>(request.size, zoomed(request.size, number(spec, kZoomFactor),
                                                     number(spec, kZoomX), number(spec, kZoomY)));
}

}  // namespace scrim
