#include "sources/grain.h"

#include <algorithm>
#include <cmath>

namespace scrim {
namespace {

constexpr std::uint32_t kPlaces = 1 << 14;  // where a row may start to read
constexpr double kTicksPerSecond = 1e6;

std::uint32_t hash(std::uint32_t h) {
  h = (h ^ (h >> 16)) * 0x21f0aaadu;
  h = (h ^ (h >> 15)) * 0x735a2d97u;
  return h ^ (h >> 15);
}

/// About Gaussian with sigma 1: a sum of twelve uniform numbers.
double gaussian(std::uint32_t index) {
  double sum = -6;
  for (std::uint32_t k = 0; k < 12; ++k)
    sum += static_cast<double>(hash(index * 12 + k) >> 8) / (1 << 24);
  return sum;
}

std::vector<std::int8_t> table(int width, double sigma, std::uint32_t seed) {
  std::vector<std::int8_t> noise(kPlaces + static_cast<std::size_t>(width));
  for (std::size_t i = 0; i < noise.size(); ++i) {
    const double level = sigma * gaussian(seed + static_cast<std::uint32_t>(i));
    noise[i] = static_cast<std::int8_t>(std::clamp(std::floor(level + 0.5), -127.0, 127.0));
  }
  return noise;
}

void add_row(std::uint8_t* row, const std::int8_t* noise, int width, int highest) {
  for (int x = 0; x < width; ++x) {
    const int sum = row[x] + noise[x];
    row[x] = static_cast<std::uint8_t>(std::min(std::max(sum, 16), highest));
  }
}

}  // namespace

Grain::Grain(int width, double sigma, int seed)
    : off_(sigma <= 0), seed_(hash(static_cast<std::uint32_t>(seed))) {
  if (off_) return;
  luma_ = table(width, sigma, seed_);
  chroma_ = table(width, sigma / 2, seed_ + 0x10000000u);
}

void Grain::add(double seconds, ImageView picture) const {
  if (off_) return;
  const auto tick = static_cast<std::uint64_t>(std::llround(seconds * kTicksPerSecond));
  const std::uint32_t moment =
      hash(seed_ ^ hash(static_cast<std::uint32_t>(tick)) ^ static_cast<std::uint32_t>(tick >> 32));
  add_to(picture.y, luma_, moment, 235);
  add_to(picture.u, chroma_, moment + 0x40000000u, 240);
  add_to(picture.v, chroma_, moment + 0x80000000u, 240);
}

void Grain::add_to(Plane plane, const std::vector<std::int8_t>& noise, std::uint32_t salt,
                   int highest) const {
  for (int y = 0; y < plane.height; ++y) {
    const std::uint32_t place = hash(salt + static_cast<std::uint32_t>(y)) % kPlaces;
    add_row(plane.row(y), noise.data() + place, plane.width, highest);
  }
}

}  // namespace scrim
