#include "media/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <new>

namespace scrim {
namespace {

constexpr int kBufferBytes = 1 << 16;

#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WrittenByte = const std::uint8_t;
#else
using WrittenByte = std::uint8_t;
#endif

std::int64_t size_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return AVERROR(ENOSYS);
  return status.st_size;
}

}  // namespace

/// What the library calls; `opaque` is the FileIo.
struct FileIoCalls {
  static int keep(FileIo& io, int error) {
    if (io.error_ == 0) io.error_ = error;
    return AVERROR(error);
  }

  static int read(void* opaque, std::uint8_t* data, int bytes) {
    auto& io = *static_cast<FileIo*>(opaque);
    for (;;) {
      const ssize_t n = ::read(io.fd_, data, static_cast<std::size_t>(bytes));
      if (n > 0) return static_cast<int>(n);
      if (n == 0) return AVERROR_EOF;
      if (errno != EINTR) return keep(io, errno);
    }
  }

  static int write(void* opaque, WrittenByte* data, int bytes) {
    auto& io = *static_cast<FileIo*>(opaque);
    return write_all(io.fd_, data, static_cast<std::size_t>(bytes)) ? bytes : keep(io, errno);
  }

  static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    auto& io = *static_cast<FileIo*>(opaque);
    if (whence & AVSEEK_SIZE) return size_of(io.fd_);
    const off_t at = ::lseek(io.fd_, offset, whence & ~AVSEEK_FORCE);
    return at >= 0 ? at : AVERROR(errno);
  }
};

FileIo::FileIo(int fd, UniqueFd owned, Direction direction) : fd_(fd), owned_(std::move(owned)) {
  const bool writes = direction == Direction::kWrite;
  const bool seekable = ::lseek(fd_, 0, SEEK_CUR) >= 0;
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  if (buffer)
    context_ = avio_alloc_context(
        buffer, kBufferBytes, writes, this, writes ? nullptr : FileIoCalls::read,
        writes ? FileIoCalls::write : nullptr, seekable ? FileIoCalls::seek : nullptr);
  if (!context_) {
    av_free(buffer);
    throw std::bad_alloc();
  }
}

FileIo::~FileIo() {
  av_freep(&context_->buffer);  // the library may have replaced the one that we gave
  avio_context_free(&context_);
}

Expected<std::unique_ptr<FileIo>> FileIo::open_to_read(const std::string& path) {
  UniqueFd fd(path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                          : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return fail_errno("read " + path);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return fail_errno("read " + path);
  if (S_ISDIR(status.st_mode)) return fail_errno("read " + path, EISDIR);
  if (S_ISREG(status.st_mode) && status.st_size == 0)
    return fail(Errc::kSystem, "read {}: the file is empty; copy or record it again", path);
  const int number = fd.get();
  return std::unique_ptr<FileIo>(new FileIo(number, std::move(fd), Direction::kRead));
}

std::unique_ptr<FileIo> FileIo::on_output(int fd) {
  return std::unique_ptr<FileIo>(new FileIo(fd, UniqueFd(), Direction::kWrite));
}

}  // namespace scrim
