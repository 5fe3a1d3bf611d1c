// Between the one picture format inside Scrim (I420, BT.601 limited) and all others.
//
// Colours outside are whatever the stream declares; what Scrim leaves alone comes out as it went in
// (to the rounding of 8 bits). Luma rows and chroma samples are taken as centred on their pixels.
// All functions are reentrant, allocate nothing and cannot fail; sizes must agree as said.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "image/image.h"

namespace scrim {

enum class Matrix { kBt601, kBt709, kBt2020 };
enum class Range { kLimited, kFull };

struct ColourSpace {
  Matrix matrix = Matrix::kBt601;
  Range range = Range::kLimited;
  bool operator==(const ColourSpace&) const = default;
};

constexpr ColourSpace kInternal{};

/// Same sizes; `out` may be `in`. A change of range alone is exactly rounded.
void to_internal(ConstImageView in, ColourSpace from, ImageView out);
void from_internal(ConstImageView in, ColourSpace to, ImageView out);

/// How drivers lay one picture out in memory. Strides are in bytes: of the luma plane for planar
/// layouts, of the packed rows for others; chroma planes follow at once, with half the stride
/// (rounded up) in kI420 and the same in kNv12. kGrey is luma alone.
enum class Layout { kI420, kNv12, kYuyv, kUyvy, kGrey };

template <class Byte>
struct BasicRaw {
  Layout layout;
  Size size;
  Byte* data;
  std::ptrdiff_t stride;
  operator BasicRaw<const Byte>() const { return {layout, size, data, stride}; }
};
using Raw = BasicRaw<std::uint8_t>;
using ConstRaw = BasicRaw<const std::uint8_t>;

/// The stride of rows without padding, and the bytes that a picture takes.
std::ptrdiff_t least_stride(Layout layout, int width);
std::size_t byte_count(Layout layout, Size size, std::ptrdiff_t stride);

/// Same sizes. kYuyv and kUyvy: each two rows of chroma are averaged; an odd width is stored as the
/// next even one.
void unpack(ConstRaw in, ImageView out);
/// As above, from pictures in another colour space.
void unpack(ConstRaw in, ColourSpace from, ImageView out);
/// `out` has the size of `in`, or that made even on either side: the last column and row are then
/// repeated. kYuyv and kUyvy: chroma rows are repeated, so that unpack() gives `in` again.
void pack(ConstImageView in, Raw out);

/// NV12 as two planes that lie anywhere; `uv` has chroma_size() pairs: its width counts pairs.
void unpack_nv12(ConstPlane y, ConstPlane uv, ImageView out);

/// A chroma plane of 4:4:4, 4:2:2 or 4:4:0 to that of 4:2:0: each side of `out` is that of `in` or
/// its half, rounded up; samples that fall together are averaged, rounded. May not be in place.
void subsample(ConstPlane in, Plane out);

/// One colour, in the internal space.
struct Yuv {
  std::uint8_t y = 16, u = 128, v = 128;
  bool operator==(const Yuv&) const = default;
};
using Rgb = std::array<std::uint8_t, 3>;

/// Exactly rounded; outside the RGB cube clamped.
Yuv rgb_to_internal(Rgb rgb);
Rgb internal_to_rgb(Yuv yuv);

void fill(ImageView image, Yuv colour);

/// Full-range RGB rows, `stride` bytes apart. Each chroma sample stands for its 2x2 pixels, so that
/// from_rgb() of the result gives the picture back. Alpha is of in's size and goes in unchanged;
/// where it is 0 the colour is 0 too.
void to_rgb(ConstImageView in, std::uint8_t* rgb, std::ptrdiff_t stride);
void to_rgba(ConstImageView in, ConstPlane alpha, std::uint8_t* rgba, std::ptrdiff_t stride);
void to_bgra(ConstImageView in, ConstPlane alpha, std::uint8_t* bgra, std::ptrdiff_t stride);
void from_rgb(const std::uint8_t* rgb, std::ptrdiff_t stride, ImageView out);

}  // namespace scrim
