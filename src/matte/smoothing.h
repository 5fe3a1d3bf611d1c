// Steadies a matte in time without making it lag: where the picture stands still, a changing matte
// is flicker and follows slowly; where something moves, it follows at once. What is surely person
// or surely not is believed sooner than what is in between. Works on a small grid. Reentrant;
// allocates only when the grid's size changes.
#pragma once

#include "image/image.h"
#include "matte/motion.h"

namespace scrim {

class Smoothing {
 public:
  /// 0: off .. 1: steadiest.
  explicit Smoothing(double strength);
  /// Forgets earlier pictures.
  void reset() { follows_ = false; }
  /// Holds `matte` near that of the call before; `motion` has seen its picture, at the same size.
  void apply(const Motion& motion, Plane matte);

 private:
  int least_gain_;  // of 256
  bool follows_ = false;
  PlaneBuffer last_;
};

}  // namespace scrim
