#include "sources/presenter_stage.h"

#include <algorithm>

namespace scrim {
namespace {

constexpr double kUsualHeight = 720;
constexpr double kLeastWidth = 720;
constexpr double kShareAbove = 0.4;  // of the height that upright pictures have in addition

}  // namespace

Stage Stage::of(Size size) {
  const double width = size.width, height = size.height;
  const double scale = std::min(height / kUsualHeight, width / kLeastWidth);
  const double above = kShareAbove * (height / scale - kUsualHeight);
  Stage stage;
  stage.to_pixels = moved(width / 2, above * scale) * scaled(scale, scale);
  stage.left = -width / 2 / scale;
  stage.right = -stage.left;
  stage.top = -above;
  stage.bottom = height / scale - above;
  return stage;
}

}  // namespace scrim
