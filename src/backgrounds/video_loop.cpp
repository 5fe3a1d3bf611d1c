// Tested by tests/backgrounds/video_test.cpp.
#include "backgrounds/video_loop.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace scrim {

Expected<VideoLoop> VideoLoop::open(const std::string& path, Size size, const Framing& framing) {
  ReadOptions options;
  if (framing == Framing{}) options.size = size;
  auto reader = VideoReader::open(path, options);
  if (!reader) return std::unexpected(reader.error());
  return VideoLoop(*std::move(reader), framing);
}

VideoLoop::VideoLoop(VideoReader reader, const Framing& framing)
    : reader_(std::move(reader)), framing_(framing) {
  if (framing != Framing{}) own_ = Image(reader_.size());
}

Expected<double> VideoLoop::next(double wanted) {
  auto next = reader_.next();
  if (!next && next.error().code == Errc::kEndOfStream) next = go_round(wanted);
  if (!next) return next;
  length_ = std::max(length_, *next + reader_.period());
  return round_ * length_ + *next;
}

/// The length is known now, and the same in every round.
Expected<double> VideoLoop::go_round(double wanted) {
  round_ = std::max(round_ + 1, std::floor(wanted / length_));
  if (auto ok = reader_.seek(0); !ok) return std::unexpected(ok.error());
  return reader_.next();
}

Expected<void> VideoLoop::convert(ImageView out) {
  if (framing_ == Framing{}) return reader_.convert(out);
  if (auto ok = reader_.convert(own_.view()); !ok) return ok;
  lay(std::as_const(own_).view(), framing_, out);
  return {};
}

}  // namespace scrim
