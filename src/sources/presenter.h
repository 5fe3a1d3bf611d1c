// The presenter: a drawn person who talks, turns, leans, waves, leaves and comes back, in a drawn
// room, with an exact matte. First runs, demos and tests use it where there is no camera.
//
// Pictures are a pure function of seed, size and time, the same bytes on every machine with the
// same build. Reentrant; draw() allocates nothing.
#pragma once

#include "image/canvas.h"
#include "image/image.h"
#include "sources/grain.h"
#include "sources/presenter_framing.h"
#include "sources/presenter_looks.h"

namespace scrim {

struct PresenterOptions {
  int seed = 1;        // who, wearing what, in which room
  bool empty = false;  // nobody there
  double noise = 2.5;  // sigma of sensor noise, in levels of luma
};

class Presenter {
 public:
  Presenter(Size size, PresenterOptions options);

  Size size() const { return size_; }
  /// The moment `seconds` of the scene. `matte`, of the same size or without data, becomes the
  /// person's exact coverage: 255 inside, 0 outside, the share of the pixel at edges.
  void draw(double seconds, ImageView picture, Plane matte = {});

 private:
  Size size_;
  PresenterOptions options_;
  Framing framing_;
  Looks looks_;
  Canvas canvas_;
  Grain grain_;
  Image room_;
};

}  // namespace scrim
