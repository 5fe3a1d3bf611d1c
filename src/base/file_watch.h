// Tells when a file has changed on disk: written over, renamed over, saved by an editor, or reached
// by way of another symbolic link. Neither it nor the folders it lies in need be there yet.
//
// A thread of its own sleeps in the kernel (inotify) until something happens to the file's name;
// `changed` runs on it, with low priority. Where the kernel cannot watch (a network's file system),
// nothing is heard. Thread-bound but for that.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "base/error.h"
#include "base/unique_fd.h"
#include "base/wake_event.h"

namespace scrim {

class FileWatch {
 public:
  enum class Change {
    kBegun,   // its content is being written
    kClosed,  // it stands there, written or renamed to this name
  };

  /// kSystem if the kernel refuses.
  static Expected<std::unique_ptr<FileWatch>> start(const std::string& path,
                                                    std::function<void(Change)> changed);
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;
  /// Waits for a `changed` under way.
  ~FileWatch();

 private:
  /// A name in a folder that is watched.
  struct Place {
    int folder = -1;
    std::string name;
    bool operator==(const Place&) const = default;
  };

  FileWatch(std::string path, std::function<void(Change)> changed, UniqueFd events);
  Place add(const std::filesystem::path& file, std::uint32_t events);
  Expected<void> watch();
  void run();
  bool read_events();

  const std::string path_;
  const std::function<void(Change)> changed_;
  UniqueFd events_;
  WakeEvent end_;
  Place own_, target_;   // where the name is, and where a symbolic link leads
  bool waits_ = false;   // for a folder: own_ is that, in the nearest one that is there
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace scrim
