// A landscape drawn by code: mountains in haze under a wide evening or morning sky. It is there
// without any file. Reentrant.
#pragma once

#include "image/image.h"

namespace scrim {

/// Fills `out`, of any size; the same seed and size give the same bytes everywhere.
void draw_scene(int seed, ImageView out);

}  // namespace scrim
