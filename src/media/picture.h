// Single pictures in files and in memory. Reentrant.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "image/image.h"
#include "media/video_reader.h"

namespace scrim {

/// Any picture file (of a video: its first picture), upright, in its own size if no other is asked
/// for; what is transparent in it is black. kSystem: "read FILE: cause; cure".
Expected<Image> load_picture(const std::string& path, const ReadOptions& options = {});

/// A JPEG or PNG picture in memory, as its pixels lie there. kRequest: more than `most_pixels`;
/// kSystem: not such a picture, or damaged.
Expected<Image> decode_picture(std::span<const std::uint8_t> bytes, std::int64_t most_pixels);

Expected<std::vector<std::uint8_t>> encode_png(ConstPlane grey);
Expected<std::vector<std::uint8_t>> encode_png(ConstImageView picture);

/// As RGB, and as 8-bit grey. The file appears whole or not at all. kSystem: "write FILE: cause".
Expected<void> save_png(const std::string& path, ConstImageView picture);
Expected<void> save_png(const std::string& path, ConstPlane grey);

}  // namespace scrim
