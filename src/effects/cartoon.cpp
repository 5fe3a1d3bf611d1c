// Flat colours and ink lines. Flatness: a guided smoothing that keeps edges (a mean where the
// neighbourhood is even, the sample itself where it is not), then few levels of light with soft
// steps between them. Ink: where a point is darker than its surroundings (difference of means,
// after Winnemoeller et al., "Real-time video abstraction", 2006).
// Tested by tests/effects/colours_test.cpp.
#include <cmath>

#include "base/dispatch.h"
#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/tones.h"
#include "image/filter.h"

namespace scrim {
namespace {

constexpr double kStepSharpness = 3;
constexpr int kInkFrom = 3, kInkSlope = 40;  // levels below the surroundings; of 256 per level
constexpr double kVivid = 1.35;

/// The soft sample, and more of the sharp one the more they differ.
SCRIM_CLONES void flatten(const std::uint8_t* soft, std::uint8_t* row, int n) {
  for (int x = 0; x < n; ++x) {
    const int difference = row[x] - soft[x];
    const int keep = std::clamp((std::abs(difference) - 10) * 16, 0, 256);
    row[x] = static_cast<std::uint8_t>(soft[x] + ((difference * keep) >> 8));
  }
}

SCRIM_CLONES void ink(const std::uint8_t* fine, const std::uint8_t* coarse, std::uint8_t* row,
                      int n) {
  for (int x = 0; x < n; ++x) {
    const int dark = coarse[x] - fine[x] - kInkFrom;
    const int share = std::clamp(dark * kInkSlope, 0, 220);
    row[x] = static_cast<std::uint8_t>(row[x] - (((row[x] - 16) * share) >> 8));
  }
}

/// Levels with flat treads and short slopes.
Table steps(int count) {
  Table table;
  for (int i = 0; i < 256; ++i) {
    const double at = std::clamp((i - 16) / 219.0, 0.0, 1.0) * count;
    const double tread = std::min(std::floor(at), count - 1.0);
    const double within =
        std::tanh((at - tread - 0.5) * 2 * kStepSharpness) / std::tanh(kStepSharpness);
    table[static_cast<std::size_t>(i)] = level(16 + 219 * (tread + 0.5 + 0.5 * within) / count);
  }
  return table;
}

class Cartoon : public Effect {
 public:
  Cartoon(Size size, int levels)
      : fine_(size), coarse_(size), filter_(size), steps_(steps(levels)) {
    radius_ = whole_at_720_lines(4, size);
    fine_radius_ = whole_at_720_lines(1, size);
    coarse_radius_ = whole_at_720_lines(4, size);
    for (int i = 0; i < 256; ++i)
      vivid_[static_cast<std::size_t>(i)] = level(128 + (i - 128) * kVivid, 16, 240);
  }

  void apply(Layer layer, const Scene&) override {
    const Plane luma = layer.picture.y;
    copy(luma, fine_.view());
    filter_.box_blur(fine_.view(), fine_radius_);
    copy(fine_.view(), coarse_.view());
    filter_.box_blur(coarse_.view(), coarse_radius_);
    for (int y = 0; y < luma.height; ++y) flatten(coarse_.view().row(y), luma.row(y), luma.width);
    look_up(steps_, luma);
    for (int y = 0; y < luma.height; ++y)
      ink(fine_.view().row(y), coarse_.view().row(y), luma.row(y), luma.width);
    for (const Plane& plane : {layer.picture.u, layer.picture.v}) {
      filter_.box_blur(plane, std::max(1, radius_ / 2));
      look_up(vivid_, plane);
    }
  }
  bool steady() const override { return true; }

 private:
  int radius_, fine_radius_, coarse_radius_;
  PlaneBuffer fine_, coarse_;
  PlaneFilter filter_;
  Table steps_, vivid_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_cartoon(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Cartoon>(request.size, integer(spec, kCartoonLevels));
}

}  // namespace scrim
