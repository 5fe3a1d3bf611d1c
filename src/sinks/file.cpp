// Writes pictures to a media file. write() copies what it needs into one of a few slots and comes
// back; a thread encodes them in order. Live, a picture that finds no free slot is dropped and
// counted, so that no camera ever waits for an encoder; offline, write() waits. What goes wrong on
// the thread is told by the next write() or by close(). Tested by tests/sinks/file_test.cpp.
#include <spdlog/spdlog.h>

#include <mutex>
#include <optional>

#include "base/worker.h"
#include "media/video_writer.h"
#include "sinks/kinds.h"

namespace scrim {
namespace {

constexpr std::size_t kSlots = 4;

/// What of a shot is to be encoded; only what the content needs has memory.
struct Copied {
  Image picture;
  Matte matte;
  double seconds = 0;
};

class FileSink : public Sink {
 public:
  FileSink(std::string path, const WriteOptions& options, Pacing pacing,
           std::unique_ptr<VideoWriter> writer)
      : path_(std::move(path)),
        options_(options),
        pacing_(pacing),
        writer_(std::move(writer)),
        encoder_(make_slots(), [this](Copied& copied) { encode(copied); }) {}

  Size size() const override { return options_.size; }
  Expected<void> write(const Shot& shot) override;
  Expected<void> close() override;
  bool cuts_out() const override { return options_.content == Content::kCutout; }

 private:
  bool needs_picture() const { return options_.content != Content::kMatte; }
  bool needs_matte() const { return options_.content != Content::kPicture; }
  std::vector<Copied> make_slots() const;
  void encode(Copied& copied);  // on the encoder's thread
  Expected<void> result() const;

  const std::string path_;
  const WriteOptions options_;
  const Pacing pacing_;
  std::unique_ptr<VideoWriter> writer_;     // the encoder's thread's, until that has ended
  std::optional<Clock::time_point> first_;  // when the first picture was captured
  std::optional<Clock::time_point> latest_;
  int dropped_ = 0;
  mutable std::mutex mutex_;
  Expected<void> result_;   // guarded by mutex_; the first error stays
  Worker<Copied> encoder_;  // last: its thread uses the above
};

std::vector<Copied> FileSink::make_slots() const {
  std::vector<Copied> slots(kSlots);
  for (Copied& slot : slots) {
    if (needs_picture()) slot.picture = Image(options_.size);
    if (needs_matte()) slot.matte = Matte(options_.size);
  }
  return slots;
}

void FileSink::encode(Copied& copied) {
  if (!result()) return;
  auto written = writer_->write(copied.picture.view(), copied.matte.view(), copied.seconds);
  std::lock_guard lock(mutex_);
  if (!written) result_ = std::move(written);
}

Expected<void> FileSink::result() const {
  std::lock_guard lock(mutex_);
  return result_;
}

Expected<void> FileSink::write(const Shot& shot) {
  // A repeated picture says nothing new: in a file, a picture stays until the next one.
  if (pacing_ == Pacing::kLive && latest_ && shot.captured <= *latest_) return result();
  if (!first_) first_ = shot.captured;
  latest_ = shot.captured;
  const bool taken = encoder_.submit(pacing_, [&](Copied& slot) {
    if (needs_picture()) copy(cuts_out() ? shot.person : shot.picture, slot.picture.view());
    if (needs_matte()) copy(shot.matte, slot.matte.view());
    slot.seconds = Seconds(shot.captured - *first_).count();
  });
  if (!taken) ++dropped_;
  return result();
}

Expected<void> FileSink::close() {
  encoder_.finish();
  if (dropped_ > 0)
    spdlog::warn("{}: {} pictures were left out, as encoding took too long", path_, dropped_);
  if (auto ok = result(); !ok) return ok;
  if (!first_) return fail(Errc::kSystem, "write {}: there was no picture to write", path_);
  return writer_->close();
}

Expected<Content> content_of(const Spec& spec) {
  const bool matte = flag(spec, kFileMatte);
  const bool alpha = flag(spec, kFileAlpha);
  if (matte && alpha)
    return fail(Errc::kRequest, "file: matte and alpha exclude each other; choose one");
  if (alpha) return Content::kCutout;
  return matte ? Content::kMatte : Content::kPicture;
}

Expected<WriteOptions> options_of(const Spec& spec, const SinkRequest& request) {
  const auto size = sink_size(spec, request);
  if (!size) return std::unexpected(size.error());
  const auto content = content_of(spec);
  if (!content) return std::unexpected(content.error());
  const auto sound_from = parse_time(text(spec, kFileSoundFrom));
  if (!sound_from) return fail_in("file?sound-from", sound_from.error());
  WriteOptions options;
  options.size = *size;
  options.fps = request.fps;
  options.content = *content;
  options.sound = text(spec, kFileSound);
  options.sound_from = *sound_from;
  return options;
}

}  // namespace

OpenedSink open_file_sink(const Spec& spec, const SinkRequest& request) {
  const auto options = options_of(spec, request);
  if (!options) return std::unexpected(options.error());
  auto writer = create_video(spec.argument, *options);
  if (!writer) return std::unexpected(writer.error());
  return std::make_unique<FileSink>(spec.argument, *options, request.pacing, *std::move(writer));
}

}  // namespace scrim
