// What a network is shown instead of the camera's own picture: brighter where that is dark, and
// crisper. Networks were trained on well-lit photos; this changes their input only.
//
// Gamma brings the mean luma of dark pictures up to kEnoughLight; an unsharp mask (the picture plus
// what a small Gaussian takes from it) follows. Owns row buffers; apply() takes no memory.
// Reentrant.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "image/image.h"

namespace scrim {

class Photometry {
 public:
  static constexpr float kEnoughLight = 0.4f;  // of the way from black to white

  /// For RGB triples of a picture of `size`, black at `low` and white at `high`.
  Photometry(Size size, float low, float high);

  /// In place; what comes out lies within low..high.
  void apply(std::span<float> rgb);

 private:
  float light(std::span<const float> rgb) const;
  void brighten(std::span<float> rgb, float mean);
  void sharpen(std::span<float> rgb);
  void blur_row(const float* row, std::vector<float>& out);

  Size size_;
  float low_, high_;
  std::vector<float> curve_;                   // a gamma, from low to high
  std::vector<float> padded_;                  // a row with its last pixels repeated at both ends
  std::array<std::vector<float>, 5> blurred_;  // rows, as a ring
};

}  // namespace scrim
