#include "media/stream_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/pending_file.h"
#include "media/audio_copy.h"
#include "media/file_io.h"
#include "media/pixels.h"

namespace scrim {
namespace {

constexpr int kLeastToSlice = 16;

/// 29.97 means 30000/1001.
AVRational rate_of(double fps) {
  for (int whole : {24, 30, 48, 60, 120})
    if (std::abs(fps - whole * 1000 / 1001.0) < 0.005) return {whole * 1000, 1001};
  const AVRational rate = av_d2q(fps, 1000);
  return rate.num > 0 && rate.den > 0 ? rate : AVRational{30, 1};
}

class StreamWriter : public VideoWriter {
 public:
  static Expected<std::unique_ptr<VideoWriter>> create(const std::string& path,
                                                       const Container& container,
                                                       const WriteOptions& options);
  StreamWriter(const std::string& path, const WriteOptions& options, PendingFile file)
      : path_(path), options_(options), file_(std::move(file)) {}

  Expected<void> write(ConstImageView picture, ConstPlane matte, double seconds) override;
  Expected<void> close() override;

 private:
  Expected<void> open(const Container& container);
  Expected<void> open_encoder(const Encoding& encoding);
  void describe_picture(const Encoding& encoding);
  Expected<void> open_converter();
  int convert();
  Expected<void> begin_file(const Container& container);
  std::int64_t tick_of(double seconds);
  Expected<void> encode(const AVFrame* frame);
  int mux_packet();
  Expected<void> result_of(int rc);

  std::string path_;
  WriteOptions options_;
  PendingFile file_;
  std::unique_ptr<FileIo> io_;  // outlives muxer_
  MuxerPtr muxer_;
  CodecPtr codec_;
  FramePtr frame_{av_frame_alloc()};
  FramePtr converted_;  // frame_ in the encoder's pixel format; null if it has that already
  ScalerPtr converter_;
  PacketPtr packet_{av_packet_alloc()};
  AVStream* stream_ = nullptr;
  std::unique_ptr<AudioCopy> audio_;
  std::int64_t last_tick_ = -1;
  std::int64_t period_ = 1;  // ticks from one picture to the next, as last seen
  bool times_kept_ = true;
  Expected<void> result_;
};

Expected<std::unique_ptr<VideoWriter>> StreamWriter::create(const std::string& path,
                                                            const Container& container,
                                                            const WriteOptions& options) {
  silence_ffmpeg();
  auto file = path == "-" ? PendingFile::standard_output() : PendingFile::create(path);
  if (!file) return std::unexpected(file.error());
  auto writer = std::make_unique<StreamWriter>(path, options, *std::move(file));
  if (auto ok = writer->open(container); !ok) return std::unexpected(ok.error());
  return writer;
}

/// An error number of the library as ours; what the system said about the file goes before. The
/// first failure stays: a file that lacks something is never completed.
Expected<void> StreamWriter::result_of(int rc) {
  if (!result_) return result_;
  if (io_->error() != 0)
    result_ = fail_errno("write " + path_, io_->error());
  else if (rc < 0)
    result_ = fail(Errc::kSystem, "write {}: {}", path_, describe(rc));
  return result_;
}

Expected<void> StreamWriter::open(const Container& container) {
  const Encoding* encoding = choose_encoding(container, options_.content);
  if (!encoding)
    return fail(Errc::kSystem, "write {}: FFmpeg has no encoder for {} here; choose another format",
                path_, container.extension);
  io_ = FileIo::on_output(file_.fd());
  AVFormatContext* raw = nullptr;
  // For mp4 the library reads its own file again, by this name, to put the index in front.
  const std::string url = "file:" + file_.temporary();
  const int rc = avformat_alloc_output_context2(&raw, nullptr, container.muxer, url.c_str());
  if (rc < 0) return result_of(rc);
  muxer_.reset(raw);
  muxer_->pb = io_->context();
  if (auto ok = open_encoder(*encoding); !ok) return ok;
  if (!options_.sound.empty()) {
    auto audio = AudioCopy::open(options_.sound, options_.sound_from, *muxer_);
    if (!audio) return fail_in("write " + path_, audio.error());
    audio_ = *std::move(audio);
  }
  return begin_file(container);
}

/// Size, format, clock and colours, for the encoder and for the frames that it gets.
void StreamWriter::describe_picture(const Encoding& encoding) {
  AVCodecContext& codec = *codec_;
  const int round = encoding.even ? 1 : 0;
  codec.width = frame_->width = (options_.size.width + round) & ~round;
  codec.height = frame_->height = (options_.size.height + round) & ~round;
  frame_->format = format_for(encoding, options_.content);
  const bool same = encoding.converted == AV_PIX_FMT_NONE;
  codec.pix_fmt = same ? static_cast<AVPixelFormat>(frame_->format) : encoding.converted;
  codec.framerate = rate_of(options_.fps);
  codec.sample_aspect_ratio = {1, 1};
  times_kept_ = encoding.ticks_per_second > 0;
  codec.time_base =
      times_kept_ ? AVRational{1, encoding.ticks_per_second} : av_inv_q(codec.framerate);
  period_ = std::max<std::int64_t>(av_rescale_q(1, av_inv_q(codec.framerate), codec.time_base), 1);

  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(codec.pix_fmt);
  const bool yuv = format->nb_components > 2 && !(format->flags & AV_PIX_FMT_FLAG_RGB);
  codec.color_range = yuv ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG;
  if (yuv) {
    codec.colorspace = AVCOL_SPC_SMPTE170M;
    codec.color_primaries = AVCOL_PRI_SMPTE170M;
    codec.color_trc = AVCOL_TRC_SMPTE170M;
  }
  frame_->color_range = codec.color_range;
  frame_->colorspace = codec.colorspace;
  frame_->color_primaries = codec.color_primaries;
  frame_->color_trc = codec.color_trc;
}

/// For encoders that take none of the pixel formats that we fill.
Expected<void> StreamWriter::open_converter() {
  const auto from = static_cast<AVPixelFormat>(frame_->format);
  if (from == codec_->pix_fmt) return {};
  const int width = frame_->width, height = frame_->height;
  converter_.reset(sws_getContext(width, height, from, width, height, codec_->pix_fmt,
                                  SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
  if (!converter_) return result_of(AVERROR(ENOMEM));
  converted_.reset(av_frame_alloc());
  av_frame_copy_props(converted_.get(), frame_.get());
  converted_->width = width;
  converted_->height = height;
  converted_->format = codec_->pix_fmt;
  return result_of(av_frame_get_buffer(converted_.get(), 0));
}

int StreamWriter::convert() {
  if (const int rc = av_frame_make_writable(converted_.get()); rc < 0) return rc;
  converted_->pts = frame_->pts;
  return sws_scale(converter_.get(), frame_->data, frame_->linesize, 0, frame_->height,
                   converted_->data, converted_->linesize);
}

Expected<void> StreamWriter::open_encoder(const Encoding& encoding) {
  const AVCodec* codec = avcodec_find_encoder_by_name(encoding.encoder);
  codec_.reset(avcodec_alloc_context3(codec));
  describe_picture(encoding);
  codec_->thread_count = 0;  // as the encoder thinks best
  // FFV1 cuts pictures into slices of itself, and finds no way to do so with a side of 3.
  if (std::min(codec_->width, codec_->height) < kLeastToSlice) codec_->slices = 1;
  if (muxer_->oformat->flags & AVFMT_GLOBALHEADER) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  Dictionary settings;
  settings.parse(encoding.options);
  if (const int rc = avcodec_open2(codec_.get(), codec, settings.address()); rc < 0)
    return result_of(rc);
  stream_ = avformat_new_stream(muxer_.get(), nullptr);
  stream_->time_base = codec_->time_base;
  stream_->avg_frame_rate = codec_->framerate;
  avcodec_parameters_from_context(stream_->codecpar, codec_.get());
  if (const int rc = av_frame_get_buffer(frame_.get(), 0); rc < 0) return result_of(rc);
  return open_converter();
}

Expected<void> StreamWriter::begin_file(const Container& container) {
  Dictionary settings;
  settings.parse(container.options);
  return result_of(avformat_write_header(muxer_.get(), settings.address()));
}

std::int64_t StreamWriter::tick_of(double seconds) {
  if (!times_kept_) return last_tick_ + 1;
  const double per_second = av_q2d(av_inv_q(codec_->time_base));
  return std::max<std::int64_t>(std::llround(seconds * per_second), last_tick_ + 1);
}

int StreamWriter::mux_packet() {
  packet_->stream_index = stream_->index;
  packet_->duration = period_;
  av_packet_rescale_ts(packet_.get(), codec_->time_base, stream_->time_base);
  return av_interleaved_write_frame(muxer_.get(), packet_.get());
}

/// Null: what the encoder still holds.
Expected<void> StreamWriter::encode(const AVFrame* frame) {
  int rc = avcodec_send_frame(codec_.get(), frame);
  while (rc >= 0) {
    rc = avcodec_receive_packet(codec_.get(), packet_.get());
    if (rc == AVERROR(EAGAIN) || rc == AVERROR_EOF) return result_of(0);
    if (rc >= 0) rc = mux_packet();
  }
  return result_of(rc);
}

Expected<void> StreamWriter::write(ConstImageView picture, ConstPlane matte, double seconds) {
  if (const int rc = av_frame_make_writable(frame_.get()); rc < 0) return result_of(rc);
  const bool grey = options_.content == Content::kMatte;
  fill_frame(grey ? ConstImageView{} : picture, matte, *frame_);
  const std::int64_t tick = tick_of(seconds);
  if (last_tick_ >= 0) period_ = tick - last_tick_;
  frame_->pts = last_tick_ = tick;
  if (audio_)
    if (const int rc = audio_->copy_until(seconds, *muxer_); rc < 0) return result_of(rc);
  if (!converted_) return encode(frame_.get());
  if (const int rc = convert(); rc < 0) return result_of(rc);
  return encode(converted_.get());
}

Expected<void> StreamWriter::close() {
  if (auto ok = encode(nullptr); !ok) return ok;
  const double end = static_cast<double>(last_tick_ + period_) * av_q2d(codec_->time_base);
  int rc = audio_ && last_tick_ >= 0 ? audio_->copy_until(end, *muxer_) : 0;
  if (rc >= 0) rc = av_write_trailer(muxer_.get());
  avio_flush(muxer_->pb);
  if (rc >= 0) rc = muxer_->pb->error;
  if (auto ok = result_of(rc); !ok) return ok;
  return file_.commit();
}

}  // namespace

Expected<std::unique_ptr<VideoWriter>> create_stream_writer(const std::string& path,
                                                            const Container& container,
                                                            const WriteOptions& options) {
  return StreamWriter::create(path, container, options);
}

}  // namespace scrim
