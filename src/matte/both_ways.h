// Steadies a recording's mattes by those before and after them, which a live run cannot: nothing
// lags, and what shows up in one picture alone goes.
//
// Each sample becomes the mean of the same place in up to kReach pictures on either side. A picture
// weighs the less the further it is, nothing from where the picture moved in between, and the more
// the surer it is. That is a bilateral filter along time (Tomasi, Manduchi, "Bilateral Filtering
// for Gray and Color Images", 1998) whose likeness is the absence of motion. Works on the small
// grid; costs a dozen operations per sample and neighbour. Reentrant.
#pragma once

#include <span>
#include <vector>

#include "image/image.h"

namespace scrim {

/// One picture of a row: its matte, and where it moved since the one before, 0 still .. 255, as
/// Motion says; same sizes.
struct Glance {
  ConstPlane matte, moving;
};

class BothWays {
 public:
  static constexpr std::size_t kReach = 8;

  /// `strength`: 0 off .. 1 all that do not move count alike.
  explicit BothWays(double strength) : strength_(static_cast<float>(strength)) {}
  /// Fills `out`, of the mattes' size and none of them, with the steadied matte of row[at].
  void steady(std::span<const Glance> row, std::size_t at, Plane out);

 private:
  void add(std::span<const Glance> row, std::size_t at, int y, int step);

  float strength_;
  std::vector<float> reached_, sum_, weight_;  // of the row of samples in hand
};

}  // namespace scrim
