// A background that never changes: prepared once, copied once. Kinds that only differ in how they
// prepare it (colour, image, scene) are a function that fills an Image.
#pragma once

#include <memory>
#include <utility>

#include "backgrounds/background.h"

namespace scrim {

class Still : public Background {
 public:
  explicit Still(Image picture) : picture_(std::move(picture)) {}

  Expected<bool> draw(ConstImageView, Clock::time_point, ImageView out) override {
    if (drawn_) return false;
    copy(std::as_const(picture_).view(), out);
    picture_ = Image();
    return drawn_ = true;
  }

 private:
  Image picture_;
  bool drawn_ = false;
};

}  // namespace scrim
