#include "camera_frames.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "floor.h"
#include "image/convert.h"

namespace scrim {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr double kBytesPerPixel = 170e3 / (1280 * 720);

/// The lowest quality at which a picture takes as many bytes as a webcam's.
Expected<int> usual_quality(ConstImageView picture, JpegSampling sampling) {
  const double wanted = kBytesPerPixel * picture.y.width * picture.y.height;
  int low = 50, high = 98;
  while (low < high) {
    const int middle = (low + high) / 2;
    const auto jpeg = encode_jpeg(picture, middle, sampling);
    if (!jpeg) return std::unexpected(jpeg.error());
    static_cast<double>(jpeg->size()) < wanted ? low = middle + 1 : high = middle;
  }
  return low;
}

Raw raw_of(Size size, std::uint8_t* data) {
  return {Layout::kYuyv, size, data, least_stride(Layout::kYuyv, size.width)};
}

ConstRaw raw_of(Size size, const Bytes& bytes) {
  return {Layout::kYuyv, size, bytes.data(), least_stride(Layout::kYuyv, size.width)};
}

Bytes pack_yuyv(const Image& picture) {
  const Size size = picture.size();
  Bytes bytes(byte_count(Layout::kYuyv, size, least_stride(Layout::kYuyv, size.width)));
  pack(picture.view(), raw_of(size, bytes.data()));
  return bytes;
}

double jpeg_floor_ms(const Bytes& jpeg) {
  const std::unique_ptr<void, int (*)(void*)> decoder(::tjInitDecompress(), ::tjDestroy);
  int width = 0, height = 0, subsampling = 0, space = 0;
  ::tjDecompressHeader3(decoder.get(), jpeg.data(), jpeg.size(), &width, &height, &subsampling,
                        &space);
  Bytes planes(::tjBufSizeYUV2(width, 4, height, subsampling));
  return typical_ms([&] {
    ::tjDecompressToYUV2(decoder.get(), jpeg.data(), jpeg.size(), planes.data(), width, 4, height,
                         0);
  });
}

}  // namespace

Expected<CameraFrames> CameraFrames::make(std::span<const Image> pictures,
                                          std::string_view format) {
  CameraFrames made;
  made.size_ = pictures.front().size();
  made.packed_ = format == "yuyv";
  const auto sampling = format == "mjpeg" ? JpegSampling::k422 : JpegSampling::k420;
  const auto quality = made.packed_ ? 0 : usual_quality(pictures.front().view(), sampling);
  if (!quality) return std::unexpected(quality.error());
  for (const Image& picture : pictures) {
    auto bytes = made.packed_ ? Expected<Bytes>(pack_yuyv(picture))
                              : encode_jpeg(picture.view(), *quality, sampling);
    if (!bytes) return std::unexpected(bytes.error());
    made.frames_.push_back(*std::move(bytes));
  }
  return made;
}

double CameraFrames::mean_bytes() const {
  const auto add = [](std::size_t sum, const Bytes& frame) { return sum + frame.size(); };
  return static_cast<double>(std::accumulate(frames_.begin(), frames_.end(), std::size_t{}, add)) /
         static_cast<double>(count());
}

Expected<void> CameraFrames::convert(std::size_t index, JpegDecoder& decoder, ImageView out) const {
  if (!packed_) return decoder.decode(frames_[index], out);
  unpack(raw_of(size_, frames_[index]), out);
  return {};
}

double CameraFrames::floor_ms() const {
  if (!packed_) return jpeg_floor_ms(frames_.front());
  Image out(size_);
  return typical_ms([&] { unpack(raw_of(size_, frames_.front()), out.view()); });
}

}  // namespace scrim
