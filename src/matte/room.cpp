// In 16-bit integers. Tested by tests/matte/room_test.cpp. The figures were chosen by measurement,
// docs/decisions.md.
#include "matte/room.h"

#include <algorithm>
#include <cstdlib>

#include "base/dispatch.h"
#include "image/scale.h"

namespace scrim {
namespace {

using Short = std::uint16_t;

constexpr std::uint8_t kYes = 255;
constexpr int kRather = 64;  // of the matte: below it nobody is there, from here on rather somebody
constexpr int kClaimed = 128;  // of the matte: from here on the network says it is one
constexpr int kTrustGain = 2;  // a picture of nobody is good for two that contradict the network
constexpr int kMostTrust = 254;
constexpr int kUnit = 64;                                         // of means and light, in a level
constexpr int kGainShift = 3, kHalfGain = 1 << (kGainShift - 1);  // of means
constexpr int kMostLight = 16 * kUnit;
constexpr int kQuarters = 4;  // of distances, in a level
// Distances beyond the noise: up to kAway it is less and less the room, from kOther on, and surely
// kSure further, something else. Powers of two.
constexpr int kAwayShift = 5, kSureShift = 7;
constexpr int kAway = 1 << kAwayShift, kOther = 20 * kQuarters, kSure = 1 << kSureShift;

// The room is measured in every fourth row; fewer samples tell nothing.
constexpr int kSparse = 4, kFewest = 200;
constexpr int kBins = 64;      // of a level; what is beyond counts as the last
constexpr double kMost = 0.9;  // of the samples
constexpr int kNoise = 3;      // quarters of a level that noise is, of each that most stay below
constexpr int kMoved = 20;     // levels that most stay below in another view

/// What was seen last and what the room was, of one plane.
struct Samples {
  const std::uint8_t* now;
  const std::int16_t* mean;
  std::int16_t light;

  std::int16_t brighter(int x) const {
    return static_cast<std::int16_t>(now[x] * kUnit - mean[x] - light);
  }
  Short distance(int x) const {
    const std::int16_t off = brighter(x);
    return static_cast<Short>(off < 0 ? -off : off);
  }
};

/// All in 16 bits.
template <class T>
T choose(bool mark, T yes, T no) {
  const auto bits = static_cast<T>(-static_cast<T>(mark));
  return static_cast<T>((yes & bits) | (no & ~bits));
}

/// |dY| + 2 |dU| + 2 |dV|, in quarters of a level.
SCRIM_CLONES void add_distances(const Samples& luma, const Samples& blue, const Samples& red, int n,
                                Short* out) {
  const Samples y = luma, u = blue, v = red;
  for (int x = 0; x < n; ++x)
    out[x] = static_cast<Short>((y.distance(x) >> 4) + (u.distance(x) >> 3) + (v.distance(x) >> 3));
}

/// Where the room is known: the less of a person the nearer to it, the more the further away.
SCRIM_CLONES void correct_row(const Short* distances, const std::uint8_t* trust, Short noise, int n,
                              std::uint8_t* matte) {
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) {
    const auto beyond = static_cast<Short>(distances[x] > noise ? distances[x] - noise : 0);
    const Short away = beyond < kAway ? beyond : Short{kAway};
    const auto other = static_cast<Short>(beyond > kOther ? beyond - kOther : 0);
    const Short sure = other < kSure ? other : Short{kSure};
    const Short was = matte[x];
    const auto less = static_cast<Short>((was * away + kAway / 2) >> kAwayShift);
    const auto more =
        static_cast<Short>(less + (static_cast<Short>((255 - was) * sure) >> kSureShift));
    const Short value = was >= kRather ? more : less;
    matte[x] = static_cast<std::uint8_t>(choose(trust[x] != 0, value, was));
  }
}

/// 255 where nobody is, by the network and by what became of its matte.
SCRIM_CLONES void mark_empty(const std::uint8_t* claimed, const std::uint8_t* matte, int n,
                             std::uint8_t* out) {
  for (int x = 0; x < n; ++x) out[x] = (claimed[x] < kRather) & (matte[x] < kRather) ? kYes : 0;
}

/// More where nobody is, less where the network was contradicted.
SCRIM_CLONES void trust_row(const std::uint8_t* empty, const std::uint8_t* claimed,
                            const std::uint8_t* matte, int n, std::uint8_t* trust) {
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) {
    const std::uint8_t more = (empty[x] != 0) & (trust[x] < kMostTrust) ? kTrustGain : 0;
    const std::uint8_t less =
        (claimed[x] >= kClaimed) & (matte[x] < kRather) & (trust[x] > 0) ? 1 : 0;
    trust[x] = static_cast<std::uint8_t>(trust[x] + more - less);
  }
}

/// Keeps the marks where nobody is by `matte`.
SCRIM_CLONES void keep_empty(const std::uint8_t* matte, int n, std::uint8_t* marks) {
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) marks[x] = matte[x] < kRather ? marks[x] : 0;
}

SCRIM_CLONES int count_marks(const std::uint8_t* marks, int n) {
  int count = 0;
  for (int x = 0; x < n; ++x) count += marks[x] & 1;
  return count;
}

SCRIM_CLONES int sum_brighter(const Samples& samples, const std::uint8_t* marks, int n) {
  const Samples s = samples;
  int sum = 0;
  for (int x = 0; x < n; ++x) {
    const std::int16_t more = s.brighter(x);
    const std::int16_t least = more > -kMostLight ? more : std::int16_t{-kMostLight};
    const std::int16_t bounded = least < kMostLight ? least : std::int16_t{kMostLight};
    sum += choose(marks[x] != 0, bounded, std::int16_t{0});
  }
  return sum;
}

/// Where nobody is, a mean follows what is seen; elsewhere the light, as it is about to be taken
/// for the room's own.
SCRIM_CLONES void learn_row(const Samples& samples, const std::uint8_t* empty,
                            const std::uint8_t* trust, int n, std::int16_t* mean) {
  const Samples s = samples;
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) {
    const auto to = static_cast<std::int16_t>(s.now[x] * kUnit);
    const auto way = choose(empty[x] != 0, static_cast<std::int16_t>(to - mean[x]), s.light);
    const auto rounded = static_cast<std::int16_t>(way + kHalfGain);
    const auto nearer = static_cast<std::int16_t>(mean[x] + (rounded >> kGainShift));
    mean[x] = choose(trust[x] != 0, nearer, to);
  }
}

std::size_t area_of(Size size) {
  return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

}  // namespace

void Room::forget() {
  fill(trust_.view(), 0);
  fill(empty_.view(), 0);
}

void Room::prepare(Size grid) {
  if (trust_.size() == grid) return;
  for (Channel& channel : channels_) {
    channel.now = PlaneBuffer(grid);
    channel.mean.assign(area_of(grid), 0);
  }
  claimed_ = PlaneBuffer(grid);
  trust_ = PlaneBuffer(grid);
  empty_ = PlaneBuffer(grid);
  distances_.resize(static_cast<std::size_t>(grid.width));
  forget();
}

void Room::correct(ConstImageView picture, ConstPlane luma, Plane matte) {
  prepare(matte.size());
  copy(matte, claimed_.view());
  copy(luma, channels_[0].now.view());
  scale(picture.u, channels_[1].now.view());
  scale(picture.v, channels_[2].now.view());
  if (!measure(matte)) return;
  for (int y = 0; y < matte.height; ++y) {
    find_distances(y);
    correct_row(distances_.data(), trust_.view().row(y), static_cast<Short>(noise_), matte.width,
                matte.row(y));
  }
}

/// Of the room that is seen now as it was at the last learn(). False: it tells nothing.
bool Room::measure(ConstPlane matte) {
  for (int y = 0; y < matte.height; y += kSparse)
    keep_empty(matte.row(y), matte.width, empty_.view().row(y));
  const int count = measure_light();
  if (count < kFewest) return false;
  const int level = measure_noise(count);
  noise_ = level * kNoise;
  if (level < kMoved) return true;
  forget();
  return false;
}

/// The samples that it was measured by.
int Room::measure_light() {
  std::array<std::int64_t, 3> brighter{};
  int count = 0;
  for (int y = 0; y < trust_.size().height; y += kSparse) {
    const std::uint8_t* empty = empty_.view().row(y);
    count += count_marks(empty, trust_.size().width);
    for (std::size_t i = 0; i < channels_.size(); ++i)
      brighter[i] += sum_brighter({channels_[i].now.view().row(y), mean(channels_[i], y), 0}, empty,
                                  trust_.size().width);
  }
  for (std::size_t i = 0; i < channels_.size(); ++i)
    channels_[i].light =
        count < kFewest ? std::int16_t{0} : static_cast<std::int16_t>(brighter[i] / count);
  return count;
}

/// A distance in levels that most of the `count` samples stay below.
int Room::measure_noise(int count) {
  std::array<int, kBins> histogram{};
  for (int y = 0; y < trust_.size().height; y += kSparse) {
    find_distances(y);
    const std::uint8_t* empty = empty_.view().row(y);
    for (int x = 0; x < trust_.size().width; ++x) {
      const int level = distances_[static_cast<std::size_t>(x)] / kQuarters;
      histogram[static_cast<std::size_t>(std::min(level, kBins - 1))] += empty[x] ? 1 : 0;
    }
  }
  int below = 0, level = 0;
  while (below < kMost * count) below += histogram[static_cast<std::size_t>(level++)];
  return level;
}

void Room::find_distances(int y) {
  const auto samples = [&](const Channel& channel) {
    return Samples{channel.now.view().row(y), mean(channel, y), channel.light};
  };
  add_distances(samples(channels_[0]), samples(channels_[1]), samples(channels_[2]),
                trust_.size().width, distances_.data());
}

void Room::learn(ConstPlane matte, Rect seen) {
  fill(empty_.view(), 0);
  const Plane empty = empty_.view().crop(seen);
  const ConstPlane claimed = ConstPlane(claimed_.view()).crop(seen), left = matte.crop(seen);
  for (int y = 0; y < seen.height; ++y)
    mark_empty(claimed.row(y), left.row(y), seen.width, empty.row(y));
  for (int y = 0; y < matte.height; ++y) {
    const std::uint8_t* nobody = empty_.view().row(y);
    std::uint8_t* trust = trust_.view().row(y);
    for (Channel& channel : channels_)
      learn_row({channel.now.view().row(y), mean(channel, y), channel.light}, nobody, trust,
                matte.width, mean(channel, y));
    trust_row(nobody, claimed_.view().row(y), matte.row(y), matte.width, trust);
  }
}

}  // namespace scrim
