#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "image/convert.h"
#include "support/planes.h"
#include "support/psnr.h"

namespace scrim {
namespace {

/// What to_rgb() makes of a picture of one colour.
Rgb pixel_of(Yuv colour) {
  Image image({1, 1});
  fill(image.view(), colour);
  Rgb pixel{};
  to_rgb(image.view(), pixel.data(), 3);
  return pixel;
}

TEST(Rgb, WellKnownColours) {
  EXPECT_EQ(rgb_to_internal({0, 0, 0}), (Yuv{16, 128, 128}));
  EXPECT_EQ(rgb_to_internal({255, 255, 255}), (Yuv{235, 128, 128}));
  EXPECT_EQ(rgb_to_internal({255, 0, 0}), (Yuv{81, 90, 240}));
  EXPECT_EQ(rgb_to_internal({0, 255, 0}), (Yuv{145, 54, 34}));
  EXPECT_EQ(rgb_to_internal({0, 0, 255}), (Yuv{41, 240, 110}));
  EXPECT_EQ(pixel_of({16, 128, 128}), (Rgb{0, 0, 0}));
  EXPECT_EQ(pixel_of({235, 128, 128}), (Rgb{255, 255, 255}));
}

TEST(Rgb, OneColourIsExactlyRounded) {
  for (int r = 0; r < 256; r += 5)
    for (int g = 0; g < 256; g += 3)
      for (int b = 0; b < 256; b += 5) {
        const Yuv yuv = rgb_to_internal({static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g),
                                         static_cast<std::uint8_t>(b)});
        const double luma = 0.299 * r + 0.587 * g + 0.114 * b;
        ASSERT_NEAR(yuv.y, 16 + 219 * luma / 255, 0.5000001);
        ASSERT_NEAR(yuv.u, 128 + 224 * (b - luma) / 1.772 / 255, 0.5000001);
        ASSERT_NEAR(yuv.v, 128 + 224 * (r - luma) / 1.402 / 255, 0.5000001);
      }
}

double clamped(double value) {
  return std::clamp(value, 0.0, 255.0);
}

/// How far `rgb` is from the exact colour.
double error_of(const std::uint8_t* rgb, Yuv from) {
  const double y = (from.y - 16) * 255.0 / 219;
  const double u = (from.u - 128) * 255.0 / 224 * 1.772;  // blue less luma
  const double v = (from.v - 128) * 255.0 / 224 * 1.402;  // red less luma
  const double green = y - (0.114 * u + 0.299 * v) / 0.587;
  return std::max({std::abs(rgb[0] - clamped(y + v)), std::abs(rgb[1] - clamped(green)),
                   std::abs(rgb[2] - clamped(y + u))});
}

TEST(Rgb, PicturesAreRoundedToTheNearest) {
  for (int y = 0; y < 256; y += 3)
    for (int u = 0; u < 256; u += 5)
      for (int v = 0; v < 256; v += 5) {
        const Yuv yuv{static_cast<std::uint8_t>(y), static_cast<std::uint8_t>(u),
                      static_cast<std::uint8_t>(v)};
        ASSERT_LE(error_of(pixel_of(yuv).data(), yuv), 0.51);
      }
}

std::vector<std::uint8_t> soft_rgb(Size size) {
  std::vector<std::uint8_t> rgb;
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      for (double phase : {0.0, 1.0, 2.0}) {
        const double shade = std::sin(x * 0.02 + phase) * std::cos(y * 0.015 - phase);
        rgb.push_back(static_cast<std::uint8_t>(std::lround(128 + 100 * shade)));
      }
  return rgb;
}

TEST(Rgb, PicturesComeOutAsTheyWentIn) {
  for (Size size : {Size{320, 180}, Size{319, 181}}) {
    Image image(size);
    Image again(size);
    std::vector<std::uint8_t> rgb = soft_rgb(size);
    const int stride = 3 * size.width;
    from_rgb(rgb.data(), stride, image.view());
    const std::vector<std::uint8_t> before = rgb;
    to_rgb(image.view(), rgb.data(), stride);
    from_rgb(rgb.data(), stride, again.view());
    EXPECT_GE(psnr(image.view(), again.view()), 48);
    double squares = 0;
    for (std::size_t i = 0; i < rgb.size(); ++i) squares += std::pow(rgb[i] - before[i], 2);
    EXPECT_GE(10 * std::log10(65025.0 * static_cast<double>(rgb.size()) / squares), 45);
  }
}

TEST(Rgb, AlphaGoesInAndTransparentPixelsHaveNoColour) {
  Image image({3, 3});
  fill(image.view(), rgb_to_internal({200, 40, 90}));
  PlaneBuffer alpha({3, 3});
  fill(alpha.view(), 255);
  alpha.view().row(1)[1] = 0;
  alpha.view().row(2)[2] = 1;
  std::vector<std::uint8_t> rgba(36);
  std::vector<std::uint8_t> bgra(36);
  to_rgba(image.view(), alpha.view(), rgba.data(), 12);
  to_bgra(image.view(), alpha.view(), bgra.data(), 12);
  const Rgb colour = pixel_of(rgb_to_internal({200, 40, 90}));
  for (std::size_t i = 0; i < 9; ++i) {
    const bool empty = i == 4;
    const std::uint8_t opacity = empty ? 0 : i == 8 ? 1 : 255;
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_EQ(rgba[4 * i + c], empty ? 0 : colour[c]);
      EXPECT_EQ(bgra[4 * i + c], empty ? 0 : colour[2 - c]);
    }
    EXPECT_EQ(rgba[4 * i + 3], opacity);
    EXPECT_EQ(bgra[4 * i + 3], opacity);
  }
}

}  // namespace
}  // namespace scrim
