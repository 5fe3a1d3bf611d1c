// A matte as a linear function of the picture's colour, anew in each small window:
// alpha = a . (Y, U, V) + b, all in levels of 8 bits.
//
// The heart of a colour guided filter (He, Sun, Tang, "Guided Image Filtering", 2013): a ridge
// regression over each (2 * radius + 1)^2 window, whose coefficients are then averaged over the
// same windows. Sums are integers, so results do not depend on where a window comes from. Cost: a
// constant per sample. Owns its memory; allocates only when planes grow. Reentrant.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "image/image.h"

namespace scrim {

class GuidedFit {
 public:
  static constexpr std::size_t kCoefficients = 4;  // a of Y, U and V, then b
  enum class Radius { k2 = 2, k4 = 4 };

  /// All planes of one size; windows end at their borders as if the last samples went on.
  void fit(ConstPlane y, ConstPlane u, ConstPlane v, ConstPlane alpha, Radius radius);

  /// Of row `y` of what was fitted last.
  const float* row(std::size_t coefficient, int y) const { return at(averaged_, coefficient, y); }

 private:
  struct Guide {
    ConstPlane y, u, v, alpha;
  };
  void slide(const Guide& guide, int y, int sign);
  void solve(const Guide& guide);
  void average();
  float* at(std::vector<float>& planes, std::size_t coefficient, int y) const {
    return planes.data() + place(coefficient, y);
  }
  const float* at(const std::vector<float>& planes, std::size_t coefficient, int y) const {
    return planes.data() + place(coefficient, y);
  }
  std::ptrdiff_t place(std::size_t coefficient, int y) const {
    return (static_cast<std::ptrdiff_t>(y) * static_cast<std::ptrdiff_t>(kCoefficients) +
            static_cast<std::ptrdiff_t>(coefficient)) *
           width_;
  }

  int width_ = 0, height_ = 0, radius_ = 0;
  std::vector<std::int32_t> columns_, windows_, scratch_;  // sums, by channel and column
  std::vector<float> float_columns_, float_scratch_;
  std::vector<float> fitted_, averaged_;  // by row, coefficient and column
};

}  // namespace scrim
