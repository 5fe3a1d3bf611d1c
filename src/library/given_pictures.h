// The picture library of a program that reads no files: pictures that were given, by name.
// Reentrant.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "image/picture_library.h"

namespace scrim {

class GivenPictures : public PictureLibrary {
 public:
  /// Puts `picture` under the name, or nothing; gives what was there.
  std::optional<ClipPicture> exchange(const std::string& name, std::optional<ClipPicture> picture);
  /// One picture that stands still. kRequest: none was given under the name `path`.
  Expected<Clip> open(const std::string& path, int height) const override;

 private:
  std::map<std::string, ClipPicture> pictures_;
};

/// A picture of one's own; without `alpha` all of it covers what is beneath.
ClipPicture copy_of(ConstImageView picture, std::optional<ConstPlane> alpha);

}  // namespace scrim
