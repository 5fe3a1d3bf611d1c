#include "sources/presenter_person.h"

namespace scrim {
namespace {

constexpr Point kHeadCentre{0, 268};
constexpr Point kNeckPivot{0, 400};
constexpr Point kShoulder{203, 552};
constexpr double kForearm = 198;

/// From body units to pixels: walking, standing up, leaning.
Transform body_place(const Framing& framing, const Pose& pose) {
  const double way = pose.away * (framing.right + 480);
  const double size = 1 + 0.07 * pose.near;
  return framing.to_pixels * moved(way, 5 * pose.bob - 36 * pose.rise) *
         turned(pose.lean, {0, 900}) * moved(0, 720) * scaled(size, size) * moved(0, -720);
}

Transform head_place(const Pose& pose) {
  const double nod = 220 * pose.pitch + 8 * pose.near;
  return turned(pose.roll, kNeckPivot) * moved(kHeadCentre.x + 110 * pose.yaw, kHeadCentre.y + nod);
}

/// How light falls on the shirt: the same on torso and sleeves, so that they join unseen. `side`
/// = -1 in mirrored coordinates.
Paint shirt_light(const Tone& shirt, double side) {
  return linear({-240 * side, 500}, mix(shirt.base, shirt.light, 0.4), {260 * side, 640},
                mix(shirt.base, shirt.shade, 0.25));
}

Paint shirt_depth(const Tone& shirt) {
  return fade(shirt.shade, {0, 560}, 0, {0, 1000}, 0.6);
}

void draw_torso(Canvas& canvas, const Looks& looks) {
  const Tone& shirt = looks.shirt;
  Path& torso = canvas.shape();
  torso.smooth({{0, 440},
                {70, 446},
                {112, 464},
                {172, 484},
                {226, 516},
                {252, 580},
                {262, 690},
                {272, 820},
                {276, 1100},
                {270, 1500},
                {-270, 1500},
                {-276, 1100},
                {-272, 820},
                {-262, 690},
                {-252, 580},
                {-226, 516},
                {-172, 484},
                {-112, 464},
                {-70, 446}});
  canvas.fill(torso, {shirt_light(shirt, 1), shirt_depth(shirt),
                      glow(shirt.light, 0.4, {-84, 566}, 74, 92, 0.03),
                      glow(shirt.light, 0.25, {84, 570}, 70, 84, -0.03),
                      glow(shirt.shade, 0.55, {0, 476}, 128, 64),
                      glow(shirt.light, 0.28, {-150, 492}, 70, 18, -0.05),
                      glow(shirt.light, 0.2, {150, 492}, 70, 18, 0.05)});
}

/// Soft creases: a dark ribbon and its lit rim.
void draw_fold(Canvas& canvas, const Tone& cloth, Point a, Point b, Point c, double strength) {
  canvas.fill(canvas.shape().ribbon({a, b, c}, {1, 11, 1}), {flat(cloth.shade, 0.35 * strength)});
  const Point lift{-5, -4};
  canvas.fill(canvas.shape().ribbon({a + lift, b + lift, c + lift}, {1, 6, 1}),
              {flat(cloth.light, 0.22 * strength)});
}

void draw_folds(Canvas& canvas, const Looks& looks) {
  const Tone& cloth = looks.shirt;
  draw_fold(canvas, cloth, {-176, 600}, {-150, 622}, {-116, 668}, 0.7);
  draw_fold(canvas, cloth, {-180, 634}, {-160, 676}, {-150, 744}, 0.6);
  draw_fold(canvas, cloth, {176, 600}, {148, 626}, {118, 672}, 0.8);
  draw_fold(canvas, cloth, {180, 634}, {162, 676}, {156, 750}, 0.6);
  for (double side : {-1.0, 1.0})
    canvas.fill(canvas.shape().ribbon({{side * 146, 474}, {side * 168, 520}, {side * 176, 604}},
                                      {1, 2.6, 1}),
                {flat(cloth.shade, 0.45)});
}

void draw_neck(Canvas& canvas, const Looks& looks, Point sway) {
  const Tone& skin = looks.skin;
  const double x = sway.x * 0.6;
  Path& neck = canvas.shape();
  neck.smooth({{-52 + x, 330},
               {-53 + x, 370},
               {-55 + x * .6, 412},
               {-66, 438},
               {-92, 458},
               {-62, 488},
               {-30, 512},
               {0, 522},
               {30, 512},
               {62, 488},
               {92, 458},
               {66, 438},
               {55 + x * .6, 412},
               {53 + x, 370},
               {52 + x, 330}});
  canvas.fill(neck, {linear({-60, 400}, skin.base, {62, 420}, mix(skin.base, skin.shade, 0.6)),
                     fade(mix(skin.shade, rgb(0x401810), 0.15), {0, 384}, 0.95, {0, 446}, 0),
                     glow(skin.shade, 0.4, {26 + x * .4, 440}, 9, 60, 0.035),
                     glow(skin.shade, 0.3, {-24 + x * .4, 440}, 8, 60, -0.035),
                     glow(skin.light, 0.35, {-44, 486}, 34, 9, 0.09),
                     glow(skin.light, 0.25, {46, 486}, 30, 8, -0.09),
                     glow(skin.shade, 0.5, {0, 494}, 9, 12)});
}

void draw_shirt_collar(Canvas& canvas, const Tone& collar, double side) {
  const auto p = [side](double x, double y) { return Point{side * x, y}; };
  Path& shadow = canvas.shape();
  shadow.polygon({p(60, 428), p(98, 462), p(64, 560), p(4, 522), p(4, 514)});
  canvas.fill(shadow, {flat(rgb(0x000000), 0.16)});
  Path& wing = canvas.shape();
  wing.smooth({p(57, 418), p(57, 418), p(76, 434), p(97, 458), p(97, 458), p(78, 506), p(60, 548),
               p(60, 548), p(30, 534), p(1, 516), p(1, 516), p(36, 484), p(56, 450)});
  canvas.fill(wing, {linear(p(40, 440), collar.light, p(70, 560), collar.base),
                     fade(collar.shade, p(54, 440), 0.7, p(80, 462), 0),
                     fade(collar.shade, {40, 480}, 0, {130, 500}, 0.6)});
}

void draw_round_collar(Canvas& canvas, const Tone& collar) {
  Path& band = canvas.shape();
  band.ribbon({{-88, 446}, {-70, 484}, {-36, 514}, {0, 523}, {36, 514}, {70, 484}, {88, 446}},
              {16, 20, 21, 22, 21, 20, 16});
  canvas.fill(band, {linear({-80, 460}, collar.light, {90, 500}, collar.shade),
                     fade(collar.shade, {0, 518}, 0, {0, 534}, 0.6)});
  Path& seam = canvas.shape();
  seam.ribbon({{-96, 456}, {-76, 496}, {-38, 527}, {0, 536}, {38, 527}, {76, 496}, {96, 456}},
              {1, 2, 2, 2, 2, 2, 1});
  canvas.fill(seam, {flat(collar.shade, 0.8)});
}

void draw_collar(Canvas& canvas, const Looks& looks) {
  if (!looks.open_collar) return draw_round_collar(canvas, looks.collar);
  draw_shirt_collar(canvas, looks.collar, -1);
  draw_shirt_collar(canvas, looks.collar, 1);
}

/// One arm, given for the right of the picture; `side` = -1 mirrors it.
struct Arm {
  Point elbow, wrist;
  double angle;   // of the forearm: 0 upwards, 0.25 outwards
  double raised;  // 0..1
};

Arm arm_of(double raised, double wag) {
  Arm arm;
  arm.raised = raised;
  arm.elbow = between({254, 806}, {290, 700}, raised);
  arm.angle = -0.37 + (0.37 - 0.01) * raised + 0.026 * wag * raised * raised;
  arm.wrist = arm.elbow + Point{sine(arm.angle), -cosine(arm.angle)} * kForearm;
  return arm;
}

void draw_upper_arm(Canvas& canvas, const Tone& cloth, const Arm& arm, double side) {
  const Point middle = between(kShoulder, arm.elbow, 0.5) + Point{8 - 4 * arm.raised, 0};
  Path& sleeve = canvas.shape();
  sleeve.ribbon({kShoulder, middle, arm.elbow}, {104, 106, 96});
  const Point across = Point{arm.elbow.y - kShoulder.y, kShoulder.x - arm.elbow.x} * 0.22;
  const Point low = between(kShoulder, arm.elbow, 0.72);
  const double turns = -0.035 - 0.08 * arm.raised;
  canvas.fill(sleeve, {shirt_light(cloth, side), shirt_depth(cloth),
                       glow(cloth.shade, 0.85, low - across * 0.95, 46, 150, turns),
                       glow(cloth.light, 0.3, low + across * 0.3, 26, 130, turns)});
}

void draw_forearm(Canvas& canvas, const Tone& cloth, const Arm& arm) {
  const Point half = between(arm.elbow, arm.wrist, 0.45);
  Path& sleeve = canvas.shape();
  const Point end = between(arm.elbow, arm.wrist, 0.87);
  sleeve.ribbon({arm.elbow, half, end}, {98, 90, 68});
  const Point across = Point{arm.wrist.y - arm.elbow.y, arm.elbow.x - arm.wrist.x} * 0.22;
  canvas.fill(sleeve, {linear(half + across, mix(cloth.base, cloth.light, 0.4), half - across,
                              mix(cloth.base, cloth.shade, 0.7)),
                       glow(cloth.shade, 0.5, arm.elbow, 60, 40),
                       glow(cloth.light, 0.25, half + across * 0.35, 16, 70, arm.angle)});
  for (double at : {0.18, 0.34, 0.52}) {
    const Point here = between(arm.elbow, arm.wrist, at);
    canvas.fill(canvas.shape().ribbon({here + across * 0.7, here + (arm.wrist - arm.elbow) * 0.05,
                                       here - across * 0.5},
                                      {1, 7, 1}),
                {flat(cloth.shade, 0.3)});
  }
}

void add_finger(Path& hand, Point root, Point tip, double width, double length) {
  const Point bend = between(root, tip, 0.5 * length) + Point{root.x * 0.04, 0};
  hand.ribbon({root, bend, between(root, tip, length)}, {width, width * 0.94, width * 0.78});
}

struct Finger {
  Point root, tip;
  double width;
};
constexpr Finger kFingers[] = {{{-26, -78}, {-41, -148}, 20},
                               {{-7, -84}, {-11, -166}, 21},
                               {{12, -83}, {19, -158}, 20},
                               {{29, -74}, {46, -131}, 17.5}};

/// The palm towards us; (0, 0) is the wrist, fingers point upwards.
void draw_hand(Canvas& canvas, const Tone& skin, double stretch) {
  Path& hand = canvas.shape();
  hand.smooth({{-22, 22},
               {-24, 0},
               {-33, -26},
               {-38, -56},
               {-36, -84},
               {-8, -93},
               {18, -92},
               {38, -78},
               {37, -46},
               {29, -14},
               {23, 4},
               {22, 22}});
  for (const Finger& f : kFingers) add_finger(hand, f.root, f.tip, f.width, stretch);
  hand.ribbon({{-20, -22}, {-44, -48}, {-62, -72}, {-70, -98}}, {30, 27, 21, 16});
  canvas.fill(
      hand,
      {linear({-60, -100}, mix(skin.base, skin.light, 0.35), {60, -40}, skin.base),
       fade(mix(skin.shade, rgb(0xd06050), 0.35), {0, -118}, 0, {0, -175}, 0.35),
       glow(skin.light, 0.5, {-22, -38}, 22, 34, 0.06), glow(skin.light, 0.3, {20, -46}, 18, 34),
       glow(skin.shade, 0.4, {2, -52}, 20, 30), fade(skin.shade, {14, -40}, 0, {52, -30}, 0.6),
       fade(skin.shade, {0, -8}, 0, {0, 22}, 0.6)});
  const Paint crease = flat(skin.shade, 0.55);
  canvas.fill(canvas.shape()
                  .ribbon({{-30, -66}, {-8, -58}, {14, -62}, {30, -70}}, {.6, 2.2, 2.2, .6})
                  .ribbon({{-31, -58}, {-12, -42}, {-4, -20}}, {.6, 2.4, .6})
                  .ribbon({{-24, -50}, {0, -44}, {24, -34}}, {.6, 1.8, .6}),
              {crease});
  if (stretch < 0.9) return;
  for (int i = 0; i < 3; ++i) {
    const Point gap = between(kFingers[i].root, kFingers[i + 1].root, 0.5);
    canvas.fill(canvas.shape().ribbon({gap + Point{0, -14}, gap + Point{0, 2}}, {2.4, .6}),
                {crease});
  }
}

void draw_cuff(Canvas& canvas, const Tone& collar) {
  Path& cuff = canvas.shape();
  cuff.box({-38, -6}, {38, 22}, 10);
  canvas.fill(cuff, {linear({-37, 0}, collar.light, {37, 6}, collar.shade),
                     fade(collar.shade, {0, 8}, 0, {0, 20}, 0.5)});
}

void draw_arm(Canvas& canvas, const Looks& looks, double side, double raised, double wag) {
  const Transform body = canvas.placed();
  const Arm arm = arm_of(raised, wag);
  canvas.place(body * scaled(side, 1));
  draw_upper_arm(canvas, looks.shirt, arm, side);
  const Transform wrist =
      canvas.placed() * moved(arm.wrist.x, arm.wrist.y) * turned(arm.angle + 0.018 * wag * raised);
  canvas.place(wrist);
  draw_hand(canvas, looks.skin, 0.45 + 0.55 * ease(raised * 1.6 - 0.6));
  canvas.place(body * scaled(side, 1));
  draw_forearm(canvas, looks.shirt, arm);
  canvas.place(wrist);
  draw_cuff(canvas, looks.collar);
  canvas.place(body);
}

}  // namespace

Point Head::at(double x, double y, double z) const {
  const double c = cosine(pose.yaw), s = sine(pose.yaw);
  return {x * c + z * s, y + z * sine(pose.pitch)};
}

void draw_person(Canvas& canvas, const Framing& framing, const Looks& looks, const Pose& pose) {
  if (pose.away >= 1) return;
  const Transform body = body_place(framing, pose);
  const Transform in_body = head_place(pose);
  const Head head{canvas, looks, pose};
  canvas.place(body * in_body);
  draw_back_hair(head);
  canvas.place(body);
  draw_torso(canvas, looks);
  draw_folds(canvas, looks);
  draw_neck(canvas, looks, in_body({0, 100}) - Point{0, kHeadCentre.y + 100});
  draw_collar(canvas, looks);
  draw_arm(canvas, looks, -1, 0, 0);
  canvas.place(body * in_body);
  draw_face(head);
  draw_front_hair(head);
  if (looks.headset) draw_headset(head);
  canvas.place(body);
  draw_arm(canvas, looks, 1, pose.wave, pose.wag);
}

}  // namespace scrim
