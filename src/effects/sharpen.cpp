// Unsharp masking of luma: what a soft copy lacks is added once more; small differences, which are
// noise, are left out. Tested by tests/effects/colours_test.cpp.
#include <algorithm>
#include <cmath>

#include "base/dispatch.h"
#include "effects/kinds.h"
#include "effects/lines.h"
#include "image/filter.h"

namespace scrim {
namespace {

constexpr int kNoise = 2;       // levels that are left alone
constexpr int kOvershoot = 40;  // levels added at most: no white lines along edges

SCRIM_CLONES void sharpen_row(const std::uint8_t* soft, int amount, std::uint8_t* row, int n) {
  for (int x = 0; x < n; ++x) {
    const int difference = row[x] - soft[x];
    const int less = difference - std::clamp(difference, -kNoise, kNoise);
    const int added = std::clamp((less * amount) >> 6, -kOvershoot, kOvershoot);
    row[x] = static_cast<std::uint8_t>(std::clamp(row[x] + added, 16, 235));
  }
}

class Sharpen : public Effect {
 public:
  Sharpen(Size size, double amount)
      : amount_(static_cast<int>(std::lround(amount * 64))),
        radius_(std::max(1, whole_at_720_lines(1.3, size))),
        soft_(size),
        filter_(size) {}

  void apply(Layer layer, const Scene&) override {
    if (amount_ == 0) return;
    const Plane luma = layer.picture.y;
    copy(luma, soft_.view());
    filter_.box_blur(soft_.view(), radius_);
    for (int y = 0; y < luma.height; ++y)
      sharpen_row(soft_.view().row(y), amount_, luma.row(y), luma.width);
  }
  bool steady() const override { return true; }

 private:
  int amount_, radius_;
  PlaneBuffer soft_;
  PlaneFilter filter_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_sharpen(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Sharpen>(request.size, number(spec, kSharpenAmount));
}

}  // namespace scrim
