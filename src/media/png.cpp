#include "media/png.h"

#include <filesystem>
#include <optional>

#include "media/containers.h"
#include "media/pixels.h"

namespace scrim {
namespace {

AVPixelFormat format_of(Content content) {
  if (content == Content::kMatte) return AV_PIX_FMT_GRAY8;
  return content == Content::kCutout ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
}

std::unexpected<Error> fail_encoding(int error) {
  return fail(Errc::kSystem, "PNG encoder: {}", describe(error));
}

class PngWriter : public VideoWriter {
 public:
  PngWriter(std::string path, PngNames names, PngEncoder encoder)
      : path_(std::move(path)), names_(std::move(names)), encoder_(std::move(encoder)) {}

  Expected<void> write(ConstImageView picture, ConstPlane matte, double) override {
    if (names_.digits >= 0) return encoder_.save(names_.at(index_++), picture, matte);
    if (single_)
      return fail(Errc::kRequest,
                  "write {0}: it holds one picture only; number them ({1}%06d.png) or name a video",
                  path_, path_.substr(0, path_.size() - 4));
    auto file = encoder_.write(names_.at(0), picture, matte);
    if (!file) return std::unexpected(file.error());
    single_.emplace(*std::move(file));
    return {};
  }
  Expected<void> close() override { return single_ ? single_->commit() : Expected<void>{}; }

 private:
  std::string path_;
  PngNames names_;
  PngEncoder encoder_;
  int index_ = 0;
  std::optional<PendingFile> single_;  // the one picture, until no other has come
};

}  // namespace

Expected<PngEncoder> PngEncoder::make(Size size, Content content) {
  silence_ffmpeg();
  PngEncoder png;
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  if (!codec) return fail_encoding(AVERROR_ENCODER_NOT_FOUND);
  png.codec_.reset(avcodec_alloc_context3(codec));
  png.frame_.reset(av_frame_alloc());
  png.packet_.reset(av_packet_alloc());
  AVCodecContext& context = *png.codec_;
  AVFrame& frame = *png.frame_;
  context.width = frame.width = size.width;
  context.height = frame.height = size.height;
  context.pix_fmt = format_of(content);
  frame.format = context.pix_fmt;
  context.time_base = {1, 1};
  context.compression_level = 3;  // smoothly shaded mattes hardly gain beyond it
  context.thread_count = 1;       // so that each picture comes out as it goes in
  av_opt_set(&context, "pred", "sub", AV_OPT_SEARCH_CHILDREN);
  if (const int rc = avcodec_open2(&context, codec, nullptr); rc < 0) return fail_encoding(rc);
  if (const int rc = av_frame_get_buffer(&frame, 0); rc < 0) return fail_encoding(rc);
  return png;
}

Expected<std::span<const std::uint8_t>> PngEncoder::encode(ConstImageView picture,
                                                           ConstPlane matte) {
  av_packet_unref(packet_.get());
  int rc = av_frame_make_writable(frame_.get());
  if (rc >= 0) {
    fill_frame(picture, matte, *frame_);
    rc = avcodec_send_frame(codec_.get(), frame_.get());
  }
  if (rc >= 0) rc = avcodec_receive_packet(codec_.get(), packet_.get());
  if (rc < 0) return fail_encoding(rc);
  return std::span<const std::uint8_t>(packet_->data, static_cast<std::size_t>(packet_->size));
}

Expected<PendingFile> PngEncoder::write(const std::string& path, ConstImageView picture,
                                        ConstPlane matte) {
  const auto bytes = encode(picture, matte);
  if (!bytes) return fail_in("write " + path, bytes.error());
  auto file = PendingFile::create(path);
  if (!file) return file;
  if (auto ok = file->write(*bytes); !ok) return std::unexpected(ok.error());
  return file;
}

Expected<void> PngEncoder::save(const std::string& path, ConstImageView picture, ConstPlane matte) {
  auto file = write(path, picture, matte);
  return file ? file->commit() : std::unexpected(file.error());
}

Expected<std::unique_ptr<VideoWriter>> create_png_writer(const std::string& path,
                                                         const WriteOptions& options) {
  auto names = parse_png_names(path);
  if (!names) return std::unexpected(names.error());
  if (path.ends_with('/')) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return fail_errno("write " + path, error.value());
  }
  auto encoder = PngEncoder::make(options.size, options.content);
  if (!encoder) return fail_in("write " + path, encoder.error());
  return std::make_unique<PngWriter>(path, *std::move(names), *std::move(encoder));
}

}  // namespace scrim
