// A projection in thin air, after Ben Elder's "Open Source Virtual Background" (2020): grey through
// the colours of winter; of five rows two dimmed to 10..30 %, anew in each picture; h = 0.2 h +
// 0.8 h(+5,+5), then 0.4 h + 0.6 h(-5,-5), where what comes from outside is black; last 0.5 of the
// picture and 0.6 of h, saturating.
//
// Winter is red 0, green g, blue 255 - g / 2, so all of it is a weighted sum of three rows of luma
// and a constant; only what saturates (green and blue, in rows that are not dimmed) needs the
// picture's own colours. Of the person chain only the rectangle that holds the person is worked
// on. Sums are in sixteenths of a level, 16 bits wide.
// Tested by tests/effects/hologram, against OpenCV.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/dispatch.h"
#include "effects/kinds.h"
#include "effects/presence.h"
#include "image/path.h"
#include "image/scale.h"

namespace scrim {
namespace {

constexpr int kShift = 5;
constexpr int kPeriod = 5, kDimmed = 2;
constexpr double kShare = 0.6;  // of the hologram in the result
// Of the hologram: the row itself, that of the ghost from above, that of the one from below.
constexpr double kHere = 0.4 * 0.2, kAbove = 0.4 * 0.8, kBelow = 0.6;
constexpr int kMargin = 16;

/// (a * b) / 65536, which processors have as one instruction for 16 bits.
inline std::int16_t high(int a, int b) {
  return static_cast<std::int16_t>((a * b) >> 16);
}
/// For high(): 13 bits of fraction on one side, 7 on the other leave 4.
constexpr int factor(double value) {
  return static_cast<int>(value * 8192 + (value < 0 ? -0.5 : 0.5));
}
inline int light(std::uint8_t y) {
  return (std::max<int>(y, 16) - 16) << 7;
}
constexpr double kFull = 255.0 / 219;
constexpr int kWhite = 255 * 16;

/// One row of the hologram: green and blue, in sixteenths.
struct Beam {
  std::vector<std::int16_t> green, blue;
};

SCRIM_CLONES void project(const std::uint8_t* here, const std::uint8_t* above,
                          const std::uint8_t* below, const int* factors,
                          const std::int16_t* presence, std::int16_t* green, std::int16_t* blue,
                          int n) {
  const int a = factors[0], b = factors[1], c = factors[2];
  for (int x = 0; x < n; ++x) {
    const auto sum = static_cast<std::int16_t>(high(light(here[x]), a) + high(light(above[x]), b) +
                                               high(light(below[x]), c));
    green[x] = sum;
    blue[x] = static_cast<std::int16_t>(presence[x] - sum / 2);
  }
}

/// Half the picture's green and blue that chroma adds, for both pixels of each sample.
SCRIM_CLONES void tint(const std::uint8_t* u, const std::uint8_t* v, std::int16_t* green,
                       std::int16_t* blue, int n) {
  for (int x = 0; x < n; ++x) {
    const int cu = (u[x] - 128) << 7;
    const int cv = (v[x] - 128) << 7;
    const auto g =
        static_cast<std::int16_t>(high(cu, factor(-0.195881)) + high(cv, factor(-0.406484)));
    const std::int16_t b = high(cu, factor(1.008616));
    green[2 * x] = g;
    green[2 * x + 1] = g;
    blue[2 * x] = b;
    blue[2 * x + 1] = b;
  }
}

/// Takes away what, with half the picture, is beyond white.
SCRIM_CLONES void saturate(const std::uint8_t* y, const std::int16_t* tint_green,
                           const std::int16_t* tint_blue, std::int16_t* green, std::int16_t* blue,
                           int n) {
  for (int x = 0; x < n; ++x) {
    const std::int16_t half = high(light(y[x]), factor(0.5 * kFull));
    const auto g = static_cast<std::int16_t>(std::min(half + tint_green[x], kWhite / 2));
    const auto b = static_cast<std::int16_t>(std::min(half + tint_blue[x], kWhite / 2));
    green[x] = std::min<std::int16_t>(green[x], static_cast<std::int16_t>(kWhite - g));
    blue[x] = std::min<std::int16_t>(blue[x], static_cast<std::int16_t>(kWhite - b));
  }
}

SCRIM_CLONES void add_luma(const std::int16_t* green, const std::int16_t* blue, std::uint8_t* y,
                           int n) {
  for (int x = 0; x < n; ++x) {
    // Sixteenths times eight are the 7 bits that high() wants.
    const int sum = high(green[x] << 3, factor(0.504129)) + high(blue[x] << 3, factor(0.097906));
    const int value = 8 * (std::max<int>(y[x], 16) - 16) + 16 * 16 + sum + 8;
    y[x] = static_cast<std::uint8_t>(std::min(value >> 4, 235));
  }
}

/// The mean over two rows and two columns.
SCRIM_CLONES void add_chroma(const std::int16_t* green, const std::int16_t* blue,
                             const std::int16_t* green_too, const std::int16_t* blue_too,
                             std::uint8_t* u, std::uint8_t* v, int n) {
  for (int x = 0; x < n; ++x) {
    const int g = green[2 * x] + green[2 * x + 1] + green_too[2 * x] + green_too[2 * x + 1];
    const int b = blue[2 * x] + blue[2 * x + 1] + blue_too[2 * x] + blue_too[2 * x + 1];
    const int du = high(g << 1, factor(-0.290993)) + high(b << 1, factor(0.439216));
    const int dv = high(g << 1, factor(-0.367788)) + high(b << 1, factor(-0.071427));
    u[x] = static_cast<std::uint8_t>(std::clamp((8 * (u[x] - 128) + du + 8 + 2048) >> 4, 16, 240));
    v[x] = static_cast<std::uint8_t>(std::clamp((8 * (v[x] - 128) + dv + 8 + 2048) >> 4, 16, 240));
  }
}

class Hologram : public Effect {
 public:
  Hologram(const EffectRequest& request, int seed)
      : role_(request.role),
        seed_(seed),
        luma_({request.size.width + 2 * kMargin, request.size.height}) {
    const auto even = static_cast<std::size_t>(2 * half_up(request.size.width));
    blue_.resize(even);
    for (auto* row : {&tint_.green, &tint_.blue, &beams_[0].green, &beams_[0].blue,
                      &beams_[1].green, &beams_[1].blue})
      row->resize(even);
    fill(luma_.view(), 16);
  }

  void apply(Layer layer, const Scene& scene) override {
    const Rect seen = role_ == Role::kPerson ? presence(layer.matte) : whole(layer.picture.size());
    if (seen.width == 0) return;
    keep(layer.picture.y, seen);
    const Rect columns{seen.x, 0, seen.width, layer.picture.y.height};
    const ImageView picture = crop(layer.picture, columns);
    const Plane kept = luma_.view().crop({kMargin + seen.x, 0, seen.width, columns.height});
    const auto moment =
        static_cast<int>(std::llround(1000 * seconds_since_start(scene.now)) & 0xffffff);
    for (int c = seen.y / 2; c < half_up(seen.y + seen.height); ++c) {
      tint(picture.u.row(c), picture.v.row(c), tint_.green.data(), tint_.blue.data(),
           picture.u.width);
      for (int i = 0; i < 2; ++i)
        if (2 * c + i < picture.y.height)
          draw(picture.y, kept, seen.x, 2 * c + i, moment, beams_[i]);
      const Beam& second = beams_[2 * c + 1 < picture.y.height ? 1 : 0];
      add_chroma(beams_[0].green.data(), beams_[0].blue.data(), second.green.data(),
                 second.blue.data(), picture.u.row(c), picture.v.row(c), picture.u.width);
    }
  }

 private:
  /// The luma that this part of the result is made from.
  void keep(ConstPlane luma, Rect part) {
    const int x = std::max(part.x - kShift, 0), y = std::max(part.y - kShift, 0);
    const int width = std::min(part.x + part.width + kShift, luma.width) - x;
    const int height = std::min(part.y + part.height + kShift, luma.height) - y;
    copy(luma.crop({x, y, width, height}), luma_.view().crop({kMargin + x, y, width, height}));
  }

  double strength(int y, int moment) const {
    return y % kPeriod < kDimmed ? 0.1 + 0.2 * chance(seed_ + moment, y) : 1;
  }

  /// `left`: where in the picture the columns begin.
  void draw(Plane luma, Plane kept, int left, int y, int moment, Beam& beam) {
    const int n = luma.width;
    const bool above = y >= kShift, below = y + kShift < luma.height;
    const double here = kShare * kHere * strength(y, moment);
    const double from_above = above ? kShare * kAbove * strength(y - kShift, moment) : 0;
    const double from_below = below ? kShare * kBelow * strength(y + kShift, moment) : 0;
    const int factors[] = {factor(here * kFull), factor(from_above * kFull),
                           factor(from_below * kFull)};
    mark_blue(here, from_above, from_below);
    project(kept.row(y), kept.row(above ? y - kShift : y) - kShift,
            kept.row(below ? y + kShift : y) + kShift, factors, blue_.data() + left,
            beam.green.data(), beam.blue.data(), n);
    if (y % kPeriod >= kDimmed)
      saturate(kept.row(y), tint_.green.data(), tint_.blue.data(), beam.green.data(),
               beam.blue.data(), n);
    add_luma(beam.green.data(), beam.blue.data(), luma.row(y), n);
    if (n % 2 == 1) {
      beam.green[static_cast<std::size_t>(n)] = beam.green[static_cast<std::size_t>(n - 1)];
      beam.blue[static_cast<std::size_t>(n)] = beam.blue[static_cast<std::size_t>(n - 1)];
    }
  }

  /// The blue of a black picture: less at the sides, where a ghost ends.
  void mark_blue(double here, double above, double below) {
    const int n = luma_.size().width - 2 * kMargin;
    const auto blue = [](double sum) {
      return static_cast<std::int16_t>(std::lround(kWhite * sum));
    };
    std::fill_n(blue_.begin(), n, blue(here + above + below));
    for (int x = 0; x < std::min(kShift, n); ++x) {
      blue_[static_cast<std::size_t>(x)] = blue(here + below);
      blue_[static_cast<std::size_t>(n - 1 - x)] = blue(here + above);
    }
  }

  Role role_;
  int seed_;
  PlaneBuffer luma_;
  std::vector<std::int16_t> blue_;
  Beam tint_, beams_[2];
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_hologram(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Hologram>(request, integer(spec, kHologramSeed));
}

}  // namespace scrim
