#include "sources/presenter_framing.h"

#include <algorithm>

namespace scrim {
namespace {

constexpr double kUsualHeight = 720;
constexpr double kLeastWidth = 720;
constexpr double kShareAbove = 0.4;  // of the height that upright pictures have in addition

}  // namespace

Framing Framing::of(Size size) {
  const double width = size.width, height = size.height;
  const double scale = std::min(height / kUsualHeight, width / kLeastWidth);
  const double above = kShareAbove * (height / scale - kUsualHeight);
  Framing framing;
  framing.to_pixels = moved(width / 2, above * scale) * scaled(scale, scale);
  framing.left = -width / 2 / scale;
  framing.right = -framing.left;
  framing.top = -above;
  framing.bottom = height / scale - above;
  return framing;
}

}  // namespace scrim
