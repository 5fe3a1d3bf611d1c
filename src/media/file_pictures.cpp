// Decoding keeps what VideoReader lays over black: transparency. Pictures are scaled with colours
// multiplied by alpha, so that what is unseen does not stain the edge of what is seen.
// Tested by tests/media/file_pictures_test.cpp.
#include "media/file_pictures.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "image/convert.h"
#include "media/input.h"

namespace scrim {
namespace {

constexpr std::size_t kSlack = 64;    // swscale may write a little beyond a row's end
constexpr double kUsualPeriod = 0.1;  // seconds, where a file says nothing
constexpr double kLeastPeriod = 0.005;

struct Rgba {
  Size size;
  std::vector<std::uint8_t> bytes;

  explicit Rgba(Size s)
      : size(s),
        bytes(static_cast<std::size_t>(s.width) * static_cast<std::size_t>(s.height) * 4 + kSlack) {
  }
  int stride() const { return 4 * size.width; }
  std::size_t pixels() const { return (bytes.size() - kSlack) / 4; }
};

/// FFmpeg's own decoder of VP8 and VP9 leaves transparency out.
const AVCodec* decoder_for(AVCodecID id) {
  const char* name = id == AV_CODEC_ID_VP9 ? "libvpx-vp9" : id == AV_CODEC_ID_VP8 ? "libvpx" : "";
  const AVCodec* codec = avcodec_find_decoder_by_name(name);
  return codec ? codec : avcodec_find_decoder(id);
}

bool rescale(const std::uint8_t* const* data, const int* strides, Size size, AVPixelFormat format,
             Rgba& out) {
  const ScalerPtr scaler(sws_getContext(
      size.width, size.height, format, out.size.width, out.size.height, AV_PIX_FMT_RGBA,
      SWS_AREA | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, nullptr, nullptr, nullptr));
  if (!scaler) return false;
  std::uint8_t* const rows[] = {out.bytes.data(), nullptr, nullptr, nullptr};
  const int out_strides[] = {out.stride(), 0, 0, 0};
  return sws_scale(scaler.get(), data, strides, 0, size.height, rows, out_strides) > 0;
}

void multiply(Rgba& picture) {
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    std::uint8_t* p = &picture.bytes[4 * i];
    for (int c = 0; c < 3; ++c) p[c] = static_cast<std::uint8_t>((p[c] * p[3] + 127) / 255);
  }
}

void divide(Rgba& picture) {
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    std::uint8_t* p = &picture.bytes[4 * i];
    for (int c = 0; c < 3 && p[3]; ++c)
      p[c] = static_cast<std::uint8_t>(std::min((p[c] * 255 + p[3] / 2) / p[3], 255));
  }
}

ClipPicture as_clip_picture(const Rgba& picture, double until) {
  ClipPicture made{Image(picture.size), Matte(picture.size), until};
  const Plane alpha = made.alpha.view();
  std::vector<std::uint8_t> rgb(3 * picture.pixels());
  for (int y = 0; y < alpha.height; ++y)
    for (int x = 0; x < alpha.width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * static_cast<std::size_t>(alpha.width) +
                            static_cast<std::size_t>(x);
      std::copy_n(&picture.bytes[4 * i], 3, &rgb[3 * i]);
      alpha.row(y)[x] = picture.bytes[4 * i + 3];
    }
  from_rgb(rgb.data(), 3 * picture.size.width, made.picture.view());
  return made;
}

class ClipReader {
 public:
  ClipReader(const std::string& path, int height) : path_(path), height_(height) {}

  Expected<Clip> read() {
    silence_ffmpeg();
    auto input = open_input(path_, AVMEDIA_TYPE_VIDEO);
    if (!input) return std::unexpected(input.error());
    input_ = *std::move(input);
    if (auto ok = open_codec(); !ok) return std::unexpected(ok.error());
    while (av_read_frame(input_.demuxer.get(), packet_.get()) >= 0) {
      if (packet_->stream_index == input_.stream->index)
        avcodec_send_packet(codec_.get(), packet_.get());
      av_packet_unref(packet_.get());
      if (auto ok = receive(); !ok) return std::unexpected(ok.error());
      if (input_.still && !clip_.empty()) break;
    }
    avcodec_send_packet(codec_.get(), nullptr);
    if (auto ok = receive(); !ok) return std::unexpected(ok.error());
    if (clip_.empty())
      return fail(Errc::kRequest,
                  "read {}: not one picture in it could be decoded; copy or convert it again",
                  path_);
    return std::move(clip_);
  }

 private:
  Expected<void> open_codec() {
    const AVCodecParameters& parameters = *input_.stream->codecpar;
    if (auto ok = check_picture_size(path_, {parameters.width, parameters.height}); !ok) return ok;
    const AVCodec* codec = decoder_for(parameters.codec_id);
    codec_.reset(avcodec_alloc_context3(codec));
    avcodec_parameters_to_context(codec_.get(), &parameters);
    codec_->thread_count = 1;
    codec_->max_pixels = kMaxPixels;
    if (!codec || avcodec_open2(codec_.get(), codec, nullptr) < 0)
      return fail(Errc::kRequest, "read {}: there is no decoder for '{}'; convert it to png", path_,
                  avcodec_get_name(parameters.codec_id));
    return {};
  }

  Expected<void> receive() {
    while (avcodec_receive_frame(codec_.get(), frame_.get()) == 0)
      if (auto ok = take(); !ok) return ok;
    return {};
  }

  Expected<void> take() {
    const Size size{frame_->width, frame_->height};
    if (auto ok = check_picture_size(path_, size); !ok) return ok;
    if (clip_.empty()) wanted_ = wanted(size);
    const std::size_t each =
        static_cast<std::size_t>(wanted_.width) * static_cast<std::size_t>(wanted_.height) * 5 / 2;
    if (each * (clip_.size() + 1) > FilePictures::kMostBytes)
      return fail(Errc::kRequest,
                  "read {}: too long to lie over a picture (more than {} MB of memory); shorten it "
                  "or make it smaller",
                  path_, FilePictures::kMostBytes >> 20);
    Rgba own(size), scaled(wanted_);
    if (!rescale(frame_->data, frame_->linesize, size, static_cast<AVPixelFormat>(frame_->format),
                 own))
      return fail(Errc::kRequest, "read {}: its pixel format cannot be read; convert it to png",
                  path_);
    multiply(own);
    const std::uint8_t* const rows[] = {own.bytes.data(), nullptr, nullptr, nullptr};
    const int strides[] = {own.stride(), 0, 0, 0};
    if (wanted_ == size)
      scaled = own;
    else if (!rescale(rows, strides, size, AV_PIX_FMT_RGBA, scaled))
      return fail(Errc::kRequest, "read {}: it cannot be scaled; make it smaller", path_);
    divide(scaled);
    until_ += period();
    clip_.push_back(as_clip_picture(scaled, until_));
    return {};
  }

  Size wanted(Size own) const {
    if (height_ == 0) return own;
    const auto width = std::lround(static_cast<double>(own.width) * height_ / own.height);
    return {std::clamp(static_cast<int>(width), 1, kMaxSide), height_};
  }

  double period() const {
    const AVRational rate = input_.stream->avg_frame_rate;
    const double told =
        static_cast<double>(frame_->pkt_duration) * av_q2d(input_.stream->time_base);
    if (told >= kLeastPeriod) return told;
    return rate.num > 0 && rate.den > 0 ? std::max(av_q2d(av_inv_q(rate)), kLeastPeriod)
                                        : kUsualPeriod;
  }

  const std::string& path_;
  int height_;
  Input input_;
  CodecPtr codec_;
  PacketPtr packet_{av_packet_alloc()};
  FramePtr frame_{av_frame_alloc()};
  Size wanted_;
  double until_ = 0;
  Clip clip_;
};

}  // namespace

Expected<Clip> FilePictures::open(const std::string& path, int height) const {
  auto clip = ClipReader(path, height).read();
  // What can't be read is a wrong request: nothing has been opened yet.
  if (!clip) return fail(Errc::kRequest, "{}", clip.error().what);
  return clip;
}

}  // namespace scrim
