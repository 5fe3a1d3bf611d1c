// A segmenter without a network: its answer is known, so tests can tell what others made of it.
#include <algorithm>
#include <cmath>

#include "segmenters/kinds.h"

namespace scrim {
namespace {

constexpr Size kMatteSize{64, 64};
constexpr double kSoftness = 0.15;  // of the radius, from none to full

/// Its middle and its sides, as parts of the whole picture.
struct Ellipse {
  double x, y, width, height;
};

class Oval : public Segmenter {
 public:
  explicit Oval(const Ellipse& ellipse) : ellipse_(ellipse) {}
  Size matte_size(Size) const override { return kMatteSize; }

  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    const Size size = picture.size();
    for (int j = 0; j < out.height; ++j)
      for (int i = 0; i < out.width; ++i) {
        const double x = (region.x + (i + 0.5) * region.width / out.width) / size.width;
        const double y = (region.y + (j + 0.5) * region.height / out.height) / size.height;
        out.row(j)[i] = static_cast<std::uint8_t>(std::lround(255 * inside(x, y)));
      }
    return {};
  }

 private:
  /// 1 well inside, 0 well outside, a half on the line.
  double inside(double x, double y) const {
    const double distance =
        std::hypot(2 * (x - ellipse_.x) / ellipse_.width, 2 * (y - ellipse_.y) / ellipse_.height);
    return std::clamp(0.5 + (1 - distance) / kSoftness, 0.0, 1.0);
  }

  Ellipse ellipse_;
};

}  // namespace

Expected<std::unique_ptr<Segmenter>> make_oval(const Spec& spec, const SegmenterNeeds&) {
  return std::make_unique<Oval>(Ellipse{number(spec, kOvalX), number(spec, kOvalY),
                                        number(spec, kOvalWidth), number(spec, kOvalHeight)});
}

}  // namespace scrim
