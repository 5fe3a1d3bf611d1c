// Files for tests that our writer would not make: other pixel formats, colour tags, turned
// pictures; and a look at files past our own reader. Failures end the test by an exception.
#pragma once

#include <cstring>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "image/image.h"
#include "media/ffmpeg.h"

namespace scrim {

inline void need(int rc) {
  if (rc < 0) throw std::runtime_error(describe(rc));
}

struct RawFile {
  const char* muxer = "matroska";
  const char* encoder = "ffv1";
  const char* options = "";
  Size size{64, 48};
  AVPixelFormat format = AV_PIX_FMT_YUV420P;
  AVColorRange range = AVCOL_RANGE_UNSPECIFIED;
  AVColorSpace space = AVCOL_SPC_UNSPECIFIED;
  AVRational aspect{1, 1};
  int pictures = 1;
  std::vector<std::int32_t> display_matrix = {};  // nine numbers, or none
};

inline void set_display_matrix(AVStream& stream, const std::vector<std::int32_t>& matrix) {
  const std::size_t bytes = matrix.size() * sizeof matrix[0];
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 100)
  AVCodecParameters& p = *stream.codecpar;
  void* data = av_packet_side_data_new(&p.coded_side_data, &p.nb_coded_side_data,
                                       AV_PKT_DATA_DISPLAYMATRIX, bytes, 0)
                   ->data;
#else
  void* data = av_stream_new_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, bytes);
#endif
  std::memcpy(data, matrix.data(), bytes);
}

inline CodecPtr open_raw_encoder(const RawFile& raw, bool global_header) {
  const AVCodec* codec = avcodec_find_encoder_by_name(raw.encoder);
  if (!codec) throw std::runtime_error("no such encoder");
  CodecPtr context(avcodec_alloc_context3(codec));
  context->width = raw.size.width;
  context->height = raw.size.height;
  context->pix_fmt = raw.format;
  context->color_range = raw.range;
  context->colorspace = raw.space;
  context->sample_aspect_ratio = raw.aspect;
  context->time_base = {1, 25};
  context->framerate = {25, 1};
  context->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  if (global_header) context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  Dictionary options;
  options.parse(raw.options);
  need(avcodec_open2(context.get(), codec, options.address()));
  return context;
}

/// `fill(frame, k)` gives picture k its samples; 25 pictures per second.
inline void write_raw(const std::string& path, const RawFile& raw,
                      const std::function<void(AVFrame&, int)>& fill_frame) {
  silence_ffmpeg();
  AVFormatContext* allocated = nullptr;
  need(avformat_alloc_output_context2(&allocated, nullptr, raw.muxer, path.c_str()));
  const MuxerPtr muxer(allocated);
  const CodecPtr codec = open_raw_encoder(raw, muxer->oformat->flags & AVFMT_GLOBALHEADER);
  AVStream* stream = avformat_new_stream(muxer.get(), nullptr);
  avcodec_parameters_from_context(stream->codecpar, codec.get());
  stream->time_base = codec->time_base;
  stream->avg_frame_rate = codec->framerate;
  stream->sample_aspect_ratio = raw.aspect;
  if (!raw.display_matrix.empty()) set_display_matrix(*stream, raw.display_matrix);
  need(avio_open(&muxer->pb, path.c_str(), AVIO_FLAG_WRITE));
  Dictionary options;
  if (std::string_view(raw.muxer) == "image2") options.set("update", "1");
  need(avformat_write_header(muxer.get(), options.address()));

  const FramePtr frame(av_frame_alloc());
  frame->width = raw.size.width;
  frame->height = raw.size.height;
  frame->format = raw.format;
  frame->color_range = raw.range;
  frame->colorspace = raw.space;
  need(av_frame_get_buffer(frame.get(), 0));
  const PacketPtr packet(av_packet_alloc());
  for (int k = 0; k <= raw.pictures; ++k) {
    need(av_frame_make_writable(frame.get()));
    if (k < raw.pictures) fill_frame(*frame, k);
    frame->pts = k;
    need(avcodec_send_frame(codec.get(), k < raw.pictures ? frame.get() : nullptr));
    while (avcodec_receive_packet(codec.get(), packet.get()) == 0) {
      packet->duration = 1;
      av_packet_rescale_ts(packet.get(), codec->time_base, stream->time_base);
      need(av_interleaved_write_frame(muxer.get(), packet.get()));
    }
  }
  need(av_write_trailer(muxer.get()));
  avio_closep(&muxer->pb);
}

/// Samples of an I420 picture into the frame's planes.
inline void fill_planar(AVFrame& frame, ConstImageView picture) {
  const ConstPlane planes[] = {picture.y, picture.u, picture.v};
  for (std::size_t i = 0; i < 3; ++i)
    for (int y = 0; y < planes[i].height; ++y)
      std::memcpy(frame.data[i] + std::ptrdiff_t{y} * frame.linesize[i], planes[i].row(y),
                  static_cast<std::size_t>(planes[i].width));
}

struct RawPicture {
  DemuxerPtr demuxer;
  const AVStream* stream;
  FramePtr frame;
  ConstPlane plane(std::size_t index, int width, int height) const {
    return {frame->data[index], width, height, frame->linesize[index]};
  }
};

/// The first picture of a file and what the file says of it, by the library alone.
inline RawPicture read_raw(const std::string& path) {
  silence_ffmpeg();
  AVFormatContext* opened = nullptr;
  need(avformat_open_input(&opened, ("file:" + path).c_str(), nullptr, nullptr));
  DemuxerPtr demuxer(opened);
  need(avformat_find_stream_info(demuxer.get(), nullptr));
  const AVStream* stream = demuxer->streams[0];
  const CodecPtr codec(avcodec_alloc_context3(avcodec_find_decoder(stream->codecpar->codec_id)));
  avcodec_parameters_to_context(codec.get(), stream->codecpar);
  need(avcodec_open2(codec.get(), nullptr, nullptr));
  const PacketPtr packet(av_packet_alloc());
  FramePtr frame(av_frame_alloc());
  while (avcodec_receive_frame(codec.get(), frame.get()) != 0) {
    const bool more = av_read_frame(demuxer.get(), packet.get()) >= 0;
    avcodec_send_packet(codec.get(), more ? packet.get() : nullptr);
    av_packet_unref(packet.get());
  }
  return {std::move(demuxer), stream, std::move(frame)};
}

}  // namespace scrim
