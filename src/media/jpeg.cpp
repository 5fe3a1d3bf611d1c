// TurboJPEG decodes to planes of the JPEG's own subsampling: straight into the picture where that
// is 4:2:0 with even sides, else by way of scratch planes. Tested by tests/media/jpeg_test.cpp.
#include "media/jpeg.h"

#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "image/convert.h"
#include "image/scale.h"

namespace scrim {
namespace {

struct Destroy {
  void operator()(void* decoder) const { ::tjDestroy(decoder); }
};

constexpr ColourSpace kJfif{Matrix::kBt601, Range::kFull};

std::string_view message(tjhandle handle) {
  return handle ? ::tjGetErrorStr2(handle) : "out of memory";
}

struct Header {
  Size size;
  int subsampling;
};

/// Many cameras leave a few bytes before the end mark; the picture is whole all the same.
bool is_harmless(std::string_view warning) {
  return warning.find("extraneous bytes before marker 0xd9") != warning.npos;
}

bool is_direct(const Header& header) {
  return header.subsampling == TJSAMP_420 && header.size.width % 2 == 0 &&
         header.size.height % 2 == 0;
}

Expected<Header> read_header(tjhandle decoder, std::span<const std::uint8_t> jpeg) {
  Header header{};
  int space = 0;
  if (!decoder || ::tjDecompressHeader3(decoder, jpeg.data(), jpeg.size(), &header.size.width,
                                        &header.size.height, &header.subsampling, &space) != 0)
    return fail(Errc::kSystem, "JPEG: {}", message(decoder));
  if (space != TJCS_YCbCr && space != TJCS_GRAY)
    return fail(Errc::kSystem, "JPEG: neither colour nor grey as cameras write them");
  if (header.subsampling == TJSAMP_411)
    return fail(Errc::kSystem, "JPEG: its colours are too coarse (4:1:1)");
  return header;
}

}  // namespace

struct JpegDecoder::Scratch {
  std::unique_ptr<void, Destroy> decoder{::tjInitDecompress()};
  std::array<PlaneBuffer, 3> planes;
  bool lenient = false;  // the stream has had harmless warnings

  void prepare(const Header& header);
  Expected<void> decode(std::span<const std::uint8_t> jpeg, std::array<Plane, 3> planes);
  bool decode_once(std::span<const std::uint8_t> jpeg, std::array<Plane, 3> planes, int flags);
};

/// Planes as large as TurboJPEG fills them: whole blocks of the subsampling.
void JpegDecoder::Scratch::prepare(const Header& header) {
  const int count = header.subsampling == TJSAMP_GRAY ? 1 : 3;
  for (int i = 0; i < count; ++i) {
    const Size size{::tjPlaneWidth(i, header.size.width, header.subsampling),
                    ::tjPlaneHeight(i, header.size.height, header.subsampling)};
    auto& plane = planes[static_cast<std::size_t>(i)];
    if (plane.size() != size) plane = PlaneBuffer(size);
  }
}

bool JpegDecoder::Scratch::decode_once(std::span<const std::uint8_t> jpeg, std::array<Plane, 3> out,
                                       int flags) {
  std::array<unsigned char*, 3> rows{};
  std::array<int, 3> strides{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    rows[i] = out[i].data;
    strides[i] = static_cast<int>(out[i].stride);
  }
  return ::tjDecompressToYUVPlanes(decoder.get(), jpeg.data(), jpeg.size(), rows.data(), 0,
                                   strides.data(), 0, flags) == 0;
}

/// The first warning tells damage from what is harmless, so decoding stops there; a stream known to
/// have harmless ones is decoded past them, where only the last can be seen.
Expected<void> JpegDecoder::Scratch::decode(std::span<const std::uint8_t> jpeg,
                                            std::array<Plane, 3> out) {
  if (decode_once(jpeg, out, lenient ? 0 : TJFLAG_STOPONWARNING)) return {};
  if (!lenient && is_harmless(message(decoder.get()))) {
    lenient = true;
    if (decode_once(jpeg, out, 0)) return {};
  }
  if (lenient && is_harmless(message(decoder.get()))) return {};
  return fail(Errc::kSystem, "JPEG: {}", message(decoder.get()));
}

Expected<Size> jpeg_size(std::span<const std::uint8_t> jpeg) {
  const std::unique_ptr<void, Destroy> decoder(::tjInitDecompress());
  const auto header = read_header(decoder.get(), jpeg);
  if (!header) return std::unexpected(header.error());
  return header->size;
}

namespace {

/// `planes`: one, or three.
Expected<std::vector<std::uint8_t>> encode(std::span<const ConstPlane> planes, int subsampling,
                                           int quality) {
  const std::unique_ptr<void, Destroy> encoder(::tjInitCompress());
  const auto [width, height] = planes[0].size();
  std::vector<std::uint8_t> jpeg(::tjBufSize(width, height, subsampling));
  unsigned char* out = jpeg.data();
  unsigned long size = jpeg.size();
  std::array<const unsigned char*, 3> rows{};
  std::array<int, 3> strides{};
  for (std::size_t i = 0; i < planes.size(); ++i) {
    rows[i] = planes[i].data;
    strides[i] = static_cast<int>(planes[i].stride);
  }
  if (!encoder ||
      ::tjCompressFromYUVPlanes(encoder.get(), rows.data(), width, strides.data(), height,
                                subsampling, &out, &size, quality, TJFLAG_NOREALLOC) != 0)
    return fail(Errc::kSystem, "JPEG: {}", message(encoder.get()));
  jpeg.resize(size);
  jpeg.shrink_to_fit();  // to a tenth
  return jpeg;
}

PlaneBuffer with_rows_twice(ConstPlane plane) {
  PlaneBuffer twice({plane.width, 2 * plane.height});
  for (int y = 0; y < 2 * plane.height; ++y)
    std::copy_n(plane.row(y / 2), plane.width, twice.view().row(y));
  return twice;
}

}  // namespace

Expected<std::vector<std::uint8_t>> encode_jpeg(ConstPlane grey, int quality) {
  return encode(std::array{grey}, TJSAMP_GRAY, quality);
}

Expected<std::vector<std::uint8_t>> encode_jpeg(ConstImageView picture, int quality,
                                                JpegSampling sampling) {
  // TurboJPEG reads luma in pairs of rows and columns, also where only half a pair is left.
  const auto [width, height] = picture.size();
  Image even({width + width % 2, height + height % 2});
  const ImageView full = crop(even.view(), {0, 0, width, height});
  from_internal(picture, kJfif, full);
  if (width % 2)
    for (int y = 0; y < height; ++y) full.y.row(y)[width] = full.y.row(y)[width - 1];
  if (height % 2)
    std::copy_n(full.y.row(height - 1), even.size().width, full.y.row(height - 1) + full.y.stride);
  if (sampling == JpegSampling::k420)
    return encode(std::array<ConstPlane, 3>{full.y, full.u, full.v}, TJSAMP_420, quality);
  const PlaneBuffer u = with_rows_twice(full.u), v = with_rows_twice(full.v);
  return encode(std::array<ConstPlane, 3>{full.y, u.view(), v.view()}, TJSAMP_422, quality);
}

JpegDecoder::JpegDecoder() : scratch_(std::make_unique<Scratch>()) {}
JpegDecoder::~JpegDecoder() = default;
JpegDecoder::JpegDecoder(JpegDecoder&&) noexcept = default;
JpegDecoder& JpegDecoder::operator=(JpegDecoder&&) noexcept = default;

Expected<void> JpegDecoder::decode(std::span<const std::uint8_t> jpeg, ImageView out) {
  const auto header = read_header(scratch_->decoder.get(), jpeg);
  if (!header) return std::unexpected(header.error());
  if (header->size != out.size())
    return fail(Errc::kSystem, "JPEG: it is {}x{}, not {}x{}", header->size.width,
                header->size.height, out.y.width, out.y.height);
  if (is_direct(*header)) {
    if (auto ok = scratch_->decode(jpeg, {out.y, out.u, out.v}); !ok) return ok;
  } else {
    scratch_->prepare(*header);
    auto& [y, u, v] = scratch_->planes;
    const bool whole_blocks = y.size() == out.size();
    const Plane luma = whole_blocks ? out.y : y.view();
    if (auto ok = scratch_->decode(jpeg, {luma, u.view(), v.view()}); !ok) return ok;
    if (!whole_blocks) copy(y.view().crop(whole(out.size())), out.y);
    if (header->subsampling == TJSAMP_GRAY) {
      fill(out.u, 128);
      fill(out.v, 128);
    } else {
      subsample(u.view(), out.u);
      subsample(v.view(), out.v);
    }
  }
  to_internal(out, kJfif, out);
  return {};
}

}  // namespace scrim
