// Pictures and mattes in memory: views that borrow, owners that free.
//
// A Plane is rows of 8-bit samples, `stride` bytes apart. An image is I420: a luma plane and two
// chroma planes of half the width and height, rounded up ((n+1)/2); inside Scrim always BT.601
// limited range (luma 16..235, chroma 16..240, 128 neutral). A matte is one plane: 255 = person,
// 0 = none. Views borrow and are cheap to copy; owners (Image, Matte) are move-only, their rows
// start at multiples of 64 bytes and may be read up to the next such multiple. Reentrant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/error.h"

namespace scrim {

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};

struct Rect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const Rect&) const = default;
};

constexpr Rect whole(Size size) {
  return {0, 0, size.width, size.height};
}

/// Samples of a chroma plane that belong to `n` luma samples.
constexpr int half_up(int n) {
  return (n + 1) / 2;
}

constexpr Size chroma_size(Size luma) {
  return {half_up(luma.width), half_up(luma.height)};
}

/// The largest picture that Scrim accepts, on either side.
constexpr int kMaxSide = 16384;

template <class Byte>
struct BasicPlane {
  Byte* data = nullptr;
  int width = 0;
  int height = 0;
  std::ptrdiff_t stride = 0;

  Byte* row(int y) const { return data + y * stride; }
  Size size() const { return {width, height}; }
  /// The part inside `r`, which must lie within the plane.
  BasicPlane crop(Rect r) const { return {row(r.y) + r.x, r.width, r.height, stride}; }
  operator BasicPlane<const Byte>() const { return {data, width, height, stride}; }
};
using Plane = BasicPlane<std::uint8_t>;
using ConstPlane = BasicPlane<const std::uint8_t>;

template <class Byte>
struct BasicImageView {
  BasicPlane<Byte> y, u, v;

  Size size() const { return y.size(); }
  operator BasicImageView<const Byte>() const { return {y, u, v}; }
};
using ImageView = BasicImageView<std::uint8_t>;
using ConstImageView = BasicImageView<const std::uint8_t>;

/// Owns one plane; its content is undefined until written.
class PlaneBuffer {
 public:
  PlaneBuffer() = default;
  explicit PlaneBuffer(Size size);
  Plane view() { return plane_; }
  ConstPlane view() const { return plane_; }
  Size size() const { return plane_.size(); }

 private:
  struct Free {
    void operator()(std::uint8_t* data) const;
  };
  std::unique_ptr<std::uint8_t[], Free> data_;
  Plane plane_;
};
using Matte = PlaneBuffer;

/// Owns an I420 picture; its content is undefined until written.
class Image {
 public:
  Image() = default;
  explicit Image(Size size);
  ImageView view() { return {y_.view(), u_.view(), v_.view()}; }
  ConstImageView view() const { return {y_.view(), u_.view(), v_.view()}; }
  Size size() const { return y_.size(); }

 private:
  PlaneBuffer y_, u_, v_;
};

void fill(Plane plane, std::uint8_t value);

/// Same sizes.
void copy(ConstPlane from, Plane to);
void copy(ConstImageView from, ImageView to);
/// Repeats the last sample of each row, and the last row, where `to` is larger.
void copy_padded(ConstPlane from, Plane to);

/// "1280x720"; both sides 1..kMaxSide. kRequest.
Expected<Size> parse_size(std::string_view text);

}  // namespace scrim
