// What the presenter does, as numbers of time. A cycle of 20 s: 0..10 talking, turning the head,
// leaning, waving; then up and out of the picture, nobody for 1.7 s, back, and talking on.
// Pure functions; reentrant.
#pragma once

namespace scrim {

/// All angles in turns; distances in the presenter's units (720 to the height of the picture).
struct Pose {
  double yaw = 0;                 // the head, towards the right of the picture
  double pitch = 0;               // downwards
  double roll = 0;                // clockwise as seen
  double lean = 0;                // the whole upper body, clockwise as seen
  double near = 0;                // 0..1: leaning towards the camera
  double away = 0;                // 0 in the middle, 1 out of the picture on the right
  double rise = 0;                // 0 sitting, 1 standing
  double bob = 0;                 // up and down, of steps and breath: -1..1
  double wave = 0;                // the arm on the right: 0 down, 1 raised
  double wag = 0;                 // the raised hand to and fro: -1..1
  double mouth = 0;               // 0 closed, 1 open
  double smile = 0;               // 0..1
  double lids = 0;                // 0 open, 1 closed
  double brows = 0;               // raised: 0..1
  double gaze_x = 0, gaze_y = 0;  // -1..1
};

constexpr double kCycleSeconds = 20;
/// Nobody is in the picture between these seconds of the cycle.
constexpr double kGoneFrom = 13.1, kGoneUntil = 14.8;

Pose pose_at(double seconds);

}  // namespace scrim
