#include "backgrounds/scene.h"

#include <algorithm>
#include <cmath>

#include "backgrounds/kinds.h"
#include "backgrounds/still.h"
#include "image/convert.h"
#include "image/filter.h"

namespace scrim {

void Easel::fill_all(std::initializer_list<Paint> paints) const {
  fill_box({-side - 2, -2}, {side + 2, kHeight + 2}, 0, paints);
}

void Easel::fill_box(Point a, Point b, double radius, std::initializer_list<Paint> paints) const {
  canvas.fill(canvas.shape().box(a, b, radius), paints);
}

void Easel::fill_disc(Point centre, double rx, double ry,
                      std::initializer_list<Paint> paints) const {
  canvas.fill(canvas.shape().ellipse(centre, rx, ry), paints);
}

void Easel::soften(double radius) const {
  Blur(picture.size(), static_cast<int>(std::lround(radius * unit()))).apply(picture);
}

void draw_scene(const SceneKind& scene, int seed, ImageView out) {
  const Size size = out.size();
  Canvas canvas(size);
  const double scale = size.height / Easel::kHeight;
  fill(out, Yuv{});
  canvas.aim(out);
  canvas.place(moved(size.width / 2.0, 0) * scaled(scale, scale));
  scene.draw({canvas, out, seed, size.width / 2.0 / scale});
}

MadeBackground make_scene(const Spec& spec, Size size, const Playback&) {
  const auto named = std::ranges::find(kScenes, spec.argument, &SceneKind::name);
  Image picture(size);
  draw_scene(named == std::end(kScenes) ? kScenes[0] : *named, integer(spec, kSceneSeed),
             picture.view());
  return std::make_unique<Still>(std::move(picture));
}

}  // namespace scrim
