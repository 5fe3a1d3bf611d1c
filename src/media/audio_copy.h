// Copies one sound track from a file into a container that is being written, packet by packet,
// without decoding. For the .cpp files of src/media alone. Reentrant.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "media/input.h"

namespace scrim {

class AudioCopy {
 public:
  /// Adds the stream to `muxer`, whose header is not yet written. `from`: what of the file, in
  /// seconds since its first picture, becomes second 0. Null if the file or the container's kind
  /// has no sound. kSystem; a codec that the container cannot hold is one too.
  static Expected<std::unique_ptr<AudioCopy>> open(const std::string& path, double from,
                                                   AVFormatContext& muxer);
  /// Writes what is heard before that second. An error of the muxer (negative), or 0.
  int copy_until(double seconds, AVFormatContext& muxer);

 private:
  bool fetch();

  Input input_;
  double shift_ = 0;  // taken from times in the file
  AVStream* out_ = nullptr;
  PacketPtr packet_{av_packet_alloc()};  // waits for its time if `waiting_`
  bool waiting_ = false;
  bool finished_ = false;
};

}  // namespace scrim
