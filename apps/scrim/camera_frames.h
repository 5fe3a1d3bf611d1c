// Pictures as a camera's driver gives them, held in memory: what a bench reads instead of a camera.
// Reentrant; what reads them may do so from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "image/image.h"
#include "media/jpeg.h"

namespace scrim {

class CameraFrames {
 public:
  /// `format`: "mjpeg" (4:2:2, what most webcams send), "mjpeg420" or "yuyv". JPEG pictures become
  /// about as large as webcams make them: 170 kB at 1280x720. kSystem.
  static Expected<CameraFrames> make(std::span<const Image> pictures, std::string_view format);

  Size size() const { return size_; }
  std::size_t count() const { return frames_.size(); }
  double mean_bytes() const;

  /// As a camera's picture is brought into the pipeline. kSystem.
  Expected<void> convert(std::size_t index, JpegDecoder& decoder, ImageView out) const;
  /// The least that it takes, in milliseconds: the JPEG library, or one pass over the bytes.
  double floor_ms() const;

 private:
  using Bytes = std::vector<std::uint8_t>;

  Size size_;
  bool packed_ = false;  // YUYV
  std::vector<Bytes> frames_;
};

}  // namespace scrim
