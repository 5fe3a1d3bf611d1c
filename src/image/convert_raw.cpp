// Pictures as drivers lay them out. libyuv does the rows; sides that are odd are done here, as it
// writes 0 for the missing pixel. Tested by tests/image/convert_raw_test.cpp.
#include <libyuv.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "base/dispatch.h"
#include "image/convert.h"

namespace scrim {
namespace {

int narrow(std::ptrdiff_t stride) {
  return static_cast<int>(stride);  // libyuv's type; kMaxSide keeps it small
}

Size even(Size size) {
  return {2 * half_up(size.width), 2 * half_up(size.height)};
}

template <class Byte>
struct Planes {
  BasicPlane<Byte> y, u, v;  // kNv12: `u` holds pairs, `v` is empty
};

template <class Byte>
Planes<Byte> planes_of(BasicRaw<Byte> raw) {
  const Size chroma = chroma_size(raw.size);
  Byte* const u = raw.data + raw.stride * raw.size.height;
  Planes<Byte> planes{{raw.data, raw.size.width, raw.size.height, raw.stride}, {}, {}};
  if (raw.layout == Layout::kNv12) {
    planes.u = {u, chroma.width, chroma.height, raw.stride};
  } else {
    const std::ptrdiff_t stride = (raw.stride + 1) / 2;
    planes.u = {u, chroma.width, chroma.height, stride};
    planes.v = {u + stride * chroma.height, chroma.width, chroma.height, stride};
  }
  return planes;
}

bool is_packed(Layout layout) {
  return layout == Layout::kYuyv || layout == Layout::kUyvy;
}

void unpack_422(ConstRaw in, ImageView out) {
  const auto convert = in.layout == Layout::kYuyv ? libyuv::YUY2ToI420 : libyuv::UYVYToI420;
  convert(in.data, narrow(in.stride), out.y.data, narrow(out.y.stride), out.u.data,
          narrow(out.u.stride), out.v.data, narrow(out.v.stride), out.y.width, out.y.height);
}

void pack_422(ConstImageView in, Raw out) {
  const auto convert = out.layout == Layout::kYuyv ? libyuv::I420ToYUY2 : libyuv::I420ToUYVY;
  const int width = in.y.width;
  convert(in.y.data, narrow(in.y.stride), in.u.data, narrow(in.u.stride), in.v.data,
          narrow(in.v.stride), out.data, narrow(out.stride), width, in.y.height);
  const std::ptrdiff_t second_luma = 2 * width + (out.layout == Layout::kYuyv ? 0 : 1);
  if (width % 2 == 1)
    for (int y = 0; y < in.y.height; ++y)
      out.data[y * out.stride + second_luma] = in.y.row(y)[width - 1];
  if (out.size.height > in.y.height)
    std::memcpy(out.data + in.y.height * out.stride, out.data + (in.y.height - 1) * out.stride,
                static_cast<std::size_t>(least_stride(out.layout, width)));
}

/// One chroma row from two, each of which serves as both where it stands alone.
SCRIM_CLONES void mean_rows(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out,
                            int n) {
  for (int i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>((a[i] + b[i] + 1) / 2);
}

/// The same as mean_rows() for `n` whole pairs of columns.
SCRIM_CLONES void mean_squares(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out,
                               int n) {
  for (int i = 0; i < n; ++i)
    out[i] = static_cast<std::uint8_t>((a[2 * i] + a[2 * i + 1] + b[2 * i] + b[2 * i + 1] + 2) / 4);
}

}  // namespace

std::ptrdiff_t least_stride(Layout layout, int width) {
  if (layout == Layout::kI420 || layout == Layout::kGrey) return width;
  return is_packed(layout) ? 4 * half_up(width) : 2 * half_up(width);
}

std::size_t byte_count(Layout layout, Size size, std::ptrdiff_t stride) {
  const std::ptrdiff_t luma = stride * size.height;
  const std::ptrdiff_t rows = half_up(size.height);
  if (is_packed(layout) || layout == Layout::kGrey) return static_cast<std::size_t>(luma);
  if (layout == Layout::kNv12) return static_cast<std::size_t>(luma + stride * rows);
  return static_cast<std::size_t>(luma + (stride + 1) / 2 * 2 * rows);
}

void unpack_nv12(ConstPlane y, ConstPlane uv, ImageView out) {
  assert(y.size() == out.size() && uv.size() == out.u.size());
  copy(y, out.y);
  libyuv::SplitUVPlane(uv.data, narrow(uv.stride), out.u.data, narrow(out.u.stride), out.v.data,
                       narrow(out.v.stride), uv.width, uv.height);
}

void unpack(ConstRaw in, ImageView out) {
  assert(in.size == out.size());
  if (is_packed(in.layout)) return unpack_422(in, out);
  const Planes<const std::uint8_t> planes = planes_of(in);
  if (in.layout == Layout::kGrey) {
    copy(planes.y, out.y);
    fill(out.u, 128);
    return fill(out.v, 128);
  }
  if (in.layout == Layout::kNv12) return unpack_nv12(planes.y, planes.u, out);
  copy({planes.y, planes.u, planes.v}, out);
}

void unpack(ConstRaw in, ColourSpace from, ImageView out) {
  unpack(in, out);
  to_internal(out, from, out);
}

void pack(ConstImageView in, Raw out) {
  assert(out.size.width == in.y.width || out.size.width == even(in.size()).width);
  assert(out.size.height == in.y.height || out.size.height == even(in.size()).height);
  if (is_packed(out.layout)) return pack_422(in, out);
  const Planes<std::uint8_t> planes = planes_of(out);
  copy_padded(in.y, planes.y);
  if (out.layout == Layout::kGrey) return;
  if (out.layout == Layout::kI420) {
    copy(in.u, planes.u);
    copy(in.v, planes.v);
    return;
  }
  libyuv::MergeUVPlane(in.u.data, narrow(in.u.stride), in.v.data, narrow(in.v.stride),
                       planes.u.data, narrow(planes.u.stride), in.u.width, in.u.height);
}

void subsample(ConstPlane in, Plane out) {
  const bool halve_columns = out.width != in.width;
  const int step = out.height != in.height ? 2 : 1;
  assert(!halve_columns || out.width == half_up(in.width));
  assert(step == 1 || out.height == half_up(in.height));
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t* top = in.row(step * y);
    const std::uint8_t* bottom = in.row(std::min(step * y + step - 1, in.height - 1));
    if (!halve_columns) {
      mean_rows(top, bottom, out.row(y), out.width);
      continue;
    }
    mean_squares(top, bottom, out.row(y), in.width / 2);
    if (in.width % 2 == 1)
      mean_rows(top + in.width - 1, bottom + in.width - 1, out.row(y) + out.width - 1, 1);
  }
}

}  // namespace scrim
