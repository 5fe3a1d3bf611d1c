// How the presenter and the room look, by seed: data only. The first six seeds are six different
// people; later ones mix their features. Reentrant.
#pragma once

#include "image/canvas.h"

namespace scrim {

/// One material under light: its colour, in shade, and where light falls on it.
struct Tone {
  Colour base, shade, light;
};

enum class HairStyle { kLong, kCurly, kShort };

struct Looks {
  Tone skin, hair, shirt, collar;
  Colour lips, iris;
  HairStyle hair_style = HairStyle::kLong;
  bool open_collar = false, beard = false, glasses = false, headset = false;
  Tone wall, wood, chair;
};

Looks looks_of(int seed);

}  // namespace scrim
