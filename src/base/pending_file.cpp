#include "base/pending_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

namespace scrim {
namespace {

constexpr int kMostLinks = 40;  // as many as the system follows

/// ".clip.mp4.4711-0.part" beside "clip.mp4"; names may have 255 bytes.
std::string temporary_name(const std::filesystem::path& path, int attempt) {
  const std::string name = path.filename().string().substr(0, 200);
  const auto hidden = fmt::format(".{}.{}-{}.part", name, ::getpid(), attempt);
  return path.parent_path() / hidden;
}

/// Where symbolic links lead, whether or not there is anything.
std::string behind_links(std::filesystem::path path) {
  std::error_code none;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(path, none); ++i)
    path = path.parent_path() / std::filesystem::read_symlink(path, none);
  return path;
}

}  // namespace

PendingFile::PendingFile(std::string path, std::string temporary, UniqueFd fd)
    : path_(std::move(path)), temporary_(std::move(temporary)), fd_(std::move(fd)) {}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      fd_(std::move(other.fd_)) {}

PendingFile::~PendingFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Expected<PendingFile> PendingFile::create(const std::string& name) {
  const std::string path = behind_links(name);
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    return fail(Errc::kSystem, "write {}: it is there already and is no regular file", path);
  for (int attempt = 0;; ++attempt) {
    std::string temporary = temporary_name(path, attempt);
    UniqueFd fd(::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (fd) return PendingFile(path, std::move(temporary), std::move(fd));
    if (errno != EEXIST) return fail_errno("write " + path);
  }
}

Expected<PendingFile> PendingFile::standard_output() {
  UniqueFd fd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
  if (!fd) return fail_errno("write to standard output");
  return PendingFile("standard output", "", std::move(fd));
}

Expected<void> PendingFile::write(std::span<const unsigned char> bytes) {
  if (!write_all(fd_.get(), bytes.data(), bytes.size())) return fail_errno("write " + path_);
  return {};
}

Expected<void> PendingFile::commit() {
  // Network file systems tell of a full disk only when a descriptor of the file is closed.
  const int last = ::dup(fd_.get());
  if (last < 0 || ::close(last) != 0) return fail_errno("write " + path_);
  if (!temporary_.empty() && ::rename(temporary_.c_str(), path_.c_str()) != 0)
    return fail_errno("write " + path_);
  temporary_.clear();
  fd_ = UniqueFd();
  return {};
}

}  // namespace scrim
