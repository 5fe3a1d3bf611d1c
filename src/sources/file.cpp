// A video or picture file as a source. Offline it gives every picture at the file's own pace;
// live it plays at the file's own speed, round and round: a picture waits until it is due, and
// those that are overdue are decoded but not converted. A still picture is decoded once.
// Tested by tests/sources/file_test.cpp.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "media/video_reader.h"
#include "sources/kinds.h"
#include "sources/metronome.h"

namespace scrim {
namespace {

constexpr Clock::duration kTooLate = std::chrono::seconds(1);  // then it goes on from where it is

// The file's times and ours may differ by a rounding: seeking goes to a little before.
constexpr double kSeekShort = .002;

// What a file says of itself is believed within these; live nothing plays faster.
constexpr double kLeastFps = 1;
constexpr double kMostFps = 240;

/// What is to be played, in seconds since the file's first picture. Times given out count from
/// `from`.
struct Passage {
  std::string file;
  double from = 0;
  std::optional<double> to;  // the first second that is not played
  bool loop = false;
};

std::unexpected<Error> fail_empty(const Passage& passage) {
  const std::string end = passage.to ? fmt::format("{}", *passage.to) : "the end";
  return fail(Errc::kSystem, "read {}: no picture from second {} to {}; it may be shorter",
              passage.file, passage.from, end);
}

class MovingFile : public Source {
 public:
  static OpenedSource open(VideoReader reader, const Passage& passage,
                           const SourceRequest& request);
  MovingFile(VideoReader reader, const Passage& passage, Pacing pacing, double fps)
      : reader_(std::move(reader)),
        passage_(passage),
        pacing_(pacing),
        fps_(fps),
        shift_(-passage.from) {}

  Size size() const override { return reader_.size(); }
  double fps() const override { return fps_; }
  std::optional<double> length() const override;
  Expected<Clock::time_point> read(ImageView out) override;
  Expected<bool> seek(Clock::time_point moment) override;

 private:
  Expected<double> advance();
  Expected<double> go_round();
  Expected<Clock::time_point> catch_up();

  VideoReader reader_;
  const Passage passage_;
  const Pacing pacing_;
  const double fps_;
  std::optional<double> ahead_;              // time of the picture that the reader stands at
  double latest_ = 0;                        // the same picture's time within the file
  double shift_;                             // from times within the file to those given out
  std::optional<Clock::time_point> origin_;  // live: when second 0 was played
};

OpenedSource MovingFile::open(VideoReader reader, const Passage& passage,
                              const SourceRequest& request) {
  if (passage.from > 0)
    if (auto ok = reader.seek(passage.from); !ok) return std::unexpected(ok.error());
  const double told = reader.info().fps;
  const double fps = told > 0 ? std::clamp(told, kLeastFps, kMostFps) : request.fps;
  auto source = std::make_unique<MovingFile>(std::move(reader), passage, request.pacing, fps);
  auto first = source->advance();
  if (!first && first.error().code == Errc::kEndOfStream) return fail_empty(passage);
  if (!first) return std::unexpected(first.error());
  source->ahead_ = *first;
  return source;
}

std::optional<double> MovingFile::length() const {
  if (passage_.loop) return std::nullopt;
  auto end = passage_.to;
  if (const double all = reader_.info().seconds; all > 0) end = std::min(end.value_or(all), all);
  return end.transform([this](double s) { return s - passage_.from; });
}

/// To the next picture of the passage; its time goes on rising from round to round.
Expected<double> MovingFile::advance() {
  const auto next = reader_.next();
  if (!next && next.error().code != Errc::kEndOfStream) return next;
  const bool over = !next || (passage_.to && *next >= *passage_.to);
  if (over && !passage_.loop) return fail(Errc::kEndOfStream, "the file is at its end");
  if (over) return go_round();
  latest_ = *next;
  return shift_ + latest_;
}

Expected<double> MovingFile::go_round() {
  shift_ += latest_ + 1 / fps_;
  if (auto ok = reader_.seek(passage_.from); !ok) return std::unexpected(ok.error());
  const auto first = reader_.next();
  if (!first) return first;
  shift_ -= *first;  // it follows the last one after one period
  latest_ = *first;
  return shift_ + latest_;
}

/// Live: waits until the picture at hand is due; leaves out those that are overdue.
Expected<Clock::time_point> MovingFile::catch_up() {
  const auto period = std::chrono::round<Clock::duration>(Seconds(1 / fps_));
  for (;;) {
    const Clock::time_point now = Clock::now();
    const Clock::duration place = at_seconds(*ahead_) - kStart;
    if (!origin_ || now - (*origin_ + place) > kTooLate) origin_ = now - place;
    const Clock::time_point due = *origin_ + place;
    if (now - due <= period) {
      if (auto ok = wait_until(due); !ok) return std::unexpected(ok.error());
      return Clock::now();
    }
    auto next = advance();
    if (!next) return std::unexpected(next.error());
    ahead_ = *next;
  }
}

Expected<Clock::time_point> MovingFile::read(ImageView out) {
  if (!ahead_) {
    auto next = advance();
    if (!next) return std::unexpected(next.error());
    ahead_ = *next;
  }
  Expected<Clock::time_point> moment = at_seconds(*ahead_);
  if (pacing_ == Pacing::kLive) moment = catch_up();
  if (!moment) return moment;
  if (auto ok = reader_.convert(out); !ok) return std::unexpected(ok.error());
  ahead_.reset();
  return moment;
}

Expected<bool> MovingFile::seek(Clock::time_point moment) {
  if (pacing_ == Pacing::kLive || passage_.loop || passage_.file == "-") return false;
  const double within = seconds_since_start(moment) - shift_;
  if (auto ok = reader_.seek(within - kSeekShort); !ok) return std::unexpected(ok.error());
  do {
    ahead_.reset();
    auto next = advance();
    if (!next && next.error().code == Errc::kEndOfStream) return true;  // as read() will say
    if (!next) return std::unexpected(next.error());
    ahead_ = *next;
  } while (at_seconds(*ahead_) < moment);
  return true;
}

class StillFile : public Source {
 public:
  StillFile(Image picture, const SourceRequest& request, bool loop)
      : picture_(std::move(picture)), loop_(loop), metronome_(request.fps, request.pacing, 0) {}

  Size size() const override { return picture_.size(); }
  double fps() const override { return metronome_.fps(); }
  bool still() const override { return true; }

  Expected<Clock::time_point> read(ImageView out) override {
    if (shown_ && !loop_) return fail(Errc::kEndOfStream, "the one picture was given");
    const auto moment = metronome_.next();
    if (!moment) return moment;
    copy(picture_.view(), out);
    shown_ = true;
    return moment;
  }

 private:
  Image picture_;
  bool loop_;
  bool shown_ = false;
  Metronome metronome_;
};

OpenedSource open_still(VideoReader reader, const SourceRequest& request, const Passage& passage) {
  if (passage.from > 0) return fail_empty(passage);
  if (auto first = reader.next(); !first) return std::unexpected(first.error());
  Image picture(reader.size());
  if (auto ok = reader.convert(picture.view()); !ok) return std::unexpected(ok.error());
  return std::make_unique<StillFile>(std::move(picture), request, passage.loop);
}

Expected<Passage> passage_of(const Spec& spec, Pacing pacing) {
  Passage passage{.file = spec.argument};
  const auto from = parse_time(text(spec, kFileFrom));
  if (!from) return fail_in("file?from", from.error());
  passage.from = *from;
  if (const std::string given = text(spec, kFileTo); !given.empty()) {
    const auto to = parse_time(given);
    if (!to) return fail_in("file?to", to.error());
    passage.to = *to;
  }
  if (passage.to && passage.from >= *passage.to)
    return fail(Errc::kRequest, "file: 'from' ({} s) must be less than 'to' ({} s)", passage.from,
                *passage.to);
  const bool usual = pacing == Pacing::kLive && spec.argument != "-";  // which cannot go back
  passage.loop = spec.find(kFileLoop.name) ? flag(spec, kFileLoop) : usual;
  return passage;
}

}  // namespace

OpenedSource open_file(const Spec& spec, const SourceRequest& request) {
  const auto passage = passage_of(spec, request.pacing);
  if (!passage) return std::unexpected(passage.error());
  auto reader = VideoReader::open(spec.argument, {.size = request.size});
  if (!reader) return std::unexpected(reader.error());
  if (reader->info().still) return open_still(*std::move(reader), request, *passage);
  return MovingFile::open(*std::move(reader), *passage, request);
}

}  // namespace scrim
