#include "devices/pixel_format.h"

#include <linux/videodev2.h>

#include <algorithm>

namespace scrim {
namespace {

constexpr PixelFormat kFormats[] = {
    {V4L2_PIX_FMT_YUV420, "i420", Layout::kI420, 0},
    {V4L2_PIX_FMT_NV12, "nv12", Layout::kNv12, 0},
    {V4L2_PIX_FMT_YUYV, "yuyv", Layout::kYuyv, 1},
    {V4L2_PIX_FMT_UYVY, "uyvy", Layout::kUyvy, 1},
    {V4L2_PIX_FMT_MJPEG, "mjpeg", {}, 2},
    {V4L2_PIX_FMT_JPEG, "jpeg", {}, 2},
    {V4L2_PIX_FMT_GREY, "grey", Layout::kGrey, 3},
};

}  // namespace

std::span<const PixelFormat> pixel_formats() {
  return kFormats;
}

const PixelFormat* find_format(std::uint32_t fourcc) {
  const auto* found = std::ranges::find(kFormats, fourcc, &PixelFormat::fourcc);
  return found == std::end(kFormats) ? nullptr : found;
}

const PixelFormat* find_format(std::string_view name) {
  const auto* found = std::ranges::find(kFormats, name, &PixelFormat::name);
  return found == std::end(kFormats) ? nullptr : found;
}

std::string fourcc_text(std::uint32_t fourcc) {
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) {
    const char letter = static_cast<char>(fourcc >> shift & 0x7f);
    text += letter >= ' ' ? letter : '?';
  }
  return text;
}

ColourSpace colour_space_of(const v4l2_pix_format& format) {
  auto encoding = static_cast<v4l2_ycbcr_encoding>(format.ycbcr_enc);
  if (encoding == V4L2_YCBCR_ENC_DEFAULT)
    encoding = static_cast<v4l2_ycbcr_encoding>(V4L2_MAP_YCBCR_ENC_DEFAULT(format.colorspace));
  auto range = static_cast<v4l2_quantization>(format.quantization);
  if (range == V4L2_QUANTIZATION_DEFAULT)
    range = static_cast<v4l2_quantization>(
        V4L2_MAP_QUANTIZATION_DEFAULT(false, format.colorspace, encoding));
  ColourSpace space;
  if (encoding == V4L2_YCBCR_ENC_709) space.matrix = Matrix::kBt709;
  if (encoding == V4L2_YCBCR_ENC_BT2020) space.matrix = Matrix::kBt2020;
  if (range == V4L2_QUANTIZATION_FULL_RANGE) space.range = Range::kFull;
  return space;
}

}  // namespace scrim
