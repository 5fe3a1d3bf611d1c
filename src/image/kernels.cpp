// Blending and thresholds: one pass over the rows. Tested by tests/image/kernels_test.cpp.
#include "image/kernels.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/dispatch.h"

namespace scrim {
namespace {

/// round((f * a + b * (255 - a)) / 255). With t = the numerator + 128, (t + t / 256) / 256 is that
/// for every sum that can occur, in 16 bits.
inline std::uint8_t mix(std::uint8_t f, std::uint8_t b, std::uint16_t a) {
  const auto t = static_cast<std::uint16_t>(f * a + b * (255 - a) + 128);
  return static_cast<std::uint8_t>(static_cast<std::uint16_t>(t + (t >> 8)) >> 8);
}

SCRIM_CLONES void blend_row(const std::uint8_t* f, const std::uint8_t* b, const std::uint8_t* a,
                            std::uint8_t* out, int n) {
  SCRIM_SAME_INDEX
  for (int i = 0; i < n; ++i) out[i] = mix(f[i], b[i], a[i]);
}

/// The rounded mean of alpha over 2x2, for `n` whole pairs of columns.
SCRIM_CLONES void halve_alpha(const std::uint8_t* top, const std::uint8_t* bottom,
                              std::uint8_t* out, int n) {
  for (int i = 0; i < n; ++i)
    out[i] = static_cast<std::uint8_t>(
        (top[2 * i] + top[2 * i + 1] + bottom[2 * i] + bottom[2 * i + 1] + 2) >> 2);
}

/// Alpha for chroma row `c`; the last column and row of odd sizes stand for themselves alone.
void chroma_alpha(ConstPlane alpha, int c, std::uint8_t* out) {
  const std::uint8_t* top = alpha.row(2 * c);
  const std::uint8_t* bottom = alpha.row(std::min(2 * c + 1, alpha.height - 1));
  const int last = alpha.width - 1;
  halve_alpha(top, bottom, out, alpha.width / 2);
  if (alpha.width % 2 == 1)
    out[last / 2] = static_cast<std::uint8_t>((top[last] + bottom[last] + 1) / 2);
}

SCRIM_CLONES void threshold_row(std::uint8_t* row, std::uint8_t level, int n) {
  for (int i = 0; i < n; ++i) row[i] = row[i] >= level ? 255 : 0;
}

}  // namespace

void blend(ConstPlane foreground, ConstPlane background, ConstPlane alpha, Plane out) {
  assert(foreground.size() == out.size() && background.size() == out.size());
  assert(alpha.size() == out.size());
  for (int y = 0; y < out.height; ++y)
    blend_row(foreground.row(y), background.row(y), alpha.row(y), out.row(y), out.width);
}

void blend(ConstImageView foreground, ConstImageView background, ConstPlane alpha, ImageView out) {
  std::array<std::uint8_t, half_up(kMaxSide)> line;
  for (int c = 0; c < out.u.height; ++c) {
    for (int y = 2 * c; y < std::min(2 * c + 2, out.y.height); ++y)
      blend_row(foreground.y.row(y), background.y.row(y), alpha.row(y), out.y.row(y), out.y.width);
    chroma_alpha(alpha, c, line.data());  // while these rows are in the cache
    const int n = out.u.width;
    blend_row(foreground.u.row(c), background.u.row(c), line.data(), out.u.row(c), n);
    blend_row(foreground.v.row(c), background.v.row(c), line.data(), out.v.row(c), n);
  }
}

void mix(ConstPlane first, Plane both, int share) {
  for (int y = 0; y < both.height; ++y)
    for (int x = 0; x < both.width; ++x)
      both.row(y)[x] = static_cast<std::uint8_t>(
          ((256 - share) * first.row(y)[x] + share * both.row(y)[x] + 128) / 256);
}

void threshold(Plane plane, std::uint8_t level) {
  for (int y = 0; y < plane.height; ++y) threshold_row(plane.row(y), level, plane.width);
}

}  // namespace scrim
