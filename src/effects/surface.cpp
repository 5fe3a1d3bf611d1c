// What lies over a whole picture: vignette, scanlines, shower (the glass of its door).
// Tested by tests/effects/colours_test.cpp.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/tones.h"
#include "effects/vacancy.h"
#include "image/convert.h"
#include "image/filter.h"
#include "image/kernels.h"
#include "image/path.h"
#include "image/scale.h"

namespace scrim {
namespace {

/// Darker towards the corners.
class Vignette : public Effect {
 public:
  Vignette(Size size, double strength) : light_(size), black_(size) {
    fill(black_.view(), Yuv{});
    const Plane light = light_.view();
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        // 0 in the middle, 1 in the corners.
        const double dx = (2.0 * x + 1) / size.width - 1, dy = (2.0 * y + 1) / size.height - 1;
        light.row(y)[x] = level(
            255 * (1 - strength * ease(std::sqrt((dx * dx + dy * dy) / 2) * 1.25 - 0.25)), 0, 255);
      }
  }
  void apply(Layer layer, const Scene&) override {
    blend(layer.picture, std::as_const(black_).view(), light_.view(), layer.picture);
  }
  bool steady() const override { return true; }

 private:
  PlaneBuffer light_;
  Image black_;
};

/// Dark lines, as on a tube.
class Scanlines : public Effect {
 public:
  Scanlines(int every, double strength) : every_(std::max(2, every)) {
    for (int i = 0; i < 256; ++i)
      dark_[static_cast<std::size_t>(i)] = level(16 + (i - 16) * (1 - strength), 16, 255);
  }
  void apply(Layer layer, const Scene&) override {
    const Plane luma = layer.picture.y;
    for (int y = 0; y < luma.height; ++y)
      if (y % every_ >= half_up(every_)) look_up(dark_, luma.crop({0, y, luma.width, 1}));
  }
  bool steady() const override { return true; }

 private:
  int every_;
  Table dark_;
};

/// Wet, ribbed glass: each place shows another one a little beside it, and all of it is soft, so
/// half the size is enough. What is seen through which place is worked out once.
class Shower : public Effect {
 public:
  Shower(const EffectRequest& request, double strength)
      : vacancy_(request.size, request.role),
        small_(chroma_size(request.size)),
        seen_(small_.size()),
        blur_(small_.size(), whole_at_720_lines(2 + 2 * strength, small_.size())) {
    luma_ = offsets(small_.view().y, 2, request.size, strength);
    chroma_ = offsets(small_.view().u, 4, request.size, strength);
  }

  void apply(Layer layer, const Scene&) override {
    vacancy_.apply(layer);
    scale(layer.picture, small_.view());
    blur_.apply(small_.view());
    look_through(small_.view().y, luma_, seen_.view().y);
    look_through(small_.view().u, chroma_, seen_.view().u);
    look_through(small_.view().v, chroma_, seen_.view().v);
    scale(std::as_const(seen_).view(), layer.picture);
  }
  bool steady() const override { return true; }

 private:
  using Offsets = std::vector<std::int32_t>;  // from the first sample of the copied plane

  /// Ribs, bent by slow waves; a sample of a plane `scale` times as coarse as luma.
  static Offsets offsets(ConstPlane plane, int scale, Size size, double strength) {
    const double unit = at_720_lines(1, size);
    Offsets all;
    all.reserve(static_cast<std::size_t>(plane.width) * static_cast<std::size_t>(plane.height));
    for (int y = 0; y < plane.height; ++y)
      for (int x = 0; x < plane.width; ++x) {
        const double px = (x + 0.5) * scale / unit, py = (y + 0.5) * scale / unit;
        const double bend = 5 * sine(py / 170) + 3 * sine(py / 61 + px / 400);
        const double rib = sine((px + bend) / 22), ripple = sine((py + 4 * sine(px / 47)) / 38);
        const double dx = (13 * rib + 3 * ripple) * strength * unit / scale;
        const double dy = 9 * ripple * strength * unit / scale;
        all.push_back(place(y + dy, plane.height) * static_cast<int>(plane.stride) +
                      place(x + dx, plane.width));
      }
    return all;
  }
  static int place(double at, int count) {
    return static_cast<int>(std::clamp<long>(std::lround(at), 0, count - 1));
  }
  static void look_through(ConstPlane in, const Offsets& offsets, Plane out) {
    const std::int32_t* from = offsets.data();
    for (int y = 0; y < out.height; ++y)
      for (int x = 0; x < out.width; ++x, ++from) out.row(y)[x] = in.data[*from];
  }

  Vacancy vacancy_;
  Image small_, seen_;
  Blur blur_;
  Offsets luma_, chroma_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_vignette(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Vignette>(request.size, number(spec, kVignetteStrength));
}

Expected<std::unique_ptr<Effect>> make_scanlines(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Scanlines>(
      whole_at_720_lines(number(spec, kScanlinesEvery), request.size),
      number(spec, kScanlinesStrength));
}

Expected<std::unique_ptr<Effect>> make_shower(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Shower>(request, number(spec, kShowerStrength));
}

}  // namespace scrim
