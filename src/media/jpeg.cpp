// By TurboJPEG, from planes. Tested by tests/media/jpeg_test.cpp.
#include "media/jpeg.h"

#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "image/convert.h"
#include "image/scale.h"

namespace scrim {
namespace {

constexpr ColourSpace kJfif{Matrix::kBt601, Range::kFull};

struct Destroy {
  void operator()(void* encoder) const { ::tjDestroy(encoder); }
};

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
    return fail(Errc::kSystem, "JPEG: {}",
                encoder ? ::tjGetErrorStr2(encoder.get()) : "out of memory");
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

}  // namespace scrim
