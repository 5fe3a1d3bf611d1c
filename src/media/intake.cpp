// Tested by tests/media/intake_test.cpp and tests/attack.
#include "media/intake.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/pending_file.h"
#include "base/unique_fd.h"
#include "image/scale.h"
#include "media/jpeg.h"
#include "media/picture.h"
#include "media/picture_pipe.h"
#include "media/upload_store.h"
#include "media/video_writer.h"

namespace scrim {
namespace {

constexpr Size kThumbnail{320, 180};
constexpr int kThumbnailQuality = 82;
constexpr off_t kMostPictureBytes = off_t{64} << 20;
constexpr double kUsualRate = 30;
constexpr double kMostRate = 31;

/// The confined process and the pipe that its pictures come through; it goes with this.
class Reader {
 public:
  static Expected<Reader> start(int file) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("make a pipe");
    Reader reader{UniqueFd(ends[0])};
    const UniqueFd pipe(ends[1]);
    ::lseek(file, 0, SEEK_SET);
    reader.process_ = ::fork();
    if (reader.process_ < 0) return fail_errno("start what reads files");
    if (reader.process_ == 0) become_decoder(file, pipe.get());
    return reader;
  }
  Reader(Reader&& other) noexcept
      : pipe_(std::move(other.pipe_)), process_(std::exchange(other.process_, -1)) {}
  Reader& operator=(Reader&&) = delete;
  ~Reader() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  int pipe() const { return pipe_.get(); }

  /// Why it broke off.
  std::unexpected<Error> epitaph() {
    int status = 0;
    ::kill(process_, SIGKILL);  // if it has not, by itself
    ::waitpid(std::exchange(process_, -1), &status, 0);
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal == SIGXCPU || signal == SIGKILL)
      return fail(Errc::kRequest, "it takes too long to read; shorten it or make it smaller");
    return fail(Errc::kRequest, "it cannot be read: the decoder crashed over it; convert it");
  }

 private:
  explicit Reader(UniqueFd pipe) : pipe_(std::move(pipe)) {}

  [[noreturn]] static void become_decoder(int file, int pipe) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::dup2(file, STDIN_FILENO) < 0 || ::dup2(pipe, STDOUT_FILENO) < 0) ::_exit(1);
    ::close_range(STDERR_FILENO, ~0U, 0);
    decode_confined();
  }

  UniqueFd pipe_;
  pid_t process_ = -1;
};

Expected<void> save_thumbnail(const std::string& path, ConstImageView picture) {
  Image small(kThumbnail);
  scale_to_cover(picture, small.view());
  const auto jpeg = encode_jpeg(std::as_const(small).view(), kThumbnailQuality);
  if (!jpeg) return std::unexpected(jpeg.error());
  auto file = PendingFile::create(path);
  if (!file) return std::unexpected(file.error());
  auto written = file->write(*jpeg);
  return written ? file->commit() : written;
}

class Keeper {
 public:
  Keeper(const IntakeRequest& request, PictureTaker& taker)
      : request_(request), taker_(taker), picture_(taker.row().size) {}

  Expected<void> keep() {
    const PictureRow& row = taker_.row();
    const auto first = taker_.take(picture_.view());
    if (!first) return std::unexpected(first.error());
    if (auto ok = save_thumbnail(place(kUploadThumbnail), picture()); !ok) return ok;
    if (row.still) return save_png(place(kUploadPicture), picture());
    if (std::max(row.size.width, row.size.height) > kMostVideoSide)
      return fail(Errc::kSystem, "what reads it does not keep to what it was told");
    return keep_video(*first);
  }

 private:
  std::string place(std::string_view name) const {
    return fmt::format("{}/{}", request_.folder, name);
  }
  ConstImageView picture() const { return picture_.view(); }

  Expected<void> keep_video(double first) {
    const PictureRow& row = taker_.row();
    const double fps = row.fps > 0 ? std::min(row.fps, kMostRate) : kUsualRate;
    auto video = create_video(place(kUploadVideo), {.size = row.size, .fps = fps});
    if (!video) return std::unexpected(video.error());
    Expected<double> seconds = first;
    while (seconds && *seconds <= kMostVideoSeconds) {
      if (auto ok = (*video)->write(picture(), {}, *seconds); !ok) return ok;
      if (row.seconds > 0) request_.progress(std::min(1.0, *seconds / row.seconds));
      seconds = taker_.take(picture_.view());
    }
    if (!seconds && seconds.error().code != Errc::kEndOfStream)
      return std::unexpected(seconds.error());
    return (*video)->close();
  }

  const IntakeRequest& request_;
  PictureTaker& taker_;
  Image picture_;
};

Expected<void> take_in(const IntakeRequest& request, Reader& reader) {
  auto taker = PictureTaker::open(reader.pipe(), {kMostPictureSide, kMostPictureSide});
  if (!taker) return std::unexpected(taker.error());
  struct stat about {};
  ::fstat(request.file, &about);
  if (taker->row().still && about.st_size > kMostPictureBytes)
    return fail(Errc::kRequest, "a picture of more than {} MB is not taken; make it smaller",
                kMostPictureBytes >> 20);
  return Keeper(request, *taker).keep();
}

}  // namespace

Expected<void> take_in(const IntakeRequest& request) {
  auto reader = Reader::start(request.file);
  if (!reader) return std::unexpected(reader.error());
  auto done = take_in(request, *reader);
  if (!done && done.error().what == kBrokenOff) done = reader->epitaph();
  if (!done) return fail_in("add " + request.name, done.error());
  return {};
}

}  // namespace scrim
