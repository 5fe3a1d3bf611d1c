// Light on a dark face: a curve that brings the person's mean luma to where faces are well lit; it
// follows slowly, so that nothing pumps. Where there is no matte to go by, the whole picture
// counts. Tested by tests/effects/colours_test.cpp.
#include <algorithm>
#include <cmath>
#include <optional>

#include "effects/kinds.h"
#include "effects/tones.h"

namespace scrim {
namespace {

constexpr Size kSamples{128, 72};
constexpr double kWanted = 0.5;  // of the range, the mean of a well-lit person
constexpr double kDarkest = 0.12, kLightest = 0.85;
constexpr double kSeconds = 1.5;  // to go two thirds of the way
constexpr double kFewest = 0.01;  // of the picture

class AutoLight : public Effect {
 public:
  explicit AutoLight(double strength) : strength_(strength) {}

  void apply(Layer layer, const Scene& scene) override {
    if (!last_ || *last_ != scene.now) follow(layer, scene.now);
    look_up(curve_, layer.picture.y);
    look_up(chroma_, layer.picture.u);
    look_up(chroma_, layer.picture.v);
  }

 private:
  /// The mean over some of the person, or the picture if there is none: 0..1.
  double measure(Layer layer) {
    const ConstPlane luma = layer.picture.y, matte = layer.matte;
    double person = 0, weight = 0, all = 0;
    for (int j = 0; j < kSamples.height; ++j)
      for (int i = 0; i < kSamples.width; ++i) {
        const int x = (2 * i + 1) * luma.width / (2 * kSamples.width);
        const int y = (2 * j + 1) * luma.height / (2 * kSamples.height);
        const int light = luma.row(y)[x], share = matte.row(y)[x];
        person += light * share;
        weight += share;
        all += light;
      }
    const double count = kSamples.width * kSamples.height;
    const double mean = weight > 255 * count * kFewest ? person / weight : all / count;
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
  Table curve_{}, chroma_{};
  std::optional<Clock::time_point> last_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_autolight(const Spec& spec, const EffectRequest&) {
  return std::make_unique<AutoLight>(number(spec, kAutolightStrength));
}

}  // namespace scrim
