// A running mean in time, where nothing moves: each sample follows its new value the faster the
// more they differ, so grain is averaged away while edges that move are left at once. Differences
// are judged by their mean over a small neighbourhood, which grain averages out of and motion does
// not. Tested by tests/effects/colours_test.cpp.
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/dispatch.h"
#include "effects/kinds.h"
#include "image/filter.h"

namespace scrim {
namespace {

constexpr Clock::duration kLongGap = std::chrono::seconds(1);

/// 128 + the difference of row and mean (128ths of a level), halved.
SCRIM_CLONES void differences(const std::uint8_t* row, const std::uint16_t* mean, std::uint8_t* out,
                              int n) {
  for (int x = 0; x < n; ++x) {
    const int difference = ((row[x] << 7) - mean[x]) >> 7;
    out[x] = static_cast<std::uint8_t>(128 + std::clamp(difference, -127, 127));
  }
}

/// `change`: differences() averaged over the neighbourhood.
SCRIM_CLONES void follow(const std::uint8_t* change, int slowest, int slope, std::uint16_t* mean,
                         std::uint8_t* row, int n) {
  for (int x = 0; x < n; ++x) {
    const int motion = std::abs(change[x] - 128);
    const int own = std::abs(((row[x] << 7) - mean[x]) >> 7);
    const int moves = std::max(motion - 1, 0) * 2 * slope + (std::max(own - 8, 0) * slope >> 2);
    const int share = std::min(slowest + moves, 256);
    const int next = mean[x] + ((((row[x] << 7) - mean[x]) * share) >> 8);
    mean[x] = static_cast<std::uint16_t>(next);
    row[x] = static_cast<std::uint8_t>((next + 64) >> 7);
  }
}

/// One plane's past.
class Past {
 public:
  explicit Past(Size size)
      : mean_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)),
        change_(size),
        filter_(size) {}

  void apply(Plane plane, int slowest, int slope, bool fresh) {
    if (fresh) return remember(plane);
    for (int y = 0; y < plane.height; ++y)
      differences(plane.row(y), row(y, plane.width), change_.view().row(y), plane.width);
    filter_.box_blur(change_.view(), 2);
    for (int y = 0; y < plane.height; ++y)
      follow(change_.view().row(y), slowest, slope, row(y, plane.width), plane.row(y), plane.width);
  }

 private:
  std::uint16_t* row(int y, int width) {
    return mean_.data() + static_cast<std::ptrdiff_t>(y) * width;
  }
  void remember(Plane plane) {
    for (int y = 0; y < plane.height; ++y)
      for (int x = 0; x < plane.width; ++x)
        row(y, plane.width)[x] = static_cast<std::uint16_t>(plane.row(y)[x] << 7);
  }

  std::vector<std::uint16_t> mean_;
  PlaneBuffer change_;
  PlaneFilter filter_;
};

class Denoise : public Effect {
 public:
  Denoise(Size size, double strength)
      : size_(size),
        slowest_(static_cast<int>(std::lround(256 - 228 * strength))),
        slope_(static_cast<int>(std::lround(64 - 24 * strength))) {}

  void apply(Layer layer, const Scene& scene) override {
    // A run with cut-outs comes twice for a moment, each time with another picture.
    turn_ = last_ && *last_ == scene.now ? turn_ + 1 : 0;
    const bool follows = last_ && scene.now >= *last_ && scene.now - *last_ < kLongGap;
    last_ = scene.now;
    const std::size_t first = 3 * turn_;
    const bool fresh = !follows || past_.size() <= first;
    if (past_.size() <= first) {
      past_.emplace_back(size_);
      past_.emplace_back(chroma_size(size_));
      past_.emplace_back(chroma_size(size_));
    }
    past_[first].apply(layer.picture.y, slowest_, slope_, fresh);
    past_[first + 1].apply(layer.picture.u, slowest_, slope_, fresh);
    past_[first + 2].apply(layer.picture.v, slowest_, slope_, fresh);
  }

 private:
  Size size_;
  int slowest_, slope_;
  std::vector<Past> past_;
  std::size_t turn_ = 0;
  std::optional<Clock::time_point> last_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_denoise(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Denoise>(request.size, number(spec, kDenoiseStrength));
}

}  // namespace scrim
