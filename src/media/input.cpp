#include "media/input.h"

#include <string_view>
#include <vector>

namespace scrim {
namespace {

// Containers whose files stand alone. Left out, among others, are all that name further files
// (hls, dash, concat, image2, sdp, ...) and those that come from devices or a network.
constexpr const char* kContainers =
    "mov,mp4,matroska,webm,avi,mpeg,mpegts,mpegvideo,flv,ogg,asf,mxf,dv,nut,ivf,obu,h264,hevc,m4v,"
    "mjpeg,yuv4mpegpipe,gif,apng,bmp_pipe,jpeg_pipe,jpegxl_pipe,j2k_pipe,pam_pipe,pbm_pipe,"
    "pgm_pipe,ppm_pipe,png_pipe,qoi_pipe,tiff_pipe,webp_pipe";

std::unexpected<Error> fail_unreadable(const std::string& path, const FileIo& io, int error) {
  if (io.error() != 0) return fail_errno("read " + path, io.error());
  return fail(Errc::kSystem,
              "read {}: no picture or video file, or one that is cut short or damaged ({}); copy "
              "or convert it again",
              path, describe(error));
}

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

Expected<const AVInputFormat*> choose_container(const std::string& path, FileIo& io) {
  const AVInputFormat* container = nullptr;
  // By content alone: with a name, the library would take it for a pattern of numbered pictures.
  const int score = av_probe_input_buffer2(io.context(), &container, "", nullptr, 0, 0);
  if (score < 0 || !container) return fail_unreadable(path, io, score);
  if (av_match_list(container->name, kContainers, ',') <= 0)
    return fail(Errc::kSystem,
                "read {}: files of the kind '{}' are not accepted; give a plain video or picture "
                "file, such as mp4, mkv, webm, png or jpg",
                path, container->name);
  return container;
}

Expected<DemuxerPtr> open_demuxer(const std::string& path, FileIo& io,
                                  const AVInputFormat* container) {
  AVFormatContext* raw = avformat_alloc_context();
  raw->pb = io.context();
  raw->io_open = refuse_to_open;
  Dictionary options;
  options.set("protocol_whitelist", "file");
  options.set("format_whitelist", kContainers);
  // On failure the library frees the context itself.
  const int rc = avformat_open_input(&raw, path.c_str(), container, options.address());
  if (rc < 0) return fail_unreadable(path, io, rc);
  return DemuxerPtr(raw);
}

/// Reads ahead to learn the streams' parameters; decoders that run for it keep to our limits too.
int find_streams(AVFormatContext& demuxer, std::int64_t most_pixels) {
  std::vector<AVDictionary*> options(demuxer.nb_streams, nullptr);
  for (AVDictionary*& each : options) av_dict_set_int(&each, "max_pixels", most_pixels, 0);
  const int rc = avformat_find_stream_info(&demuxer, options.data());
  for (AVDictionary*& each : options) av_dict_free(&each);
  return rc;
}

const char* name_of(AVMediaType type) {
  return type == AVMEDIA_TYPE_AUDIO ? "sound" : "pictures";
}

}  // namespace

Expected<void> check_picture_size(const std::string& path, Size size, std::int64_t most) {
  const std::int64_t pixels = std::int64_t{size.width} * size.height;
  if (size.width <= kMaxSide && size.height <= kMaxSide && pixels <= most) return {};
  return fail(Errc::kSystem,
              "read {}: a picture of {}x{} is too large; make it smaller (at most {} on a side, "
              "{} million pixels)",
              path, size.width, size.height, kMaxSide, most / 1'000'000);
}

Expected<Input> open_input(const std::string& path, AVMediaType type, std::int64_t most_pixels) {
  silence_ffmpeg();
  auto io = FileIo::open_to_read(path);
  if (!io) return std::unexpected(io.error());
  const auto container = choose_container(path, **io);
  if (!container) return std::unexpected(container.error());
  auto demuxer = open_demuxer(path, **io, *container);
  if (!demuxer) return std::unexpected(demuxer.error());

  // A picture tells all by itself when it is decoded; finding out beforehand would decode it twice.
  // Only where the size is unknown, its end must be found first.
  const bool still = std::string_view((*container)->name).ends_with("_pipe");
  const bool known = still && (*io)->context()->seekable != 0;
  if (const int rc = known ? 0 : find_streams(**demuxer, most_pixels); rc < 0)
    return fail_unreadable(path, **io, rc);
  const int index = av_find_best_stream(demuxer->get(), type, -1, -1, nullptr, 0);
  if (index < 0) return fail(Errc::kSystem, "read {}: there are no {} in it", path, name_of(type));
  for (unsigned i = 0; i < (*demuxer)->nb_streams; ++i)
    (*demuxer)->streams[i]->discard =
        static_cast<int>(i) == index ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  AVStream* stream = (*demuxer)->streams[index];
  return Input{std::move(*io), std::move(*demuxer), stream, still};
}

}  // namespace scrim
