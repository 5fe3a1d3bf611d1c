// Makes PNG files of one size and kind. For the .cpp files of src/media alone. Reentrant.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/error.h"
#include "base/pending_file.h"
#include "image/image.h"
#include "media/ffmpeg.h"
#include "media/video_writer.h"

namespace scrim {

class PngEncoder {
 public:
  /// kSystem.
  static Expected<PngEncoder> make(Size size, Content content);
  /// The bytes of a PNG file, valid until the next call; see VideoWriter::write for the views.
  /// kSystem.
  Expected<std::span<const std::uint8_t>> encode(ConstImageView picture, ConstPlane matte);
  /// One file, whole, that has yet to take its place. kSystem.
  Expected<PendingFile> write(const std::string& path, ConstImageView picture, ConstPlane matte);
  /// Writes one file, whole or not at all. kSystem.
  Expected<void> save(const std::string& path, ConstImageView picture, ConstPlane matte);

 private:
  CodecPtr codec_;
  FramePtr frame_;
  PacketPtr packet_;
};

/// kRequest for a bad name; creates the folder of a sequence.
Expected<std::unique_ptr<VideoWriter>> create_png_writer(const std::string& path,
                                                         const WriteOptions& options);

}  // namespace scrim
