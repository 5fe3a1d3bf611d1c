// Animated WebP by way of libwebpdemux, whole in memory. Tested by
// tests/backgrounds/video_test.cpp.
#include <fcntl.h>
#include <unistd.h>
#include <webp/demux.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/unique_fd.h"
#include "media/decoder.h"
#include "media/frame_converter.h"
#include "media/input.h"

namespace scrim {
namespace {

constexpr std::size_t kHeaderBytes = 30;
constexpr std::size_t kBlock = 1 << 16;
constexpr std::size_t kFlagsAt = 20;
constexpr char kAnimationFlag = 2;

struct FreeAnimation {
  void operator()(WebPAnimDecoder* animation) const { WebPAnimDecoderDelete(animation); }
};

/// The file's bytes, if it is an animation; else none. A pipe, which can't be looked into twice, is
/// left to others.
std::vector<char> read_animation(const std::string& path) {
  const UniqueFd file(path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                  : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string head(kHeaderBytes, '\0');
  const off_t begin = ::lseek(file.get(), 0, SEEK_CUR);
  if (::pread(file.get(), head.data(), kHeaderBytes, begin) != ssize_t{kHeaderBytes}) return {};
  const bool extended = head.starts_with("RIFF") && head.substr(8, 8) == "WEBPVP8X";
  if (!extended || (head[kFlagsAt] & kAnimationFlag) == 0) return {};
  std::vector<char> bytes, block(kBlock);
  for (;;) {
    const auto at = begin + static_cast<off_t>(bytes.size());
    const ssize_t count = ::pread(file.get(), block.data(), kBlock, at);
    if (count <= 0) return bytes;
    bytes.insert(bytes.end(), block.begin(), block.begin() + count);
  }
}

class WebpAnimation : public Decoder {
 public:
  WebpAnimation(std::string path, const ReadOptions& options, std::vector<char> bytes)
      : Decoder(options), path_(std::move(path)), bytes_(std::move(bytes)) {}

  Expected<void> start() {
    const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes_.data()), bytes_.size()};
    WebPAnimDecoderOptions how;
    WebPAnimDecoderOptionsInit(&how);
    animation_.reset(WebPAnimDecoderNew(&data, &how));
    WebPAnimInfo about;
    if (!animation_ || !WebPAnimDecoderGetInfo(animation_.get(), &about)) return damaged();
    info_.size = {static_cast<int>(about.canvas_width), static_cast<int>(about.canvas_height)};
    if (auto ok = check_picture_size(path_, info_.size, options_.most_pixels); !ok) return ok;
    info_.still = about.frame_count == 1;
    auto converter = FrameConverter::make({.coded = info_.size, .format = AV_PIX_FMT_RGBA});
    if (!converter) return fail_in("read " + path_, converter.error());
    converter_ = *std::move(converter);
    frame_->width = info_.size.width;
    frame_->height = info_.size.height;
    frame_->format = AV_PIX_FMT_RGBA;
    frame_->linesize[0] = 4 * info_.size.width;
    if (auto first = next(); !first) return damaged();
    info_.fps = 1 / period();
    return seek(0);
  }

  Expected<double> next() override {
    if (!WebPAnimDecoderHasMoreFrames(animation_.get()))
      return fail(Errc::kEndOfStream, "read {}: no more pictures", path_);
    int end_ms = 0;
    if (!WebPAnimDecoderGetNext(animation_.get(), &frame_->data[0], &end_ms))
      return fail(Errc::kEndOfStream, "read {}: the rest of it is damaged", path_);
    begin_ms_ = end_ms_;
    end_ms_ = std::max(end_ms, begin_ms_ + 1);  // times always rise
    return begin_ms_ / 1000.0;
  }

  double period() const override { return (end_ms_ - begin_ms_) / 1000.0; }

  Expected<void> convert(ImageView out) override {
    converter_->convert(*frame_, out);
    return {};
  }

  /// Each picture builds on those before it, so always from the first one; the next picture begins
  /// where the last one ends.
  Expected<void> seek(double seconds) override {
    WebPAnimDecoderReset(animation_.get());
    begin_ms_ = end_ms_ = 0;
    while (end_ms_ / 1000.0 < seconds && next()) {
    }
    return {};
  }

 private:
  std::unexpected<Error> damaged() const {
    return fail(Errc::kSystem, "read {}: an animation that is cut short or damaged; copy it again",
                path_);
  }

  std::string path_;
  std::vector<char> bytes_;  // outlive animation_
  std::unique_ptr<WebPAnimDecoder, FreeAnimation> animation_;
  std::optional<FrameConverter> converter_;
  FramePtr frame_{av_frame_alloc()};  // borrows the animation's canvas
  int begin_ms_ = 0, end_ms_ = 0;     // of the picture in frame_
};

}  // namespace

Expected<std::unique_ptr<Decoder>> open_webp_animation(const std::string& path,
                                                       const ReadOptions& options) {
  auto bytes = read_animation(path);
  if (bytes.empty()) return nullptr;
  auto animation = std::make_unique<WebpAnimation>(path, options, std::move(bytes));
  if (auto ok = animation->start(); !ok) return std::unexpected(ok.error());
  return animation;
}

}  // namespace scrim
