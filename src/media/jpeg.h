// JPEG pictures, as cameras send them, to I420; and made.
//
// One decoder for one stream: it owns scratch memory and keeps it, so after the first picture of a
// size decode() allocates nothing. Reentrant.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/error.h"
#include "image/image.h"

namespace scrim {

/// Of the picture in it. kSystem.
Expected<Size> jpeg_size(std::span<const std::uint8_t> jpeg);

/// A grey plane as a JPEG picture; `quality` 1..100. kSystem.
Expected<std::vector<std::uint8_t>> encode_jpeg(ConstPlane grey, int quality);

/// Rows of chroma: half as many as of luma, or as many, as most cameras send them.
enum class JpegSampling { k420, k422 };

/// As JFIF says: full-range BT.601. kSystem.
Expected<std::vector<std::uint8_t>> encode_jpeg(ConstImageView picture, int quality,
                                                JpegSampling sampling = JpegSampling::k420);

class JpegDecoder {
 public:
  JpegDecoder();
  ~JpegDecoder();
  JpegDecoder(JpegDecoder&&) noexcept;
  JpegDecoder& operator=(JpegDecoder&&) noexcept;

  /// `jpeg` must show a colour or grey picture of out's size; full-range BT.601, as JFIF says. A
  /// picture that is cut off or damaged is an error, and `out` then undefined. kSystem.
  Expected<void> decode(std::span<const std::uint8_t> jpeg, ImageView out);

  struct Scratch;

 private:
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace scrim
