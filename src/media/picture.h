// Single pictures in files. Reentrant.
#pragma once

#include <string>

#include "base/error.h"
#include "image/image.h"
#include "media/video_reader.h"

namespace scrim {

/// Any picture file (of a video: its first picture), upright, in its own size if no other is asked
/// for; what is transparent in it is black. kSystem: "read FILE: cause; cure".
Expected<Image> load_picture(const std::string& path, const ReadOptions& options = {});

/// As RGB, and as 8-bit grey. The file appears whole or not at all. kSystem: "write FILE: cause".
Expected<void> save_png(const std::string& path, ConstImageView picture);
Expected<void> save_png(const std::string& path, ConstPlane grey);

}  // namespace scrim
