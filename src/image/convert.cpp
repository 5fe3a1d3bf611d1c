// Colour spaces of planar pictures.
//
// With R - Y, B - Y from one standard's chroma, the luma of another is Y + d, where d depends on
// chroma alone, and so does the other's chroma: Y' = ky * Y + d(U, V); U', V' = a 2x2 of U, V
// (ITU-R BT.601, BT.709, BT.2020 non-constant luminance; no change of primaries, as decoders do).
// Everything is in 16 bits of fraction. Tested by tests/image/convert_test.cpp.
#include "image/convert.h"

#include <algorithm>
#include <cassert>

#include "base/dispatch.h"
#include "image/fixed_point.h"

namespace scrim {
namespace {

struct Weights {
  double red, blue;
  double green() const { return 1 - red - blue; }
};

Weights weights_of(Matrix matrix) {
  switch (matrix) {
    case Matrix::kBt709:
      return {0.2126, 0.0722};
    case Matrix::kBt2020:
      return {0.2627, 0.0593};
    case Matrix::kBt601:
      break;
  }
  return {0.299, 0.114};
}

double luma_steps(Range range) {
  return range == Range::kFull ? 255 : 219;
}

double chroma_steps(Range range) {
  return range == Range::kFull ? 255 : 224;
}

int black(Range range) {
  return range == Range::kFull ? 0 : 16;
}

/// Factors in 1/65536; offsets include the rounding half.
struct Transform {
  int yy, yu, yv, y_offset;
  int uu, uv, vu, vv, chroma_offset;
  bool range_only;
};

Transform transform(ColourSpace from, ColourSpace to) {
  const Weights a = weights_of(from.matrix);
  const Weights b = weights_of(to.matrix);
  const double red = 2 * (1 - a.red);    // R - Y for one unit of V
  const double blue = 2 * (1 - a.blue);  // B - Y for one unit of U
  const double dv = red * (b.red - b.green() / a.green() * a.red);
  const double du = blue * (b.blue - b.green() / a.green() * a.blue);
  const double luma = luma_steps(to.range);
  const double chroma = chroma_steps(to.range) / chroma_steps(from.range);
  const double to_u = chroma / (2 * (1 - b.blue));
  const double to_v = chroma / (2 * (1 - b.red));
  Transform t{};
  t.yy = fixed(luma / luma_steps(from.range));
  t.yu = fixed(du * luma / chroma_steps(from.range));
  t.yv = fixed(dv * luma / chroma_steps(from.range));
  t.y_offset = black(to.range) * 65536 - black(from.range) * t.yy + kHalf;
  t.uu = fixed(to_u * (blue - du));
  t.uv = fixed(to_u * -dv);
  t.vu = fixed(to_v * -du);
  t.vv = fixed(to_v * (red - dv));
  t.chroma_offset = 128 * 65536 + kHalf;
  t.range_only = from.matrix == to.matrix;
  return t;
}

SCRIM_CLONES void scale_levels(const std::uint8_t* in, std::uint8_t* out, int n, int factor,
                               int offset) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) out[i] = to_byte(in[i] * factor + offset);
}

void scale_levels(ConstPlane in, Plane out, int factor, int offset) {
  for (int y = 0; y < in.height; ++y) scale_levels(in.row(y), out.row(y), in.width, factor, offset);
}

/// (in * factor + offset) / 255 in 16 bits, twice as many at once: full range to limited, which
/// every picture of a JPEG camera needs. x / 255 is (x + 128) * 257 / 65536, exact below 65408.
SCRIM_CLONES void narrow_levels(const std::uint8_t* in, std::uint8_t* out, int n,
                                std::uint16_t factor, std::uint16_t offset) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) {
    const auto x = static_cast<std::uint16_t>(in[i] * factor + offset + 128);
    out[i] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(x + (x >> 8)) >> 8);
  }
}

void narrow_levels(ConstPlane in, Plane out, std::uint16_t factor, std::uint16_t offset) {
  for (int y = 0; y < in.height; ++y)
    narrow_levels(in.row(y), out.row(y), in.width, factor, offset);
}

/// Whole pairs of luma samples; an odd last one is the caller's.
SCRIM_CLONES void convert_luma(const std::uint8_t* in, const std::uint8_t* u, const std::uint8_t* v,
                               std::uint8_t* out, int pairs, const Transform& t) {
  const int yy = t.yy, yu = t.yu, yv = t.yv, offset = t.y_offset;
  SCRIM_SAME_INDEX
  for (int i = 0; i < pairs; ++i) {
    const int base = (u[i] - 128) * yu + (v[i] - 128) * yv + offset;
    out[2 * i] = to_byte(in[2 * i] * yy + base);
    out[2 * i + 1] = to_byte(in[2 * i + 1] * yy + base);
  }
}

SCRIM_CLONES void convert_chroma(const std::uint8_t* in_u, const std::uint8_t* in_v,
                                 std::uint8_t* out_u, std::uint8_t* out_v, int n,
                                 const Transform& t) {
  const int uu = t.uu, uv = t.uv, vu = t.vu, vv = t.vv, offset = t.chroma_offset;
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) {
    const int u = in_u[i] - 128;
    const int v = in_v[i] - 128;
    out_u[i] = to_byte(u * uu + v * uv + offset);
    out_v[i] = to_byte(u * vu + v * vv + offset);
  }
}

/// Luma first, as it needs the chroma that `out` may share with `in`.
void convert_rows(ConstImageView in, ImageView out, int c, const Transform& t) {
  const int width = in.y.width;
  for (int y = 2 * c; y < std::min(2 * c + 2, in.y.height); ++y) {
    convert_luma(in.y.row(y), in.u.row(c), in.v.row(c), out.y.row(y), width / 2, t);
    if (width % 2 == 0) continue;
    const int base =
        (in.u.row(c)[width / 2] - 128) * t.yu + (in.v.row(c)[width / 2] - 128) * t.yv + t.y_offset;
    out.y.row(y)[width - 1] = to_byte(in.y.row(y)[width - 1] * t.yy + base);
  }
  convert_chroma(in.u.row(c), in.v.row(c), out.u.row(c), out.v.row(c), in.u.width, t);
}

void convert(ConstImageView in, ColourSpace from, ImageView out, ColourSpace to) {
  assert(in.size() == out.size());
  if (from == to) {
    if (in.y.data != out.y.data) copy(in, out);
    return;
  }
  const Transform t = transform(from, to);
  if (t.range_only && to.range == Range::kLimited) {
    narrow_levels(in.y, out.y, 219, 16 * 255);
    narrow_levels(in.u, out.u, 224, 128 * (255 - 224));
    narrow_levels(in.v, out.v, 224, 128 * (255 - 224));
    return;
  }
  if (t.range_only) {
    const int chroma_offset = t.chroma_offset - 128 * t.uu;
    scale_levels(in.y, out.y, t.yy, t.y_offset);
    scale_levels(in.u, out.u, t.uu, chroma_offset);
    scale_levels(in.v, out.v, t.vv, chroma_offset);
    return;
  }
  for (int c = 0; c < in.u.height; ++c) convert_rows(in, out, c, t);
}

}  // namespace

void to_internal(ConstImageView in, ColourSpace from, ImageView out) {
  convert(in, from, out, kInternal);
}

void from_internal(ConstImageView in, ColourSpace to, ImageView out) {
  convert(in, kInternal, out, to);
}

}  // namespace scrim
