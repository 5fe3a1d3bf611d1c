// Where the head of the person in a matte is: the matte's own outline says it, no second network.
// Deterministic; allocates nothing after it was made. Reentrant.
#pragma once

#include <optional>
#include <vector>

#include "image/image.h"

namespace scrim {

class HeadFinder {
 public:
  explicit HeadFinder(Size size);
  /// The head with its hair, in pixels; rather too large than too small. Empty: nobody is there.
  std::optional<Rect> find(ConstPlane matte);

 private:
  /// Columns first..last, of the small matte.
  struct Run {
    int first = 0, last = -1;
    int width() const { return last - first + 1; }
  };
  Run widest(int row) const;
  Run above(int row, Run below) const;
  std::size_t head_end() const;

  Size size_;
  PlaneBuffer small_;
  std::vector<Run> runs_;  // from the crown down
};

}  // namespace scrim
