// Tested by tests/media/picture_pipe_test.cpp.
#include "media/picture_pipe.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/unique_fd.h"

namespace scrim {
namespace {

enum Mark : std::uint32_t { kBegin = 0x5c41, kPicture, kEnd, kFailure };
constexpr std::size_t kLongestLine = 500;

/// As it lies in the pipe: both ends are the same program.
struct Beginning {
  std::int32_t width, height;
  double fps, seconds;
  std::uint32_t still;
  std::uint32_t unused = 0;
};

std::unexpected<Error> broken_off() {
  return fail(Errc::kSystem, "{}", kBrokenOff);
}

std::size_t bytes_of(ConstPlane plane) {
  return static_cast<std::size_t>(plane.width) * static_cast<std::size_t>(plane.height);
}

bool is_time(double seconds) {
  return std::isfinite(seconds) && seconds >= 0;
}

}  // namespace

Expected<void> PictureGiver::write(const void* data, std::size_t size) {
  return write_all(fd_, data, size) ? Expected<void>() : fail_errno("hand over a picture");
}

Expected<void> PictureGiver::begin(const PictureRow& row) {
  const Mark mark = kBegin;
  const Beginning beginning{row.size.width, row.size.height, row.fps, row.seconds, row.still};
  if (auto ok = write(&mark, sizeof mark); !ok) return ok;
  return write(&beginning, sizeof beginning);
}

Expected<void> PictureGiver::give(ConstImageView picture, double seconds) {
  const Mark mark = kPicture;
  bytes_.clear();
  for (const ConstPlane& plane : {picture.y, picture.u, picture.v})
    for (int y = 0; y < plane.height; ++y)
      bytes_.insert(bytes_.end(), plane.row(y), plane.row(y) + plane.width);
  if (auto ok = write(&mark, sizeof mark); !ok) return ok;
  if (auto ok = write(&seconds, sizeof seconds); !ok) return ok;
  return write(bytes_.data(), bytes_.size());
}

Expected<void> PictureGiver::end() {
  const Mark mark = kEnd;
  return write(&mark, sizeof mark);
}

Expected<void> PictureGiver::fail_with(const std::string& what) {
  const Mark mark = kFailure;
  const auto size = static_cast<std::uint32_t>(std::min(what.size(), kLongestLine));
  if (auto ok = write(&mark, sizeof mark); !ok) return ok;
  if (auto ok = write(&size, sizeof size); !ok) return ok;
  return write(what.data(), size);
}

Expected<void> PictureTaker::read(void* data, std::size_t size) {
  std::span rest(static_cast<std::uint8_t*>(data), size);
  while (!rest.empty()) {
    const ssize_t count = ::read(fd_, rest.data(), rest.size());
    if (count == 0 || (count < 0 && errno != EINTR)) return broken_off();
    if (count > 0) rest = rest.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

/// What comes next; a failure is told here.
Expected<std::uint32_t> PictureTaker::read_mark() {
  std::uint32_t mark = 0, size = 0;
  if (auto ok = read(&mark, sizeof mark); !ok) return std::unexpected(ok.error());
  if (mark != kFailure) return mark;
  if (auto ok = read(&size, sizeof size); !ok) return std::unexpected(ok.error());
  std::string line(std::min<std::size_t>(size, kLongestLine), '\0');
  if (auto ok = read(line.data(), line.size()); !ok) return std::unexpected(ok.error());
  std::ranges::replace_if(
      line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return fail(Errc::kRequest, "{}", line);
}

Expected<PictureTaker> PictureTaker::open(int fd, Size most) {
  PictureTaker taker(fd);
  const auto mark = taker.read_mark();
  if (!mark) return std::unexpected(mark.error());
  Beginning beginning{};
  if (*mark != kBegin || !taker.read(&beginning, sizeof beginning)) return broken_off();
  const Size size{beginning.width, beginning.height};
  if (size.width < 1 || size.height < 1 || size.width > most.width || size.height > most.height ||
      !is_time(beginning.fps) || !is_time(beginning.seconds))
    return broken_off();
  taker.row_ = {size, beginning.fps, beginning.seconds, beginning.still != 0};
  return taker;
}

Expected<double> PictureTaker::take(ImageView out) {
  const auto mark = read_mark();
  if (!mark) return std::unexpected(mark.error());
  if (*mark == kEnd) return fail(Errc::kEndOfStream, "no more pictures");
  double seconds = 0;
  if (*mark != kPicture || !read(&seconds, sizeof seconds) || !is_time(seconds))
    return broken_off();
  bytes_.resize(bytes_of(out.y) + bytes_of(out.u) + bytes_of(out.v));
  if (auto ok = read(bytes_.data(), bytes_.size()); !ok) return std::unexpected(ok.error());
  const std::uint8_t* from = bytes_.data();
  for (const Plane& plane : {out.y, out.u, out.v})
    for (int y = 0; y < plane.height; ++y, from += plane.width)
      std::copy_n(from, plane.width, plane.row(y));
  return seconds;
}

}  // namespace scrim
