// Where the presenter's units lie in a picture: 720 of them to its height, x = 0 in its middle.
// In upright pictures they are smaller, so that the person's shoulders still fit, and there is more
// wall above and more floor below. Reentrant.
#pragma once

#include "image/image.h"
#include "image/path.h"

namespace scrim {

struct Framing {
  Transform to_pixels;
  double left, top, right, bottom;  // the picture's borders, in units

  static Framing of(Size size);
};

}  // namespace scrim
