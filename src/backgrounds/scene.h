// Scenes drawn by code; they are there without any file, at any size. The table of them. A new one:
// a file in this folder with its function, and a row here. Reentrant.
#pragma once

#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "image/canvas.h"
#include "image/image.h"

namespace scrim {

/// What a scene is drawn on. The units: 720 to the height of the picture, x = 0 in its middle.
struct Easel {
  static constexpr double kHeight = 720;

  Canvas& canvas;
  ImageView picture;
  int seed;     // which variant
  double side;  // the picture reaches from -side to side

  double unit() const { return picture.size().height / kHeight; }  // in pixels
  /// 0..1, the same for the same index.
  double random(int index) const { return chance(seed, index); }
  void fill_all(std::initializer_list<Paint> paints) const;
  void fill_box(Point a, Point b, double radius, std::initializer_list<Paint> paints) const;
  void fill_disc(Point centre, double rx, double ry, std::initializer_list<Paint> paints) const;
  /// Puts all that is there out of focus; `radius` in units.
  void soften(double radius) const;
};

/// Variants take turns; the first is that of seed 1.
template <class T, std::size_t n>
const T& variant(const T (&all)[n], int seed) {
  return all[static_cast<std::size_t>(seed > 0 ? seed - 1 : 0) % n];
}

void draw_aurora(const Easel&);
void draw_bokeh(const Easel&);
void draw_brick(const Easel&);
void draw_landscape(const Easel&);
void draw_leaves(const Easel&);
void draw_sea(const Easel&);
void draw_shelf(const Easel&);
void draw_slats(const Easel&);
void draw_studio(const Easel&);
void draw_sunlight(const Easel&);
void draw_window(const Easel&);

struct SceneKind {
  std::string_view name;
  void (*draw)(const Easel&);
};
/// The first is the usual one.
inline constexpr SceneKind kScenes[] = {
    {"landscape", draw_landscape}, {"aurora", draw_aurora}, {"bokeh", draw_bokeh},
    {"brick", draw_brick},         {"leaves", draw_leaves}, {"sea", draw_sea},
    {"shelf", draw_shelf},         {"slats", draw_slats},   {"studio", draw_studio},
    {"sunlight", draw_sunlight},   {"window", draw_window},
};
inline constexpr auto kSceneNames = [] {
  std::array<std::string_view, std::size(kScenes)> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kScenes[i].name;
  return names;
}();

/// Fills `out`; the same scene, seed and size give the same bytes everywhere.
void draw_scene(const SceneKind& scene, int seed, ImageView out);

}  // namespace scrim
