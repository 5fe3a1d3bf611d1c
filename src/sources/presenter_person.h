// Draws the presenter: body, arms and hand here, the head in presenter_face.cpp and
// presenter_hair.cpp. Everything drawn is part of the person, so the canvas's matte becomes exact.
// Reentrant; allocates nothing.
#pragma once

#include "image/canvas.h"
#include "sources/presenter_framing.h"
#include "sources/presenter_looks.h"
#include "sources/presenter_pose.h"

namespace scrim {

void draw_person(Canvas& canvas, const Framing& framing, const Looks& looks, const Pose& pose);

/// What the parts of the head need: the canvas is placed so that (0, 0) is the middle of the face,
/// which reaches from x = -92 to 92 and from y = -120 to the chin at 128.
struct Head {
  Canvas& canvas;
  const Looks& looks;
  const Pose& pose;

  /// Where a point of the head, `z` nearer than its axis, is seen once the head has turned.
  Point at(double x, double y, double z) const;
};

void draw_back_hair(const Head& head);
void draw_face(const Head& head);
void draw_front_hair(const Head& head);
void draw_headset(const Head& head);

}  // namespace scrim
