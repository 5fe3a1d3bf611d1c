// Sensor noise: the same for the same seed and moment, different for each moment. Gaussian, from a
// table made once; each row of each picture reads it from another place. Reentrant.
#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"

namespace scrim {

class Grain {
 public:
  /// `sigma` in levels of luma; chroma gets half of it. Pictures up to `width` wide.
  Grain(int width, double sigma, int seed);

  /// Adds noise; luma stays within 16..235, chroma within 16..240.
  void add(double seconds, ImageView picture) const;

 private:
  void add_to(Plane plane, const std::vector<std::int8_t>& noise, std::uint32_t salt,
              int highest) const;

  bool off_;
  std::uint32_t seed_;
  std::vector<std::int8_t> luma_, chroma_;
};

}  // namespace scrim
