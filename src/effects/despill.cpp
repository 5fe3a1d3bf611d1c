// Takes the colour of a screen off a person before it. Chroma is a plane; what of it points the way
// of the screen's colour, and only that, is held down to what stands across it, so skin and clothes
// of other colours stay as they are. Tested by tests/effects/person_test.cpp.
#include <algorithm>
#include <cmath>

#include "base/dispatch.h"
#include "effects/kinds.h"
#include "effects/underlay.h"

namespace scrim {
namespace {

/// (du, dv): towards the screen's colour, 64ths; `strength` in 256ths.
SCRIM_CLONES void despill_row(std::uint8_t* u, std::uint8_t* v, int du, int dv, int strength,
                              int n) {
  for (int x = 0; x < n; ++x) {
    const int cu = u[x] - 128, cv = v[x] - 128;
    const int along = (cu * du + cv * dv) >> 6;
    const int across = std::abs(cu * dv - cv * du) >> 7;
    const int excess = (std::max(0, along - across) * strength) >> 8;
    u[x] = static_cast<std::uint8_t>(std::clamp(128 + cu - ((excess * du) >> 6), 16, 240));
    v[x] = static_cast<std::uint8_t>(std::clamp(128 + cv - ((excess * dv) >> 6), 16, 240));
  }
}

class Despill : public Effect {
 public:
  Despill(Yuv screen, double strength) : strength_(static_cast<int>(std::lround(256 * strength))) {
    const double u = screen.u - 128, v = screen.v - 128;
    const double length = std::max(std::hypot(u, v), 1.0);
    du_ = static_cast<int>(std::lround(64 * u / length));
    dv_ = static_cast<int>(std::lround(64 * v / length));
  }
  void apply(Layer layer, const Scene&) override {
    const auto& [y, u, v] = layer.picture;
    for (int row = 0; row < u.height; ++row)
      despill_row(u.row(row), v.row(row), du_, dv_, strength_, u.width);
  }
  bool steady() const override { return true; }

 private:
  int strength_, du_, dv_;
};

}  // namespace

MadeEffect make_despill(const Spec& spec, const EffectRequest&) {
  auto screen = colour(spec, kDespillColour);
  if (!screen) return std::unexpected(screen.error());
  return std::make_unique<Despill>(*screen, number(spec, kDespillStrength));
}

}  // namespace scrim
