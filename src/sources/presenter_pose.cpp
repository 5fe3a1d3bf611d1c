#include "sources/presenter_pose.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "image/path.h"

namespace scrim {
namespace {

struct Key {
  double second, value;
};

/// A smooth way through the keys; they begin at 0 and end with the cycle.
double track(std::span<const Key> keys, double second) {
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const Key a = keys[i - 1], b = keys[i];
    if (second <= b.second)
      return a.value + (b.value - a.value) * ease((second - a.second) / (b.second - a.second));
  }
  return keys.back().value;
}

constexpr Key kYaw[] = {{0, 0},       {1, -.02},   {2, .015},    {2.6, 0},     {3.3, -.064},
                        {3.9, -.058}, {4.7, .064}, {5.2, .058},  {5.8, 0},     {7, -.01},
                        {9.6, .01},   {10.8, 0},   {11.6, .066}, {13, .07},    {14.8, -.07},
                        {16.4, -.05}, {17, 0},     {18.2, .03},  {19.2, -.02}, {20, 0}};
constexpr Key kPitch[] = {{0, 0},       {.8, .012}, {1.4, -.008}, {2.4, .008}, {3.4, -.01},
                          {5.4, .005},  {9.8, 0},   {10.2, .022}, {10.6, 0},   {11.4, .02},
                          {12, 0},      {16, .01},  {17.2, -.01}, {17.6, .02}, {18, -.006},
                          {18.4, .016}, {20, 0}};
constexpr Key kRoll[] = {{0, 0},   {1.2, .012},  {2.3, -.014}, {3.4, .008},  {4.8, -.008},
                         {5.8, 0}, {6.4, .01},   {7.6, -.018}, {9.2, -.012}, {10.4, .006},
                         {17, 0},  {18.6, .016}, {20, 0}};
constexpr Key kLean[] = {{0, 0},       {5.5, 0},    {6, -.014}, {6.5, -.012}, {7, .012},
                         {9.3, .009},  {9.9, 0},    {11.3, 0},  {11.9, .012}, {13, .01},
                         {14.8, -.01}, {16, -.012}, {16.6, 0},  {20, 0}};
constexpr Key kNear[] = {{0, .1}, {1.5, 0}, {2.8, .35}, {3.6, .1}, {5.6, 0}, {10, .1},
                         {11, 0}, {17, 0},  {17.8, .8}, {19, .7},  {20, .1}};
constexpr Key kAway[] = {{0, 0},    {11.4, 0},  {12.2, .3}, {13.1, 1},
                         {14.8, 1}, {15.7, .3}, {16.5, 0},  {20, 0}};
constexpr Key kRise[] = {{0, 0}, {11, 0}, {11.8, 1}, {16, 1}, {16.9, 0}, {20, 0}};
constexpr Key kWave[] = {{0, 0}, {6.5, 0}, {7.3, 1}, {9.1, 1}, {9.9, 0}, {20, 0}};
constexpr Key kTalk[] = {{0, .6},   {.4, 1},   {2.3, 1},  {2.7, 0}, {3.2, 0},  {3.6, 1}, {5.6, 1},
                         {6, 0},    {7.2, 0},  {7.5, 1},  {8.1, 1}, {8.4, 0},  {9.4, 0}, {9.8, 1},
                         {10.8, 1}, {11.1, 0}, {16.6, 0}, {17, 1},  {19.6, 1}, {20, .6}};
constexpr Key kSmile[] = {{0, .45},  {2.3, .4}, {2.8, .9},  {3.4, .4}, {5.8, .5}, {6.6, 1},
                          {9.3, .9}, {10, .4},  {11.5, .6}, {16, 1},   {17, .5},  {20, .45}};
constexpr Key kBrows[] = {{0, .1},    {.7, .7},   {1.3, .1}, {2.7, .6}, {3.5, 0},
                          {6.6, .2},  {7.3, .9},  {9, .4},   {10.2, 0}, {16.8, .8},
                          {17.6, .1}, {18.4, .6}, {20, .1}};
constexpr double kBlinks[] = {.55, 2.45, 3.35, 5.7, 6.9, 9.5, 11.2, 16.3, 17.4, 19.3};
constexpr double kBlinkSeconds = 0.11;  // to close, and as long again to open

double lids_at(double second) {
  double lids = 0;
  for (double blink : kBlinks) lids = std::max(lids, 1 - std::abs(second - blink) / kBlinkSeconds);
  return ease(lids * 1.4);
}

/// Syllables: about five in a second, of uneven strength.
double mouth_at(double second) {
  const double syllable = 0.5 + 0.5 * sine(second * 4.6 + 0.2 * sine(second * 1.1));
  const double stress = 0.62 + 0.38 * sine(second * 1.7 + 0.3) * sine(second * 0.35);
  return track(kTalk, second) * syllable * stress;
}

double bob_at(double second, double away) {
  const double breath = 0.12 * sine(second * 0.25);
  const double walking = std::min(1.0, 4 * away * (1 - away));
  return breath + walking * sine(second * 1.9);
}

}  // namespace

Pose pose_at(double seconds) {
  const double t = seconds - std::floor(seconds / kCycleSeconds) * kCycleSeconds;
  Pose pose;
  const double talk = track(kTalk, t);
  pose.yaw = track(kYaw, t) + 0.004 * sine(t * 0.4);
  pose.pitch = track(kPitch, t) + 0.004 * talk * sine(t * 1.9);
  pose.roll = track(kRoll, t) + 0.003 * sine(t * 0.55);
  pose.lean = track(kLean, t) + 0.0015 * sine(t * 0.3);
  pose.near = track(kNear, t);
  pose.away = track(kAway, t);
  pose.rise = track(kRise, t);
  pose.bob = bob_at(t, pose.away);
  pose.wave = track(kWave, t);
  pose.wag = sine((t - 7.1) * 1.6);
  pose.mouth = mouth_at(t);
  pose.smile = track(kSmile, t);
  pose.lids = lids_at(t);
  pose.brows = track(kBrows, t);
  pose.gaze_x = std::clamp(-4 * pose.yaw, -1.0, 1.0) + 0.1 * sine(t * 0.31);
  pose.gaze_y = 0.1 * sine(t * 0.23);
  return pose;
}

}  // namespace scrim
