// Light on a dark face: a curve that brings the person's mean luma to where faces are well lit; it
// follows slowly, so that nothing pumps. Where there is no matte to go by, the whole picture
// counts. Tested by tests/effects/colours_test.cpp.
#include <algorithm>
#include <cmath>
#include <optional>

#include "effects/kinds.h"
#include "effects/tones.h"
#include "image/scale.h"

namespace scrim {
namespace {

constexpr Size kGrid{64, 36};
constexpr double kWanted = 0.5;  // of the range, the mean of a well-lit person
constexpr double kDarkest = 0.12, kLightest = 0.85;
constexpr double kSeconds = 1.5;  // to go two thirds of the way
constexpr double kFewest = 0.01;  // of the picture

class AutoLight : public Effect {
 public:
  explicit AutoLight(double strength) : strength_(strength), luma_(kGrid), matte_(kGrid) {}

  void apply(Layer layer, const Scene& scene) override {
    if (!last_ || *last_ != scene.now) follow(layer, scene.now);
    look_up(curve_, layer.picture.y);
    look_up(chroma_, layer.picture.u);
    look_up(chroma_, layer.picture.v);
  }

 private:
  /// The mean over the person, or the picture if there is none: 0..1.
  double measure(Layer layer) {
    scale(layer.picture.y, luma_.view());
    scale(layer.matte, matte_.view());
    double person = 0, weight = 0, all = 0;
    for (int y = 0; y < kGrid.height; ++y)
      for (int x = 0; x < kGrid.width; ++x) {
        const int luma = luma_.view().row(y)[x];
        const int share = matte_.view().row(y)[x];
        person += luma * share;
        weight += share;
        all += luma;
      }
    const double cells = kGrid.width * kGrid.height;
    const double mean = weight > 255 * cells * kFewest ? person / weight : all / cells;
    return std::clamp((mean - 16) / 219, kDarkest, kLightest);
  }

  void follow(Layer layer, Clock::time_point now) {
    const double mean = measure(layer);
    const double passed = last_ ? std::max(0.0, Seconds(now - *last_).count()) : 1e9;
    last_ = now;
    mean_ += (mean - mean_) * (1 - std::exp(-passed / kSeconds));
    // x^g brings the mean to kWanted; strength goes part of the way.
    const double gamma = std::pow(std::log(kWanted) / std::log(mean_), strength_);
    for (int i = 0; i < 256; ++i) {
      const auto at = static_cast<std::size_t>(i);
      curve_[at] = level(16 + 219 * std::pow(std::clamp((i - 16) / 219.0, 0.0, 1.0), gamma));
      // Colours pale where luma alone rises.
      chroma_[at] = level(128 + (i - 128) * std::clamp(std::pow(gamma, -0.5), 0.8, 1.3), 16, 240);
    }
  }

  double strength_, mean_ = kWanted;
  PlaneBuffer luma_, matte_;
  Table curve_{}, chroma_{};
  std::optional<Clock::time_point> last_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_autolight(const Spec& spec, const EffectRequest&) {
  return std::make_unique<AutoLight>(number(spec, kAutolightOptions[0]));
}

}  // namespace scrim
