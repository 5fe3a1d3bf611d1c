// What tests of media files share: moving test pictures, how much two pictures differ, and where
// the evaluation material lies.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "image/image.h"
#include "support/folder.h"
#include "support/psnr.h"

namespace scrim {

/// Smooth shades that move with `k`, and with them a square; within what RGB can hold.
inline Image moving_picture(Size size, int k) {
  Image image(size);
  const auto shade = [](Plane plane, int x0, int y0, int low, int span) {
    for (int y = 0; y < plane.height; ++y)
      for (int x = 0; x < plane.width; ++x)
        plane.row(y)[x] = static_cast<std::uint8_t>(low + ((x + x0) * 2 + (y + y0) * 3) / 4 % span);
  };
  shade(image.view().y, 5 * k, k, 60, 130);
  shade(image.view().u, k, 2 * k, 112, 32);
  shade(image.view().v, 3 * k, 0, 112, 32);
  const int side = std::max(1, std::min(size.width, size.height) / 4);
  const int room = std::max(1, size.width - side);
  fill(image.view().y.crop({4 * k % room, (size.height - side) / 2, side, side}), 180);
  return image;
}

/// A soft edge that moves with `k`, over all of 0..255.
inline Matte moving_matte(Size size, int k) {
  Matte matte(size);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      matte.view().row(y)[x] =
          static_cast<std::uint8_t>(std::clamp(8 * (x - size.width / 2 + k) + y + 128, 0, 255));
  return matte;
}

inline std::uint64_t squared_error(ConstPlane a, ConstPlane b) {
  std::uint64_t sum = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) {
      const int d = a.row(y)[x] - b.row(y)[x];
      sum += static_cast<std::uint64_t>(d * d);
    }
  return sum;
}

inline bool same(ConstPlane a, ConstPlane b) {
  return a.size() == b.size() && squared_error(a, b) == 0;
}
inline bool same(ConstImageView a, ConstImageView b) {
  return same(a.y, b.y) && same(a.u, b.u) && same(a.v, b.v);
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}
inline std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The evaluation material (SCRIM_SHARED, else beside the sources); empty if it isn't there.
inline std::optional<std::string> shared_file(const std::string& name) {
  const char* folder = std::getenv("SCRIM_SHARED");
#ifdef SCRIM_SOURCE_DIR
  const std::string usual = SCRIM_SOURCE_DIR "/../shared";
#else
  const std::string usual = "../shared";
#endif
  const std::string path = (folder ? std::string(folder) : usual) + "/" + name;
  return std::filesystem::exists(path) ? std::optional(path) : std::nullopt;
}

/// For EXPECT_TRUE: success, or the error's words.
template <class T>
testing::AssertionResult done(const Expected<T>& result) {
  return result ? testing::AssertionSuccess() : testing::AssertionFailure() << result.error().what;
}

/// What a program prints, or nothing if it isn't installed or fails.
inline std::optional<std::string> output_of(const std::string& command) {
  std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  std::string text;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
  return ::pclose(pipe) == 0 ? std::optional(text) : std::nullopt;
}

}  // namespace scrim
