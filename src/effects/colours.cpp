// Effects that are nothing but tables: grey, sepia, colormap; adjust and each of its settings
// alone. Tested by tests/effects/colours_test.cpp.
#include <algorithm>
#include <cmath>

#include "effects/colormaps.h"
#include "effects/kinds.h"
#include "effects/tones.h"
#include "image/convert.h"

namespace scrim {
namespace {

class PaletteEffect : public Effect {
 public:
  PaletteEffect(const Palette& palette, Size size)
      : palette_(palette), line_({chroma_size(size).width, 1}) {}
  void apply(Layer layer, const Scene&) override { paint(palette_, layer.picture, line_.view()); }
  bool steady() const override { return true; }

 private:
  Palette palette_;
  PlaneBuffer line_;
};

class Grey : public Effect {
 public:
  void apply(Layer layer, const Scene&) override {
    fill(layer.picture.u, 128);
    fill(layer.picture.v, 128);
  }
  bool steady() const override { return true; }
};

class Adjust : public Effect {
 public:
  struct Settings {
    double brightness = 1, contrast = 1, saturation = 1, gamma = 1, temperature = 0;
  };

  explicit Adjust(const Settings& s) {
    for (int i = 0; i < 256; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double light = std::pow(std::clamp((i - 16) / 219.0, 0.0, 1.0), 1 / s.gamma);
      luma_[at] = level(16 + 219 * ((light * s.brightness - 0.5) * s.contrast + 0.5));
      u_[at] = level(128 + (i - 128) * s.saturation - kWarmest * s.temperature, 16, 240);
      v_[at] = level(128 + (i - 128) * s.saturation + kWarmest * s.temperature, 16, 240);
    }
  }
  void apply(Layer layer, const Scene&) override {
    look_up(luma_, layer.picture.y);
    look_up(u_, layer.picture.u);
    look_up(v_, layer.picture.v);
  }
  bool steady() const override { return true; }

 private:
  static constexpr double kWarmest = 24;  // levels of chroma

  Table luma_, u_, v_;
};

Expected<std::unique_ptr<Effect>> adjusted(const Adjust::Settings& settings) {
  return std::make_unique<Adjust>(settings);
}

Palette palette_of(std::span<const std::uint32_t> stops) {
  Palette palette;
  const double last = static_cast<double>(stops.size() - 1);
  for (int i = 0; i < 256; ++i) {
    const double at = std::clamp((i - 16) / 219.0, 0.0, 1.0) * last;
    const auto first = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    const double share = at - static_cast<double>(first);
    Rgb colour;
    for (std::size_t c = 0; c < 3; ++c) {
      const unsigned shift = 16 - 8 * static_cast<unsigned>(c);
      const double a = (stops[first] >> shift) & 255;
      const double b = (stops[first + 1] >> shift) & 255;
      colour[c] = level(a + (b - a) * share, 0, 255);
    }
    const Yuv yuv = rgb_to_internal(colour);
    const auto index = static_cast<std::size_t>(i);
    palette.y[index] = yuv.y;
    palette.u[index] = yuv.u;
    palette.v[index] = yuv.v;
  }
  return palette;
}

}  // namespace

Expected<std::unique_ptr<Effect>> make_grey(const Spec&, const EffectRequest&) {
  return std::make_unique<Grey>();
}

Expected<std::unique_ptr<Effect>> make_sepia(const Spec&, const EffectRequest& request) {
  // An old print: brown shadows, cream lights.
  static constexpr std::uint32_t kStops[] = {0x120b06, 0x4a3422, 0x8f6c49,
                                             0xc9a77d, 0xefdcb8, 0xfff6e2};
  return std::make_unique<PaletteEffect>(palette_of(kStops), request.size);
}

Expected<std::unique_ptr<Effect>> make_colormap(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<PaletteEffect>(palette_of(colormap(text(spec, kColormapMap))),
                                         request.size);
}

Expected<std::unique_ptr<Effect>> make_brightness(const Spec& spec, const EffectRequest&) {
  return adjusted({.brightness = number(spec, kBrightnessValue)});
}

Expected<std::unique_ptr<Effect>> make_contrast(const Spec& spec, const EffectRequest&) {
  return adjusted({.contrast = number(spec, kContrastValue)});
}

Expected<std::unique_ptr<Effect>> make_saturation(const Spec& spec, const EffectRequest&) {
  return adjusted({.saturation = number(spec, kSaturationValue)});
}

Expected<std::unique_ptr<Effect>> make_gamma(const Spec& spec, const EffectRequest&) {
  return adjusted({.gamma = number(spec, kGammaValue)});
}

Expected<std::unique_ptr<Effect>> make_temperature(const Spec& spec, const EffectRequest&) {
  return adjusted({.temperature = number(spec, kTemperatureValue)});
}

Expected<std::unique_ptr<Effect>> make_adjust(const Spec& spec, const EffectRequest&) {
  return adjusted({number(spec, kAdjustBrightness), number(spec, kAdjustContrast),
                   number(spec, kAdjustSaturation), number(spec, kAdjustGamma),
                   number(spec, kAdjustTemperature)});
}

}  // namespace scrim
