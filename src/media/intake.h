// Takes in a stranger's picture or video: what comes out is made anew, by our own encoders, from
// plain pictures alone.
//
// A confined process (confinement.h) decodes the file and hands its pictures over; nothing else of
// the file is ever looked at by anybody. If it crashes, hangs or asks for too much, that is an
// error and no more. For a process of one thread, as it forks.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"

namespace scrim {

struct IntakeRequest {
  int file = -1;       // a regular file, read from its start; borrowed
  std::string name;    // for messages
  std::string folder;  // where kUploadPicture or kUploadVideo, and kUploadThumbnail, are made
  /// Hears how much of it is done: 0..1, rising.
  std::function<void(double)> progress;
};

/// kRequest: it is no picture or video that we take; kSystem: the world fails (disk full, ...).
Expected<void> take_in(const IntakeRequest& request);

/// What the confined process does: reads the file at standard input, writes to standard output what
/// a PictureTaker takes, and ends.
[[noreturn]] void decode_confined();

inline constexpr int kMostPictureSide = 3840;                        // larger ones are made smaller
inline constexpr std::int64_t kMostPixels = std::int64_t{64} << 20;  // larger ones are refused
inline constexpr int kMostVideoSide = 1920;
inline constexpr double kMostVideoSeconds = 120;

}  // namespace scrim
