// Where a picture moved since the last one, seen on a small grid of its luma.
//
// Differences of luma are averaged over 3x3 samples, which takes sensor noise out, and their
// magnitudes over 7x7, which closes what moved inside one surface. What is left of the noise is
// about their median, so a dark room needs no other threshold than a bright one. Reentrant;
// allocates only when the grid's size changes.
#pragma once

#include <vector>

#include "image/image.h"

namespace scrim {

class Motion {
 public:
  /// Compares with the luma of the call before. The first one after reset() moved nowhere.
  void see(ConstPlane luma);
  void reset() { seen_ = false; }

  /// 0 still .. 1 moving, of the samples of row y.
  const float* row(int y) const {
    return weights_.data() + static_cast<std::ptrdiff_t>(y) * width_;
  }
  /// Another scene: the picture as a whole has changed.
  bool cut() const { return cut_; }

 private:
  float take_differences(ConstPlane luma);

  int width_ = 0;
  std::vector<float> last_, weights_, scratch_;
  bool seen_ = false, cut_ = false;
};

}  // namespace scrim
