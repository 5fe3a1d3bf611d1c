// A media file, opened for reading with care: whatever it holds, no other file or address is ever
// opened on its behalf, and only plain containers are accepted (no playlists, no name patterns).
// For the .cpp files of src/media alone. Reentrant.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "image/image.h"
#include "media/ffmpeg.h"
#include "media/file_io.h"
#include "media/video_reader.h"

namespace scrim {

struct Input {
  std::unique_ptr<FileIo> io;  // outlives `demuxer`
  DemuxerPtr demuxer;
  AVStream* stream = nullptr;  // the one asked for; belongs to `demuxer`; others are not delivered
  bool still = false;          // a picture file: one picture, whatever follows it
};

/// The best stream of that type. kSystem, one line: "read FILE: cause; cure".
Expected<Input> open_input(const std::string& path, AVMediaType type,
                           std::int64_t most_pixels = kMaxPixels);

/// Larger pictures than kMaxSide on a side or `most` pixels are refused.
Expected<void> check_picture_size(const std::string& path, Size size,
                                  std::int64_t most = kMaxPixels);

}  // namespace scrim
