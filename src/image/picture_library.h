// Pictures that lie over others: decoded as a whole, with transparency, perhaps moving. The core
// reads no files; who does (src/media) implements the library and hands it down.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "image/image.h"

namespace scrim {

/// One picture of a Clip; all have the same size.
struct ClipPicture {
  Image picture;
  Matte alpha;       // 255: covers what is beneath
  double until = 0;  // seconds from the clip's start
};
/// At least one picture, by rising `until`; played again and again. One picture stands still.
using Clip = std::vector<ClipPicture>;

class PictureLibrary {
 public:
  virtual ~PictureLibrary() = default;
  /// `height`: of the clip; 0 leaves its own. kRequest: "read FILE: cause; cure".
  virtual Expected<Clip> open(const std::string& path, int height) const = 0;
};

}  // namespace scrim
