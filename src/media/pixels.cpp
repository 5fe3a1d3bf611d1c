#include "media/pixels.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "image/convert.h"

namespace scrim {
namespace {

Plane plane_of(AVFrame& frame, std::size_t index, Size size) {
  return {frame.data[index], size.width, size.height, frame.linesize[index]};
}

/// The full 0..255 of a matte as luma of limited range, 16..235.
constexpr auto kGreyToLuma = [] {
  std::array<std::uint8_t, 256> table{};
  for (int i = 0; i < 256; ++i)
    table[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(16 + (i * 219 + 127) / 255);
  return table;
}();

void grey_to_luma(Plane plane) {
  for (int y = 0; y < plane.height; ++y)
    for (std::uint8_t& sample : std::span(plane.row(y), static_cast<std::size_t>(plane.width)))
      sample = kGreyToLuma[sample];
}

void fill_yuv(ConstImageView picture, ConstPlane matte, AVFrame& frame) {
  const Size size{frame.width, frame.height};
  const Plane luma = plane_of(frame, 0, size);
  const Plane u = plane_of(frame, 1, chroma_size(size));
  const Plane v = plane_of(frame, 2, chroma_size(size));
  if (picture.y.data) {
    copy_padded(picture.y, luma);
    copy_padded(picture.u, u);
    copy_padded(picture.v, v);
    return;
  }
  copy_padded(matte, luma);
  grey_to_luma(luma);
  fill(u, 128);
  fill(v, 128);
}

/// Black where nothing is to be seen, so that the room cannot be brought back.
void blacken(ConstPlane alpha, AVFrame& frame) {
  const Size size = alpha.size();
  const Size half = chroma_size(size);
  const Plane luma = plane_of(frame, 0, size);
  const Plane u = plane_of(frame, 1, half);
  const Plane v = plane_of(frame, 2, half);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      if (alpha.row(y)[x] == 0) luma.row(y)[x] = 16;
  const auto seen = [&](int x, int y) {
    return x < size.width && y < size.height && alpha.row(y)[x] != 0;
  };
  for (int y = 0; y < half.height; ++y)
    for (int x = 0; x < half.width; ++x)
      if (!seen(2 * x, 2 * y) && !seen(2 * x + 1, 2 * y) && !seen(2 * x, 2 * y + 1) &&
          !seen(2 * x + 1, 2 * y + 1))
        u.row(y)[x] = v.row(y)[x] = 128;
}

}  // namespace

void fill_frame(ConstImageView picture, ConstPlane matte, AVFrame& frame) {
  const Size size{frame.width, frame.height};
  switch (frame.format) {
    case AV_PIX_FMT_GRAY8:
      return copy_padded(matte, plane_of(frame, 0, size));
    case AV_PIX_FMT_RGB24:
      return to_rgb(picture, frame.data[0], frame.linesize[0]);
    case AV_PIX_FMT_RGBA:
      return to_rgba(picture, matte, frame.data[0], frame.linesize[0]);
    case AV_PIX_FMT_BGRA:
      return to_bgra(picture, matte, frame.data[0], frame.linesize[0]);
    case AV_PIX_FMT_YUVA420P:
      fill_yuv(picture, matte, frame);
      copy_padded(matte, plane_of(frame, 3, size));
      return blacken(plane_of(frame, 3, size), frame);
    default:
      return fill_yuv(picture, matte, frame);
  }
}

}  // namespace scrim
