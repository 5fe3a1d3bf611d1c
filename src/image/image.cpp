#include "image/image.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>

#include "base/text.h"

namespace scrim {
namespace {

constexpr std::align_val_t kAlignment{64};

std::ptrdiff_t padded(int width) {
  return (static_cast<std::ptrdiff_t>(width) + 63) / 64 * 64;
}

}  // namespace

void PlaneBuffer::Free::operator()(std::uint8_t* data) const {
  ::operator delete[](data, kAlignment);
}

PlaneBuffer::PlaneBuffer(Size size) {
  const auto bytes = static_cast<std::size_t>(padded(size.width) * size.height);
  data_.reset(new (kAlignment) std::uint8_t[bytes]);
  plane_ = {data_.get(), size.width, size.height, padded(size.width)};
}

Image::Image(Size size) : y_(size), u_(chroma_size(size)), v_(chroma_size(size)) {}

void fill(Plane plane, std::uint8_t value) {
  for (int y = 0; y < plane.height; ++y)
    std::memset(plane.row(y), value, static_cast<std::size_t>(plane.width));
}

void copy(ConstPlane from, Plane to) {
  assert(from.size() == to.size());
  for (int y = 0; y < to.height; ++y)
    std::memcpy(to.row(y), from.row(y), static_cast<std::size_t>(to.width));
}

void copy(ConstImageView from, ImageView to) {
  copy(from.y, to.y);
  copy(from.u, to.u);
  copy(from.v, to.v);
}

void copy_padded(ConstPlane from, Plane to) {
  for (int y = 0; y < to.height; ++y) {
    const std::uint8_t* in = from.row(std::min(y, from.height - 1));
    std::uint8_t* out = to.row(y);
    std::memcpy(out, in, static_cast<std::size_t>(from.width));
    std::fill(out + from.width, out + to.width, in[from.width - 1]);
  }
}

Expected<Size> parse_size(std::string_view text) {
  const auto sides = parse_dimensions(text);
  if (!sides) return std::unexpected(sides.error());
  return Size{(*sides)[0], (*sides)[1]};
}

}  // namespace scrim
