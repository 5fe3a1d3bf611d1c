// Where in a picture the person is, for effects that need not touch the rest. Reentrant.
#pragma once

#include "image/image.h"

namespace scrim {

/// The smallest rectangle whose corners are multiples of `grid` (even) that holds all of the matte
/// above 0, cut at the borders. 0 wide: nobody is there.
Rect presence(ConstPlane matte, int grid = 2);

}  // namespace scrim
