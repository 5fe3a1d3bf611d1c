// With a the person's share and s that of what lies beneath, both together cover a + s (1 - a), and
// of that the person is a part of a / (a + s (1 - a)).
// Tested by tests/effects/person_test.cpp.
#include "effects/underlay.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace scrim {
namespace {

/// shares[i]: 65536 / i, to divide by multiplying.
constexpr auto kReciprocals = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 1; i < 256; ++i) table[i] = (65536 + i / 2) / i;
  return table;
}();

int together(int a, int s) {
  return a + (s * (255 - a) + 127) / 255;
}

std::uint8_t mixed(std::uint8_t own, std::uint8_t colour, int a, int both) {
  const auto share = static_cast<int>(
      (static_cast<std::uint32_t>(a) * kReciprocals[static_cast<std::size_t>(both)] + 128) >> 8);
  return static_cast<std::uint8_t>((own * share + colour * (256 - share) + 128) >> 8);
}

void lay_row(std::uint8_t* y, std::uint8_t* matte, const std::uint8_t* alpha, std::uint8_t luma,
             int n) {
  for (int x = 0; x < n; ++x) {
    if (alpha[x] == 0 || matte[x] == 255) continue;
    const int both = together(matte[x], alpha[x]);
    y[x] = mixed(y[x], luma, matte[x], both);
    matte[x] = static_cast<std::uint8_t>(both);
  }
}

}  // namespace

void lay_beneath(Layer layer, Yuv colour, ConstPlane alpha) {
  const ImageView& picture = layer.picture;
  const int last_x = picture.y.width - 1, last_y = picture.y.height - 1;
  for (int c = 0; c < picture.u.height; ++c) {
    const int top = 2 * c, bottom = std::min(2 * c + 1, last_y);
    for (int x = 0; x < picture.u.width; ++x) {
      const int left = 2 * x, right = std::min(2 * x + 1, last_x);
      const int s = (alpha.row(top)[left] + alpha.row(top)[right] + alpha.row(bottom)[left] +
                     alpha.row(bottom)[right] + 2) /
                    4;
      const int a = (layer.matte.row(top)[left] + layer.matte.row(top)[right] +
                     layer.matte.row(bottom)[left] + layer.matte.row(bottom)[right] + 2) /
                    4;
      if (s == 0 || a == 255) continue;
      const int both = together(a, s);
      picture.u.row(c)[x] = mixed(picture.u.row(c)[x], colour.u, a, both);
      picture.v.row(c)[x] = mixed(picture.v.row(c)[x], colour.v, a, both);
    }
    for (int y = top; y <= bottom; ++y)
      lay_row(picture.y.row(y), layer.matte.row(y), alpha.row(y), colour.y, picture.y.width);
  }
}

void lay_over(ImageView picture, Yuv colour, ConstPlane alpha) {
  const auto mix = [](std::uint8_t own, std::uint8_t other, int a) {
    return static_cast<std::uint8_t>((own * (255 - a) + other * a + 127) / 255);
  };
  const int last_x = picture.y.width - 1, last_y = picture.y.height - 1;
  for (int y = 0; y <= last_y; ++y)
    for (int x = 0; x <= last_x; ++x)
      picture.y.row(y)[x] = mix(picture.y.row(y)[x], colour.y, alpha.row(y)[x]);
  for (int c = 0; c < picture.u.height; ++c) {
    const std::uint8_t *top = alpha.row(2 * c), *bottom = alpha.row(std::min(2 * c + 1, last_y));
    for (int x = 0; x < picture.u.width; ++x) {
      const int left = 2 * x, right = std::min(2 * x + 1, last_x);
      const int a = (top[left] + top[right] + bottom[left] + bottom[right] + 2) / 4;
      picture.u.row(c)[x] = mix(picture.u.row(c)[x], colour.u, a);
      picture.v.row(c)[x] = mix(picture.v.row(c)[x], colour.v, a);
    }
  }
}

Expected<Yuv> colour(const Spec& spec, const Option& option) {
  auto rgb = parse_colour(text(spec, option));
  if (!rgb) return fail_in(fmt::format("{}?{}", spec.kind, option.name), rgb.error());
  return rgb_to_internal(*rgb);
}

}  // namespace scrim
