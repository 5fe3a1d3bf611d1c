// Draws the room behind the presenter: a wall in window light, shelves, a picture, plants, a lamp
// and the presenter's chair. Reentrant.
#pragma once

#include "image/canvas.h"
#include "sources/presenter_framing.h"
#include "sources/presenter_looks.h"

namespace scrim {

/// Fills the whole picture that `canvas` is aimed at.
void draw_room(Canvas& canvas, const Framing& framing, const Looks& looks, int seed);

}  // namespace scrim
