// Whoever is not of the screen's colour. By chroma alone, so that folds and shadows on the screen
// count as screen: how far a colour points the way of the screen's, less how far beside it, with a
// soft slope between screen and person. Tested by tests/segmenters/chroma_test.cpp.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "image/convert.h"
#include "image/scale.h"
#include "segmenters/kinds.h"

namespace scrim {
namespace {

constexpr Size kMatteSize{640, 360};  // chroma of 720p

class Chroma : public Segmenter {
 public:
  Chroma(Yuv screen, double tolerance, double softness) : u_(kMatteSize), v_(kMatteSize) {
    // The measure is how far along the screen's direction, less how far beside it.
    const double length = std::max(std::hypot(screen.u - 128, screen.v - 128), 1.0);
    du_ = (screen.u - 128) / length;
    dv_ = (screen.v - 128) / length;
    none_ = length * (1 - tolerance);
    full_ = none_ - length * softness;
  }
  bool exact() const override { return true; }
  Size matte_size(Size) const override { return kMatteSize; }

  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    const Rect half{region.x / 2, region.y / 2, half_up(region.width), half_up(region.height)};
    const Size chroma = picture.u.size();
    const Rect part{
        std::min(half.x, chroma.width - 1), std::min(half.y, chroma.height - 1),
        std::clamp(half.width, 1, chroma.width - std::min(half.x, chroma.width - 1)),
        std::clamp(half.height, 1, chroma.height - std::min(half.y, chroma.height - 1))};
    scale(picture.u.crop(part), u_.view());
    scale(picture.v.crop(part), v_.view());
    const auto slope = static_cast<float>(255 / std::max(none_ - full_, 1.0));
    for (int y = 0; y < out.height; ++y)
      judge(u_.view().row(y), v_.view().row(y), slope, out.row(y), out.width);
    return {};
  }

 private:
  void judge(const std::uint8_t* u, const std::uint8_t* v, float slope, std::uint8_t* out, int n) {
    const auto du = static_cast<float>(du_), dv = static_cast<float>(dv_);
    const auto none = static_cast<float>(none_);
    for (int x = 0; x < n; ++x) {
      const float cu = static_cast<float>(u[x] - 128), cv = static_cast<float>(v[x] - 128);
      const float key = cu * du + cv * dv - std::abs(cu * dv - cv * du);
      out[x] = static_cast<std::uint8_t>(std::clamp((none - key) * slope, 0.0f, 255.0f));
    }
  }

  PlaneBuffer u_, v_;
  double du_, dv_;
  double none_, full_;  // at this measure nobody, and below that somebody for sure
};

}  // namespace

Expected<std::unique_ptr<Segmenter>> make_chroma(const Spec& spec, const SegmenterNeeds&) {
  auto rgb = parse_colour(text(spec, kChromaColour));
  if (!rgb) return fail_in("chroma?colour", rgb.error());
  const Yuv screen = rgb_to_internal(*rgb);
  if (std::hypot(screen.u - 128, screen.v - 128) < 24)
    return fail(Errc::kRequest,
                "chroma?colour={}: too grey to tell from a person; name a strong "
                "colour such as 00b140",
                text(spec, kChromaColour));
  return std::make_unique<Chroma>(screen, number(spec, kChromaTolerance),
                                  number(spec, kChromaSoftness));
}

}  // namespace scrim
