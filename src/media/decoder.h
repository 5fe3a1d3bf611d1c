// What is behind a VideoReader: one per way of decoding. For the .cpp files of src/media alone.
#pragma once

#include <memory>
#include <string>

#include "media/video_reader.h"

namespace scrim {

class Decoder {
 public:
  explicit Decoder(const ReadOptions& options) : options_(options) {}
  virtual ~Decoder() = default;
  Size size() const { return options_.size.value_or(info_.size); }
  const VideoInfo& info() const { return info_; }

  /// As VideoReader's.
  virtual Expected<double> next() = 0;
  virtual double period() const = 0;
  virtual Expected<void> convert(ImageView out) = 0;
  virtual Expected<void> seek(double seconds) = 0;

 protected:
  const ReadOptions options_;
  VideoInfo info_;
};

/// An animated WebP file, which FFmpeg cannot read; null if it is none.
Expected<std::unique_ptr<Decoder>> open_webp_animation(const std::string& path,
                                                       const ReadOptions& options);

}  // namespace scrim
