// The backgrounds that the panel offers: those that need no file. Reentrant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "image/image.h"
#include "pipeline/composer.h"

namespace scrim {

struct GalleryPicture {
  std::string id;     // [a-z0-9-]
  std::string group;  // "blur", "scenes", "colours"
  std::string label;  // for people
  std::string chain;  // the background that it stands for
  std::string shown;  // the same for the thumbnail, where nobody's room is
};

const std::vector<GalleryPicture>& gallery();

/// What the background looks like, in that size. kRequest.
Expected<Image> draw_thumbnail(const GalleryPicture& picture, Size size);

}  // namespace scrim
