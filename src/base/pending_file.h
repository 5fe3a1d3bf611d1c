// A file in the making. It is written under a hidden name beside its target and takes the target's
// place, whole, at commit(); without commit() it goes and the target stays as it was. Reentrant.
// Standard output can stand in for one. Errors are kSystem: "write out/clip.mp4: Permission
// denied".
#pragma once

#include <span>
#include <string>

#include "base/error.h"
#include "base/unique_fd.h"

namespace scrim {

class PendingFile {
 public:
  /// Follows symbolic links. Fails if the target is there and is no regular file.
  static Expected<PendingFile> create(const std::string& name);
  /// For pipes and the like: what is written is out; commit() has nothing to do.
  static Expected<PendingFile> standard_output();
  PendingFile(PendingFile&& other) noexcept;
  PendingFile& operator=(PendingFile&&) = delete;
  ~PendingFile();

  int fd() const { return fd_.get(); }
  const std::string& temporary() const { return temporary_; }
  Expected<void> write(std::span<const unsigned char> bytes);
  Expected<void> commit();

 private:
  PendingFile(std::string path, std::string temporary, UniqueFd fd);

  std::string path_;
  std::string temporary_;  // empty: nothing is to be removed
  UniqueFd fd_;
};

}  // namespace scrim
