// Things that stand in drawn rooms: books, plants, shadows. All geometry is in the author's units,
// as the Canvas has it. Reentrant; each keeps to the Canvas's rule of not allocating.
#pragma once

#include <initializer_list>

#include "image/canvas.h"

namespace scrim {

void fill_box(Canvas& canvas, Point a, Point b, double radius, std::initializer_list<Paint> paints);

/// A soft shadow of something that stands off the wall.
void draw_shadow(Canvas& canvas, Point centre, double rx, double ry, double alpha);

/// Books side by side from `left` on, until they reach `right`, on a board at `board`; `seed` and
/// `first` tell which, `scale` how large.
void draw_books(Canvas& canvas, int seed, double left, double right, double board, int first,
                double scale = 1);

/// A pointed leaf from `root` along `turns` (0: upwards).
void draw_leaf(Canvas& canvas, Point root, double turns, double length, double width,
               Colour colour);

/// A flower pot, as wide as `width` above.
void draw_pot(Canvas& canvas, Point foot, double width, double height, Colour colour);

}  // namespace scrim
