// Filters of 8-bit planes, in place, all in integers: the same input gives the same bytes on every
// machine.
//
// Reentrant. Nothing allocates but constructors: scratch memory belongs to small objects, made once
// for a size. Edges are replicated. Nothing here can fail.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "image/image.h"

namespace scrim {

/// Filters over square neighbourhoods for planes up to the size it was made for.
class PlaneFilter {
 public:
  static constexpr int kMaxRadius = 127;

  PlaneFilter() = default;
  explicit PlaneFilter(Size largest);

  /// Means over (2 * radius + 1)^2 samples, rounded in each direction; 0 <= radius <= kMaxRadius.
  void box_blur(Plane plane, int radius);
  /// Three box blurs, one after the other: nearly a Gaussian.
  void box_blur(Plane plane, const std::array<int, 3>& radii);
  /// Largest and smallest sample over (2 * radius + 1)^2; 0 <= radius <= kMaxRadius.
  void dilate(Plane plane, int radius);
  void erode(Plane plane, int radius);

 private:
  void blur(Plane plane, std::span<const int> radii);
  void extreme(Plane plane, int radius, std::uint8_t flip);

  PlaneBuffer same_, turned_, turned_too_;
  std::vector<std::uint16_t> sums_;
  std::vector<std::uint8_t> line_;
};

/// Nearly a Gaussian blur of a plane, at a cost that doesn't rise with the radius: large radii are
/// worked at a fraction of the size.
class PlaneBlur {
 public:
  PlaneBlur() = default;
  /// `deviation`: the standard deviation in samples.
  PlaneBlur(Size size, double deviation);
  void apply(Plane plane);

 private:
  PlaneBuffer small_;  // empty: worked at full size
  PlaneFilter filter_;
  std::array<int, 3> radii_{};
};

/// The same of a picture.
class Blur {
 public:
  Blur() = default;
  /// `radius`: the standard deviation in luma pixels, 0 (leaves all as it is) or more.
  Blur(Size size, int radius);
  void apply(ImageView image);

 private:
  bool active_ = false;
  PlaneBlur luma_, chroma_;
};

/// The deviation of the blur that is left to do, in samples, once a picture is shrunk by `factor`
/// (2 or more) and will be brought back with scale_linear(): these blur as well.
double deviation_left(double deviation, int factor);

}  // namespace scrim
