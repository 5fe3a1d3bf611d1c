// The picture library that reads files: PNG, animated PNG, GIF, WebM with transparency, whatever
// FFmpeg decodes. Reentrant.
#pragma once

#include "image/picture_library.h"

namespace scrim {

class FilePictures : public PictureLibrary {
 public:
  /// All of it is decoded at once; kRequest if that would take more than kMostBytes.
  Expected<Clip> open(const std::string& path, int height) const override;

  static constexpr std::size_t kMostBytes = std::size_t{256} << 20;
};

}  // namespace scrim
