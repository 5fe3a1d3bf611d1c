// Stretches a matte's contrast: the network is rarely quite sure, and a person who is 97 % there
// shines through. Reentrant.
#pragma once

#include "image/image.h"

namespace scrim {

/// At or below `low` nobody, at or above `high` a person, a straight line between; 0..255.
struct Levels {
  int low;
  int high;
};
void apply(Levels levels, Plane matte);

}  // namespace scrim
