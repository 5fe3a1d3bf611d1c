#include "media/audio_copy.h"

#include <algorithm>

namespace scrim {
namespace {

constexpr double kFarthest = 9e18;  // ticks, within 64 bits

double seconds_of(std::int64_t tick, const AVStream& stream) {
  return tick == AV_NOPTS_VALUE ? 0 : static_cast<double>(tick) * av_q2d(stream.time_base);
}

/// When the file's pictures begin, on its own clock.
double picture_start(AVFormatContext& demuxer) {
  const int index = av_find_best_stream(&demuxer, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  return index < 0 ? 0 : seconds_of(demuxer.streams[index]->start_time, *demuxer.streams[index]);
}

}  // namespace

Expected<std::unique_ptr<AudioCopy>> AudioCopy::open(const std::string& path, double from,
                                                     AVFormatContext& muxer) {
  if (muxer.oformat->audio_codec == AV_CODEC_ID_NONE) return nullptr;
  auto input = open_input(path, AVMEDIA_TYPE_AUDIO);
  if (!input) {
    // Silent pictures are no fault; a file that can't be read is.
    auto picture = open_input(path, AVMEDIA_TYPE_VIDEO);
    if (picture) return nullptr;
    return std::unexpected(input.error());
  }
  const AVCodecParameters& parameters = *input->stream->codecpar;
  if (avformat_query_codec(muxer.oformat, parameters.codec_id, FF_COMPLIANCE_NORMAL) != 1)
    return fail(Errc::kSystem,
                "sound '{}' of {} does not fit; leave it out (--no-audio) or write .mkv",
                avcodec_get_name(parameters.codec_id), path);
  auto audio = std::make_unique<AudioCopy>();
  audio->input_ = *std::move(input);
  audio->shift_ = picture_start(*audio->input_.demuxer) + from;
  audio->out_ = avformat_new_stream(&muxer, nullptr);
  avcodec_parameters_copy(audio->out_->codecpar, &parameters);
  audio->out_->codecpar->codec_tag = 0;  // each container has its own
  audio->out_->time_base = audio->input_.stream->time_base;
  return audio;
}

/// The next packet that is wanted, into packet_.
bool AudioCopy::fetch() {
  while (!waiting_ && !finished_) {
    av_packet_unref(packet_.get());
    finished_ = av_read_frame(input_.demuxer.get(), packet_.get()) < 0;
    const bool ours = packet_->stream_index == input_.stream->index;
    waiting_ = !finished_ && ours && packet_->pts != AV_NOPTS_VALUE &&
               seconds_of(packet_->pts, *input_.stream) >= shift_;
  }
  return waiting_;
}

int AudioCopy::copy_until(double seconds, AVFormatContext& muxer) {
  const AVRational base = input_.stream->time_base;
  const auto shift =
      static_cast<std::int64_t>(std::clamp(shift_ / av_q2d(base), -kFarthest, kFarthest));
  while (fetch() && seconds_of(packet_->pts, *input_.stream) - shift_ < seconds) {
    packet_->pts = av_sat_sub64(packet_->pts, shift);
    packet_->dts =
        packet_->dts == AV_NOPTS_VALUE ? packet_->pts : av_sat_sub64(packet_->dts, shift);
    packet_->stream_index = out_->index;
    packet_->pos = -1;
    av_packet_rescale_ts(packet_.get(), base, out_->time_base);
    waiting_ = false;
    if (const int rc = av_interleaved_write_frame(&muxer, packet_.get()); rc < 0) return rc;
  }
  return 0;
}

}  // namespace scrim
