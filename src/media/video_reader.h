// Reads any video or picture file as a row of pictures, each with its own time.
//
// Pictures come upright, I420 BT.601 limited, filling size() (the overhang is cut evenly), in the
// order they are shown. Times are seconds since the file's first picture and always rise. A damaged
// picture is left out, as a player would. Only plain files are read: nothing in a file
// makes this open another one. Reentrant.
//
//   auto reader = VideoReader::open("clip.mp4", {});
//   while (auto seconds = reader->next()) reader->convert(picture.view());
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "image/image.h"

namespace scrim {

struct VideoInfo {
  Size size;           // upright, with square pixels
  double fps = 0;      // on average; 0: unknown
  double seconds = 0;  // how long it is; 0: unknown
  bool still = false;  // one picture that does not move
};

/// The most pixels of a picture anywhere.
constexpr std::int64_t kMaxPixels = std::int64_t{256} << 20;

struct ReadOptions {
  std::optional<Size> size = {};  // empty: the file's own
  bool whole = false;             // a damaged picture is no picture, rather than a partly grey one
  std::int64_t most_pixels = kMaxPixels;  // larger pictures are refused, before they are decoded
};

class Decoder;

class VideoReader {
 public:
  /// "-" is standard input. kSystem: "read FILE: cause; cure".
  static Expected<VideoReader> open(const std::string& path, const ReadOptions& options);
  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;
  ~VideoReader();

  Size size() const;
  const VideoInfo& info() const;

  /// Goes to the next picture and tells its time. kEndOfStream, kSystem.
  Expected<double> next();
  /// How long the picture that next() came to is shown, in seconds.
  double period() const;
  /// Writes the picture that next() came to, of size(). kSystem.
  Expected<void> convert(ImageView out);
  /// The next picture will be the first one at `seconds` or later. kSystem; standard input cannot
  /// go back.
  Expected<void> seek(double seconds);

 private:
  explicit VideoReader(std::unique_ptr<Decoder> decoder);
  std::unique_ptr<Decoder> decoder_;
};

}  // namespace scrim
