// One open file as FFmpeg's AVIOContext. The library is given this instead of a name: so it opens
// nothing by itself, and the first failure of the system is known exactly. Reentrant.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "base/unique_fd.h"
#include "media/ffmpeg.h"

namespace scrim {

class FileIo {
 public:
  /// "-" is standard input. kSystem: "read FILE: No such file or directory".
  static Expected<std::unique_ptr<FileIo>> open_to_read(const std::string& path);
  /// Writes to `fd`, which is borrowed and outlives this.
  static std::unique_ptr<FileIo> on_output(int fd);

  ~FileIo();
  FileIo(const FileIo&) = delete;
  FileIo& operator=(const FileIo&) = delete;

  AVIOContext* context() { return context_; }
  /// errno of the first read, write or seek that failed, or 0.
  int error() const { return error_; }

 private:
  enum class Direction { kRead, kWrite };
  FileIo(int fd, UniqueFd owned, Direction direction);

  int fd_;
  UniqueFd owned_;
  int error_ = 0;
  AVIOContext* context_ = nullptr;

  friend struct FileIoCalls;
};

}  // namespace scrim
