// Tested by tests/pipeline/pause_test.cpp.
#include "pipeline/pause.h"

#include <algorithm>

#include "image/canvas.h"
#include "image/convert.h"

namespace scrim {
namespace {

constexpr Yuv kDark{40, 132, 124};

/// Two bars on a dim disc in the middle, a sixth of the picture high.
void draw_sign(ImageView picture) {
  const auto [width, height] = picture.size();
  const double radius = std::min(width, height) / 12.0;
  Canvas canvas(picture.size());
  canvas.aim(picture);
  canvas.place(moved(width / 2.0, height / 2.0) * scaled(radius, radius));
  canvas.fill(canvas.shape().ellipse({0, 0}, 1, 1), {flat(rgb(0x101418), 0.55)});
  for (const double x : {-0.42, 0.14})
    canvas.fill(canvas.shape().box({x, -0.42}, {x + 0.28, 0.42}, 0.06), {flat(rgb(0xf2f4f6), 0.9)});
}

}  // namespace

Expected<Image> make_pause_picture(const std::optional<Spec>& spec, Composer& composer, Size size) {
  Image room(size);
  fill(room.view(), kDark);
  Image picture(size);
  if (spec) {
    auto background = make_background(*spec, size);
    if (!background) return std::unexpected(background.error());
    if (auto ok = (*background)->draw(room.view(), kStart, picture.view()); !ok)
      return std::unexpected(ok.error());
    return picture;
  }
  Matte nobody(size);
  fill(nobody.view(), 0);
  Stats unused;
  composer.compose(room.view(), nobody.view(), kStart, {picture.view(), {}}, unused);
  draw_sign(picture.view());
  return picture;
}

}  // namespace scrim
