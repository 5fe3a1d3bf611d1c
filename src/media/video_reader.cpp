#include "media/video_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "media/decoder.h"
#include "media/frame_converter.h"
#include "media/input.h"

namespace scrim {
namespace {

constexpr double kLeastStep = 1e-3;    // between pictures whose times in the file do not rise
constexpr double kHalfTick = 5e-6;     // asked-for times may be rounded
constexpr double kLongestPeriod = 10;  // where a file gives no time
constexpr double kBeforeAll = -std::numeric_limits<double>::infinity();

/// Turn of the whole stream, as cameras write it; null if there is none.
const std::int32_t* display_matrix(const AVStream& stream) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 100)
  const AVPacketSideData* data =
      av_packet_side_data_get(stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data,
                              AV_PKT_DATA_DISPLAYMATRIX);
  return data ? reinterpret_cast<const std::int32_t*>(data->data) : nullptr;
#else
  const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  return reinterpret_cast<const std::int32_t*>(data);
#endif
}

/// A picture may carry its own turn (EXIF), which goes before the stream's.
Orientation orientation_in(const AVFrame& frame, const AVStream& stream) {
  const AVFrameSideData* own = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
  if (own) return orientation_of(reinterpret_cast<const std::int32_t*>(own->data));
  const std::int32_t* matrix = display_matrix(stream);
  return matrix ? orientation_of(matrix) : Orientation{};
}

double aspect_of(const AVRational& ratio) {
  const double aspect = ratio.num > 0 && ratio.den > 0 ? av_q2d(ratio) : 1;
  return aspect >= 0.25 && aspect <= 4 ? aspect : 1;  // beyond, it is a mistake in the file
}

/// What a decoder may not exceed, and the picture that would have: it is refused when its size is
/// known and its pixels are not decoded yet.
struct PictureLimit {
  std::int64_t most_pixels;
  std::optional<Size> exceeded = {};
};

int get_buffer_within_limit(AVCodecContext* context, AVFrame* frame, int flags) {
  auto& limit = *static_cast<PictureLimit*>(context->opaque);
  // What is taken is that of the picture as coded, of which less may be shown.
  const Size size{std::max(context->width, frame->width), std::max(context->height, frame->height)};
  if (std::int64_t{size.width} * size.height <= limit.most_pixels)
    return avcodec_default_get_buffer2(context, frame, flags);
  limit.exceeded = size;
  return AVERROR(EINVAL);
}

/// `limit` outlives the decoder.
Expected<CodecPtr> open_decoder(const std::string& path, const AVStream& stream,
                                const ReadOptions& options, PictureLimit& limit) {
  const AVCodecParameters& parameters = *stream.codecpar;
  const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
  if (!codec)
    return fail(Errc::kSystem, "read {}: there is no decoder for '{}'; convert it to mp4 or png",
                path, avcodec_get_name(parameters.codec_id));
  CodecPtr context(avcodec_alloc_context3(codec));
  avcodec_parameters_to_context(context.get(), &parameters);
  context->pkt_timebase = stream.time_base;
  context->thread_count = 1;
  context->max_pixels = kMaxPixels;
  context->opaque = &limit;
  context->get_buffer2 = get_buffer_within_limit;
  if (options.whole) context->err_recognition |= AV_EF_EXPLODE;
  if (const int rc = avcodec_open2(context.get(), codec, nullptr); rc < 0)
    return fail(Errc::kSystem, "read {}: decoder '{}': {}", path, codec->name, describe(rc));
  return context;
}

}  // namespace

class StreamDecoder : public Decoder {
 public:
  static Expected<std::unique_ptr<Decoder>> open(const std::string& path,
                                                 const ReadOptions& options);

  Expected<double> next() override;
  double period() const override;
  Expected<void> convert(ImageView out) override;
  Expected<void> seek(double seconds) override;

 private:
  StreamDecoder(std::string path, const ReadOptions& options)
      : Decoder(options), path_(std::move(path)), limit_{options.most_pixels} {}
  Expected<void> reopen();
  Expected<void> learn_first_picture();
  void learn_pace();
  Expected<void> decode();
  Expected<void> feed();
  Expected<void> send(const AVPacket* packet);
  bool has_times() const;
  bool jump(double seconds);
  Expected<void> decode_until(double seconds);
  Expected<void> advance_to(double seconds);
  Expected<void> seek_in_pipe(double seconds);
  void forget_position();
  double usual_period() const;
  double time_of_picture();
  PictureShape shape_of_picture() const;
  Expected<void> check_size(Size size) const;
  std::unexpected<Error> at_end() const;

  std::string path_;
  PictureLimit limit_;
  Input input_;
  CodecPtr codec_;
  PacketPtr packet_{av_packet_alloc()};
  FramePtr frame_{av_frame_alloc()};
  std::optional<FrameConverter> converter_;
  std::optional<std::int64_t> first_tick_;  // of the file's first picture, once it is known
  double time_ = kBeforeAll;                // of the picture in frame_
  bool ahead_ = false;                      // frame_ is what next() is to give
  bool draining_ = false;
  bool finished_ = false;
};

Expected<std::unique_ptr<Decoder>> StreamDecoder::open(const std::string& path,
                                                       const ReadOptions& options) {
  std::unique_ptr<StreamDecoder> decoder(new StreamDecoder(path, options));
  if (auto ok = decoder->reopen(); !ok) return std::unexpected(ok.error());
  if (auto ok = decoder->learn_first_picture(); !ok) return std::unexpected(ok.error());
  return decoder;
}

Expected<void> StreamDecoder::reopen() {
  codec_.reset();
  input_.demuxer.reset();
  auto input = open_input(path_, AVMEDIA_TYPE_VIDEO, options_.most_pixels);
  if (!input) return std::unexpected(input.error());
  input_ = *std::move(input);
  const AVCodecParameters& parameters = *input_.stream->codecpar;
  if (auto ok = check_size({parameters.width, parameters.height}); !ok) return ok;
  auto codec = open_decoder(path_, *input_.stream, options_, limit_);
  if (!codec) return std::unexpected(codec.error());
  codec_ = *std::move(codec);
  forget_position();
  return {};
}

Expected<void> StreamDecoder::check_size(Size size) const {
  return check_picture_size(path_, size, options_.most_pixels);
}

/// Decodes the first picture, for only then size, turn and colours are sure; next() will give it.
Expected<void> StreamDecoder::learn_first_picture() {
  const AVStream& stream = *input_.stream;
  if (auto ok = decode(); !ok) {
    if (ok.error().code != Errc::kEndOfStream) return ok;
    return fail(Errc::kSystem,
                "read {}: not one picture in it could be decoded; copy or convert it again", path_);
  }
  ahead_ = true;
  info_.size = shape_of_picture().upright();
  info_.seconds = std::max(0.0, static_cast<double>(input_.demuxer->duration) / AV_TIME_BASE);
  info_.still = input_.still || stream.nb_frames == 1;
  if (!info_.still) learn_pace();
  return check_size(info_.size);
}

void StreamDecoder::learn_pace() {
  const AVStream& stream = *input_.stream;
  const bool told = stream.avg_frame_rate.num > 0 && stream.avg_frame_rate.den > 0;
  const AVRational rate =
      told ? stream.avg_frame_rate
           : av_guess_frame_rate(input_.demuxer.get(), input_.stream, frame_.get());
  info_.fps = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
}

PictureShape StreamDecoder::shape_of_picture() const {
  const AVFrame& frame = *frame_;
  // The container's word goes before the codec's, as players have it.
  const AVRational aspect =
      av_guess_sample_aspect_ratio(input_.demuxer.get(), input_.stream, frame_.get());
  const Orientation orientation = orientation_in(frame, *input_.stream);
  return {{frame.width, frame.height},
          static_cast<AVPixelFormat>(frame.format),
          colour_of(frame, !input_.still),
          orientation,
          aspect_of(aspect)};
}

double StreamDecoder::usual_period() const {
  return info_.fps > 0 ? std::clamp(1 / info_.fps, kLeastStep, kLongestPeriod) : 0.04;
}

double StreamDecoder::period() const {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
  const std::int64_t ticks = frame_->duration;
#else
  const std::int64_t ticks = frame_->pkt_duration;
#endif
  const double seconds = static_cast<double>(ticks) * av_q2d(input_.stream->time_base);
  return seconds >= kLeastStep && seconds <= kLongestTime ? seconds : usual_period();
}

/// Ticks become seconds since the first picture; times that fail to rise are made to, and those
/// that no stream reaches count as not given.
double StreamDecoder::time_of_picture() {
  const double period = usual_period();
  const std::int64_t tick = frame_->best_effort_timestamp;
  if (!first_tick_) first_tick_ = tick == AV_NOPTS_VALUE ? 0 : tick;
  const bool follows = std::isfinite(time_);
  const AVRational base = input_.stream->time_base;
  const double seconds =
      static_cast<double>(av_sat_sub64(tick, *first_tick_)) * base.num / base.den;
  const bool told = tick != AV_NOPTS_VALUE && std::abs(seconds) <= kLongestTime;
  if (!told) return follows ? time_ + period : 0;
  return follows && seconds <= time_ ? time_ + kLeastStep : seconds;
}

std::unexpected<Error> StreamDecoder::at_end() const {
  return fail(Errc::kEndOfStream, "read {}: no more pictures", path_);
}

/// Hands one packet, or the end of the stream, to the decoder.
Expected<void> StreamDecoder::feed() {
  const int rc = av_read_frame(input_.demuxer.get(), packet_.get());
  if (rc >= 0) {
    const bool ours = packet_->stream_index == input_.stream->index;
    auto sent = ours ? send(packet_.get()) : Expected<void>{};
    av_packet_unref(packet_.get());
    return sent;
  }
  if (input_.io->error() != 0) return fail_errno("read " + path_, input_.io->error());
  draining_ = true;  // damaged or not: what comes after cannot be found, the file ends here
  return send(nullptr);
}

Expected<void> StreamDecoder::send(const AVPacket* packet) {
  const int rc = avcodec_send_packet(codec_.get(), packet);
  if (rc == AVERROR(ENOMEM)) return fail_errno("read " + path_, ENOMEM);
  return {};  // damaged pictures are left out
}

/// The next picture in order, whatever its time, into frame_.
Expected<void> StreamDecoder::decode() {
  while (!finished_) {
    const int rc = avcodec_receive_frame(codec_.get(), frame_.get());
    if (rc == 0) {
      if (auto ok = check_size({frame_->width, frame_->height}); !ok) return ok;
      time_ = time_of_picture();
      finished_ = input_.still;
      return {};
    }
    if (limit_.exceeded) return check_size(*limit_.exceeded);
    if (rc == AVERROR(EAGAIN) && !draining_) {
      if (auto ok = feed(); !ok) return ok;
    } else if (rc == AVERROR_EOF || rc == AVERROR(EAGAIN)) {
      finished_ = true;
    }
  }
  return at_end();
}

Expected<double> StreamDecoder::next() {
  if (!ahead_)
    if (auto ok = decode(); !ok) return std::unexpected(ok.error());
  ahead_ = false;
  return time_;
}

Expected<void> StreamDecoder::convert(ImageView out) {
  const PictureShape shape = shape_of_picture();
  if (!converter_ || converter_->shape() != shape) {
    auto made = FrameConverter::make(shape);
    if (!made) return fail_in("read " + path_, made.error());
    converter_ = *std::move(made);
  }
  converter_->convert(*frame_, out);
  return {};
}

void StreamDecoder::forget_position() {
  time_ = kBeforeAll;
  ahead_ = draining_ = finished_ = false;
}

/// Without times in the container only counting from the start tells where a picture is.
bool StreamDecoder::has_times() const {
  return !input_.still && (input_.demuxer->iformat->flags & AVFMT_NOTIMESTAMPS) == 0;
}

/// Whether the container could go to a place from which `seconds` can be decoded.
bool StreamDecoder::jump(double seconds) {
  const AVRational base = input_.stream->time_base;
  const double ticks = std::floor(std::min(seconds, kLongestTime) / av_q2d(base));
  const std::int64_t tick = av_sat_add64(*first_tick_, static_cast<std::int64_t>(ticks));
  const int index = input_.stream->index;
  if (avformat_seek_file(input_.demuxer.get(), index, std::numeric_limits<std::int64_t>::min(),
                         tick, tick, 0) < 0)
    return false;
  avcodec_flush_buffers(codec_.get());
  forget_position();
  return true;
}

Expected<void> StreamDecoder::decode_until(double seconds) {
  do {
    if (auto ok = decode(); !ok) return ok;
  } while (time_ < seconds - kHalfTick);
  ahead_ = true;
  return {};
}

Expected<void> StreamDecoder::seek(double seconds) {
  const double target = std::max(seconds, 0.0);
  if (path_ == "-") return seek_in_pipe(target);
  if (!has_times() && time_ < target - kHalfTick) return advance_to(target);
  if (has_times() && jump(target)) {
    auto first = decode();
    const bool found = first && time_ <= target + kHalfTick;
    if (found && time_ >= target - kHalfTick) ahead_ = true;
    if (found && !ahead_) first = decode_until(target);
    if (found) return first || first.error().code == Errc::kEndOfStream ? Expected<void>{} : first;
  }
  // Containers without an index, or with a wrong one: from the beginning, so that it is exact.
  if (auto ok = reopen(); !ok) return ok;
  return advance_to(target);
}

/// Reads on to `seconds`; beyond the end is no failure, next() tells of it.
Expected<void> StreamDecoder::advance_to(double seconds) {
  auto reached = decode_until(seconds);
  if (!reached && reached.error().code != Errc::kEndOfStream) return reached;
  return {};
}

Expected<void> StreamDecoder::seek_in_pipe(double seconds) {
  if (time_ < seconds - kHalfTick) return advance_to(seconds);
  if (ahead_ && time_ <= seconds + kHalfTick) return {};
  return fail(Errc::kSystem, "read -: a pipe cannot go back; give the file by its name");
}

VideoReader::VideoReader(std::unique_ptr<Decoder> decoder) : decoder_(std::move(decoder)) {}
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;
VideoReader::~VideoReader() = default;

Expected<VideoReader> VideoReader::open(const std::string& path, const ReadOptions& options) {
  auto decoder = open_webp_animation(path, options);
  if (decoder && !*decoder) decoder = StreamDecoder::open(path, options);
  if (!decoder) return std::unexpected(decoder.error());
  return VideoReader(*std::move(decoder));
}

Size VideoReader::size() const {
  return decoder_->size();
}
const VideoInfo& VideoReader::info() const {
  return decoder_->info();
}
Expected<double> VideoReader::next() {
  return decoder_->next();
}
double VideoReader::period() const {
  return decoder_->period();
}
Expected<void> VideoReader::convert(ImageView out) {
  return decoder_->convert(out);
}
Expected<void> VideoReader::seek(double seconds) {
  return decoder_->seek(seconds);
}
}  // namespace scrim
