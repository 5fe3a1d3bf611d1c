// RGB (full range, BT.601) to and from the internal colour space.
// Tested by tests/image/convert_rgb_test.cpp.
#include <algorithm>
#include <cassert>

#include "base/dispatch.h"
#include "image/convert.h"
#include "image/fixed_point.h"

namespace scrim {
namespace {

// Luma is 299, 587, 114 thousandths of red, green, blue; blue less luma spans 1772, red less luma
// 1402 thousandths of the blue and red chroma.

std::uint8_t rounded_byte(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t doubled = 2 * numerator + denominator;  // rounds half upwards
  if (doubled <= 0) return 0;
  return static_cast<std::uint8_t>(std::min<std::int64_t>(doubled / (2 * denominator), 255));
}

constexpr double kLuma = 255.0 / 219;
constexpr double kChroma = 255.0 / 224;

/// One row of a picture, a plane per colour.
struct Row {
  std::array<std::uint8_t, kMaxSide> red, green, blue;
};

/// `pairs` chroma samples, each with the two luma samples it belongs to.
SCRIM_CLONES void decode_row(const std::uint8_t* y, const std::uint8_t* u, const std::uint8_t* v,
                             std::uint8_t* red, std::uint8_t* green, std::uint8_t* blue,
                             int pairs) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < pairs; ++i) {
    const int for_red = (v[i] - 128) * fixed(kChroma * 1.402) + kHalf;
    const int for_blue = (u[i] - 128) * fixed(kChroma * 1.772) + kHalf;
    const int for_green = (u[i] - 128) * fixed(-kChroma * 1.772 * 0.114 / 0.587) +
                          (v[i] - 128) * fixed(-kChroma * 1.402 * 0.299 / 0.587) + kHalf;
    const int left = (y[2 * i] - 16) * fixed(kLuma);
    const int right = (y[2 * i + 1] - 16) * fixed(kLuma);
    red[2 * i] = to_byte(left + for_red);
    red[2 * i + 1] = to_byte(right + for_red);
    green[2 * i] = to_byte(left + for_green);
    green[2 * i + 1] = to_byte(right + for_green);
    blue[2 * i] = to_byte(left + for_blue);
    blue[2 * i + 1] = to_byte(right + for_blue);
  }
}

void decode_row(ConstImageView in, int y, Row& row) {
  const int width = in.y.width;
  const std::uint8_t* luma = in.y.row(y);
  const std::uint8_t* u = in.u.row(y / 2);
  const std::uint8_t* v = in.v.row(y / 2);
  decode_row(luma, u, v, row.red.data(), row.green.data(), row.blue.data(), width / 2);
  if (width % 2 == 0) return;
  const std::uint8_t pair[2] = {luma[width - 1], luma[width - 1]};
  std::uint8_t r[2], g[2], b[2];
  decode_row(pair, u + width / 2, v + width / 2, r, g, b, 1);
  const auto last = static_cast<std::size_t>(width - 1);
  row.red[last] = r[0];
  row.green[last] = g[0];
  row.blue[last] = b[0];
}

SCRIM_CLONES void interleave(const std::uint8_t* first, const std::uint8_t* second,
                             const std::uint8_t* third, std::uint8_t* out, int n) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) {
    out[3 * i] = first[i];
    out[3 * i + 1] = second[i];
    out[3 * i + 2] = third[i];
  }
}

SCRIM_CLONES void interleave(const std::uint8_t* first, const std::uint8_t* second,
                             const std::uint8_t* third, const std::uint8_t* alpha,
                             std::uint8_t* out, int n) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) {
    const auto seen = static_cast<std::uint8_t>(alpha[i] == 0 ? 0 : 255);
    out[4 * i] = first[i] & seen;
    out[4 * i + 1] = second[i] & seen;
    out[4 * i + 2] = third[i] & seen;
    out[4 * i + 3] = alpha[i];
  }
}

void luma_from_rgb(const std::uint8_t* rgb, std::uint8_t* y, int n) {
  constexpr double kScale = 219.0 / 255;
  for (int i = 0; i < n; ++i)
    y[i] = to_byte(rgb[3 * i] * fixed(0.299 * kScale) + rgb[3 * i + 1] * fixed(0.587 * kScale) +
                   rgb[3 * i + 2] * fixed(0.114 * kScale) + (16 << 16) + kHalf);
}

/// `r`, `g`, `b`: sums over four pixels.
void chroma_from_rgb(int r, int g, int b, std::uint8_t* u, std::uint8_t* v) {
  constexpr double kU = 224.0 / 255 / 1.772 / 4;
  constexpr double kV = 224.0 / 255 / 1.402 / 4;
  constexpr int kOffset = (128 << 16) + kHalf;
  *u = to_byte(b * fixed(kU * 0.886) - r * fixed(kU * 0.299) - g * fixed(kU * 0.587) + kOffset);
  *v = to_byte(r * fixed(kV * 0.701) - g * fixed(kV * 0.587) - b * fixed(kV * 0.114) + kOffset);
}

void chroma_row_from_rgb(const std::uint8_t* top, const std::uint8_t* bottom, int width,
                         std::uint8_t* u, std::uint8_t* v) {
  for (int i = 0; i < half_up(width); ++i) {
    const int left = 6 * i;
    const int right = 3 * std::min(2 * i + 1, width - 1);
    std::array<int, 3> sum;
    for (std::size_t c = 0; c < 3; ++c)
      sum[c] = top[c + static_cast<std::size_t>(left)] + top[c + static_cast<std::size_t>(right)] +
               bottom[c + static_cast<std::size_t>(left)] +
               bottom[c + static_cast<std::size_t>(right)];
    chroma_from_rgb(sum[0], sum[1], sum[2], u + i, v + i);
  }
}

}  // namespace

Yuv rgb_to_internal(Rgb rgb) {
  const std::int64_t r = rgb[0], g = rgb[1], b = rgb[2];
  const std::int64_t luma = 299 * r + 587 * g + 114 * b;
  return {rounded_byte(16 * 255000 + 219 * luma, 255000),
          rounded_byte(128 * 255 * 1772 + 224 * (1000 * b - luma), 255 * 1772),
          rounded_byte(128 * 255 * 1402 + 224 * (1000 * r - luma), 255 * 1402)};
}

void fill(ImageView image, Yuv colour) {
  fill(image.y, colour.y);
  fill(image.u, colour.u);
  fill(image.v, colour.v);
}

void to_rgb(ConstImageView in, std::uint8_t* rgb, std::ptrdiff_t stride) {
  Row row;
  for (int y = 0; y < in.y.height; ++y) {
    decode_row(in, y, row);
    interleave(row.red.data(), row.green.data(), row.blue.data(), rgb + y * stride, in.y.width);
  }
}

void to_rgba(ConstImageView in, ConstPlane alpha, std::uint8_t* rgba, std::ptrdiff_t stride) {
  assert(in.size() == alpha.size());
  Row row;
  for (int y = 0; y < in.y.height; ++y) {
    decode_row(in, y, row);
    interleave(row.red.data(), row.green.data(), row.blue.data(), alpha.row(y), rgba + y * stride,
               in.y.width);
  }
}

void to_bgra(ConstImageView in, ConstPlane alpha, std::uint8_t* bgra, std::ptrdiff_t stride) {
  assert(in.size() == alpha.size());
  Row row;
  for (int y = 0; y < in.y.height; ++y) {
    decode_row(in, y, row);
    interleave(row.blue.data(), row.green.data(), row.red.data(), alpha.row(y), bgra + y * stride,
               in.y.width);
  }
}

void from_rgb(const std::uint8_t* rgb, std::ptrdiff_t stride, ImageView out) {
  for (int y = 0; y < out.y.height; ++y) luma_from_rgb(rgb + y * stride, out.y.row(y), out.y.width);
  for (int c = 0; c < out.u.height; ++c) {
    const std::uint8_t* top = rgb + 2 * c * stride;
    const std::uint8_t* bottom = rgb + std::min(2 * c + 1, out.y.height - 1) * stride;
    chroma_row_from_rgb(top, bottom, out.y.width, out.u.row(c), out.v.row(c));
  }
}

}  // namespace scrim
