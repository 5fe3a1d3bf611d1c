// Where a picture moved since the last one, seen on a small grid of its luma.
//
// Differences of luma are averaged over 3x3 samples, which takes sensor noise out, and their
// magnitudes over 7x7, which closes what moved inside one surface. What is left of the noise is
// about their median, so a dark room needs no other threshold than a bright one. Reentrant;
// allocates only when the grid's size changes.
#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"

namespace scrim {

class Motion {
 public:
  /// Compares with the luma of the call before. The first one after reset() moved nowhere.
  void see(ConstPlane luma);
  void reset() { seen_ = false; }

  /// 0 still .. 255 moving, of the samples of row y.
  const std::uint8_t* row(int y) const { return weights_.view().row(y); }
  /// Another scene: the picture as a whole has changed.
  bool cut() const { return cut_; }

 private:
  void prepare(Size size);
  void weigh();
  int median() const;
  std::ptrdiff_t at(int y) const { return static_cast<std::ptrdiff_t>(y) * last_.size().width; }

  PlaneBuffer last_, weights_;
  std::vector<std::int16_t> differences_;
  std::vector<std::uint16_t> magnitudes_, activity_;  // sums over 3x3 and 7, and 7x7
  std::vector<std::int16_t> line_;                    // with a margin at both ends
  std::vector<std::uint16_t> wide_line_;
  bool seen_ = false, cut_ = false;
};

}  // namespace scrim
