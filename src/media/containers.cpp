#include "media/containers.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>

namespace scrim {
namespace {

namespace fs = std::filesystem;

// Divides by the frame periods of 24, 25, 30, 50, 60 and their 1000/1001 kin, by milliseconds and
// by the usual 1/600, 1/16000 and 1/90000 s: times of most recordings stay exact.
constexpr int kFineTicks = 720'000;
constexpr int kMpeg4Ticks = 60'000;  // MPEG-4 part 2 has 16 bits for it

constexpr Encoding kMp4[] = {
    {"libx264", AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P, AV_PIX_FMT_NONE, kFineTicks, true,
     "preset=veryfast:crf=18"},
    {"mpeg4", AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P, AV_PIX_FMT_NONE, kMpeg4Ticks, true,
     "flags=qscale:global_quality=354"},
};
// Measured at 720p: 20 ms a picture where deadline=good:cpu-used=5 took 150, at the same PSNR and a
// quarter more bytes.
constexpr Encoding kWebm[] = {
    {"libvpx-vp9", AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVA420P, kFineTicks, true,
     "deadline=realtime:cpu-used=6:row-mt=1:tile-columns=2:crf=30:b=0:auto-alt-ref=0"},
    {"libvpx", AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVA420P, kFineTicks, true,
     "deadline=realtime:cpu-used=5:crf=10:b=4M:auto-alt-ref=0"},
};
constexpr Encoding kMkv[] = {
    {"ffv1", AV_PIX_FMT_YUV420P, AV_PIX_FMT_GRAY8, AV_PIX_FMT_BGRA, kFineTicks, false,
     "level=3:slicecrc=1:g=1"},
};
constexpr Encoding kY4m[] = {
    {"wrapped_avframe", AV_PIX_FMT_YUV420P, AV_PIX_FMT_GRAY8, AV_PIX_FMT_NONE, 0, false, ""},
};

constexpr Encoding kNut[] = {
    {"rawvideo", AV_PIX_FMT_YUV420P, AV_PIX_FMT_GRAY8, AV_PIX_FMT_BGRA, kFineTicks, false, ""},
};
// For video editors: 4:2:2, and 4:4:4 with transparency, of 10 bits.
constexpr Encoding kMov[] = {
    {"prores_ks", AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P, AV_PIX_FMT_NONE, kFineTicks, true,
     "profile=hq:vendor=apl0", AV_PIX_FMT_YUV422P10},
    {"prores_ks", AV_PIX_FMT_NONE, AV_PIX_FMT_NONE, AV_PIX_FMT_BGRA, kFineTicks, false,
     "profile=4444:vendor=apl0", AV_PIX_FMT_YUVA444P10},
};
// The format's own clock, and colours of three, three and two bits: dithered, the same everywhere.
constexpr Encoding kGif[] = {
    {"gif", AV_PIX_FMT_RGB24, AV_PIX_FMT_GRAY8, AV_PIX_FMT_NONE, 100, false, "", AV_PIX_FMT_RGB8},
};

constexpr Container kContainers[] = {
    {".mp4", "mp4", "movflags=faststart:video_track_timescale=720000", kMp4},
    {".mov", "mov", "movflags=faststart:video_track_timescale=720000", kMov},
    {".webm", "webm", "", kWebm},
    {".mkv", "matroska", "", kMkv},
    {".nut", "nut", "", kNut},
    {".y4m", "yuv4mpegpipe", "", kY4m},
    {".gif", "gif", "", kGif},
};

bool ends_with(const std::string& path, std::string_view extension) {
  if (path.size() <= extension.size()) return false;
  return std::ranges::equal(path.substr(path.size() - extension.size()), extension, {}, [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
}

/// "%06d": how many digits, and where it ends; no digits if it is none.
struct Number {
  int digits = 0;
  std::size_t end = 0;
};

Number parse_number(const std::string& text, std::size_t percent) {
  const std::size_t d = text.find('d', percent);
  if (d == text.npos) return {};
  if (d == percent + 1) return {1, d + 1};
  Number number{0, d + 1};
  const auto [end, error] =
      std::from_chars(text.data() + percent + 1, text.data() + d, number.digits);
  if (error != std::errc() || end != text.data() + d) return {};
  return number;
}

}  // namespace

std::span<const Container> containers() {
  return kContainers;
}

const Container* container_of(const std::string& path) {
  for (const Container& container : kContainers)
    if (ends_with(path, container.extension)) return &container;
  return nullptr;
}

AVPixelFormat format_for(const Encoding& encoding, Content content) {
  if (content == Content::kMatte) return encoding.matte;
  return content == Content::kCutout ? encoding.cutout : encoding.picture;
}

bool holds(const Container& container, Content content) {
  return std::ranges::any_of(container.encodings, [content](const Encoding& encoding) {
    return format_for(encoding, content) != AV_PIX_FMT_NONE;
  });
}

const Encoding* choose_encoding(const Container& container, Content content) {
  for (const Encoding& encoding : container.encodings)
    if (format_for(encoding, content) != AV_PIX_FMT_NONE &&
        avcodec_find_encoder_by_name(encoding.encoder))
      return &encoding;
  return nullptr;
}

std::string PngNames::at(int index) const {
  if (digits < 0) return before;
  return fmt::format("{}{:0{}}{}", before, index, digits, after);
}

bool is_png_name(const std::string& path) {
  return path.ends_with('/') || ends_with(path, ".png");
}

bool PngNames::include(const std::string& file) const {
  const std::string name = fs::path(file).filename(), prefix = fs::path(before).filename();
  int index = 0;  // where the name has none it is another's
  if (digits >= 0 && name.starts_with(prefix))
    std::from_chars(name.data() + prefix.size(), name.data() + name.size(), index);
  std::error_code missing;
  return fs::equivalent(at(index), file, missing);
}

Expected<PngNames> parse_png_names(const std::string& path) {
  if (path.ends_with('/')) return PngNames{path, ".png", 6};
  std::size_t at = path.rfind('/') + 1;  // 0 without a folder
  PngNames names{path.substr(0, at), "", -1};
  while (at < path.size()) {
    std::string& part = names.digits < 0 ? names.before : names.after;
    const std::size_t percent = std::min(path.find('%', at), path.size());
    part += path.substr(at, percent - at);
    at = std::min(percent + 2, path.size());
    if (path.compare(percent, 2, "%%") == 0) part += '%';
    if (percent == path.size() || path.compare(percent, 2, "%%") == 0) continue;
    const Number number = parse_number(path, percent);
    if (number.digits < 1 || number.digits > 20 || names.digits > 0)
      return fail(Errc::kRequest,
                  "output '{}': expected one number, as in picture%06d.png (%% is a percent sign)",
                  path);
    names.digits = number.digits;
    at = number.end;
  }
  return names;
}

}  // namespace scrim
