// A video file played round and round: an endless row of pictures at output size whose times rise.
// A round is as long as the file's pictures are shown, the last one too. Reentrant.
#pragma once

#include <string>

#include "backgrounds/framing.h"
#include "base/error.h"
#include "media/video_reader.h"

namespace scrim {

class VideoLoop {
 public:
  /// kSystem: "read FILE: cause; cure".
  static Expected<VideoLoop> open(const std::string& path, Size size, const Framing& framing);

  bool still() const { return reader_.info().still; }
  /// Goes to the next picture and tells its time, in seconds from the beginning of the first round;
  /// whole rounds that end before `wanted` are left out as soon as their length is known. kSystem.
  Expected<double> next(double wanted);
  /// As VideoReader's.
  double period() const { return reader_.period(); }
  Expected<void> convert(ImageView out);

 private:
  VideoLoop(VideoReader reader, const Framing& framing);
  Expected<double> go_round(double wanted);

  VideoReader reader_;
  Framing framing_;
  Image own_;  // unless the reader fits pictures in by itself
  double length_ = 0, round_ = 0;
};

}  // namespace scrim
