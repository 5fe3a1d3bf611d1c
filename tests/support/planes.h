// Planes and pictures for tests: with known content, and with canaries around them that show a
// write beyond the view.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

#include "image/image.h"

namespace scrim {

/// A plane inside a larger field of canaries; starts at an odd address, its rows are not aligned.
class GuardedPlane {
 public:
  explicit GuardedPlane(Size size)
      : stride_(static_cast<std::size_t>(size.width) + 2 * kMargin + 1),
        bytes_(stride_ * (static_cast<std::size_t>(size.height) + 2), kCanary) {
    view_ = {bytes_.data() + stride_ + kMargin, size.width, size.height,
             static_cast<std::ptrdiff_t>(stride_)};
  }
  GuardedPlane(GuardedPlane&&) = default;
  Plane view() { return view_; }
  bool intact() const {
    for (std::size_t i = 0; i < bytes_.size(); ++i)
      if (!inside(i) && bytes_[i] != kCanary) return false;
    return true;
  }

 private:
  static constexpr std::size_t kMargin = 33;
  static constexpr std::uint8_t kCanary = 0xc5;

  bool inside(std::size_t i) const {
    const std::size_t x = i % stride_;
    const std::size_t y = i / stride_;
    return y >= 1 && y <= static_cast<std::size_t>(view_.height) && x >= kMargin &&
           x < kMargin + static_cast<std::size_t>(view_.width);
  }

  std::size_t stride_;
  std::vector<std::uint8_t> bytes_;
  Plane view_;
};

class GuardedImage {
 public:
  explicit GuardedImage(Size size) : y_(size), u_(chroma_size(size)), v_(chroma_size(size)) {}
  ImageView view() { return {y_.view(), u_.view(), v_.view()}; }
  bool intact() const { return y_.intact() && u_.intact() && v_.intact(); }

 private:
  GuardedPlane y_, u_, v_;
};

inline void fill_with_noise(Plane plane, unsigned seed) {
  std::mt19937 random(seed);
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x)
      plane.row(y)[x] = static_cast<std::uint8_t>(random() >> 24);
}

inline void fill_with_noise(ImageView image, unsigned seed) {
  fill_with_noise(image.y, seed);
  fill_with_noise(image.u, seed + 1);
  fill_with_noise(image.v, seed + 2);
}

/// Soft shades, an edge or two and a little grain, within low..high.
inline void fill_like_a_photograph(Plane plane, int low, int high, unsigned seed) {
  std::mt19937 random(seed);
  const double middle = (low + high) / 2.0;
  const double swing = (high - low) / 2.0 - 4;
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) {
      const double shade = std::sin(x * 0.031 + seed) * std::cos(y * 0.023 - seed);
      const double edge = (x + 2 * y) % 190 < 95 ? 0.15 : -0.15;
      const double grain = static_cast<double>(random() % 9) - 4;
      plane.row(y)[x] =
          static_cast<std::uint8_t>(std::lround(middle + swing * (0.85 * shade + edge) + grain));
    }
}

/// Internal colours: luma 16..235, chroma 16..240 (rather less, as in photographs).
inline void fill_like_a_photograph(ImageView image) {
  fill_like_a_photograph(image.y, 16, 235, 1);
  fill_like_a_photograph(image.u, 80, 176, 2);
  fill_like_a_photograph(image.v, 80, 176, 3);
}

inline int largest_difference(ConstPlane a, ConstPlane b) {
  int largest = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x)
      largest = std::max(largest, std::abs(a.row(y)[x] - b.row(y)[x]));
  return largest;
}

inline int largest_difference(ConstImageView a, ConstImageView b) {
  return std::max(
      {largest_difference(a.y, b.y), largest_difference(a.u, b.u), largest_difference(a.v, b.v)});
}

/// One sample wide, one high, odd, smaller and larger than a vector.
inline const std::vector<Size>& awkward_sizes() {
  static const std::vector<Size> sizes{{1, 1},  {1, 7},   {7, 1},   {2, 2},    {3, 3},
                                       {17, 5}, {64, 33}, {65, 34}, {127, 63}, {320, 180}};
  return sizes;
}

}  // namespace scrim
