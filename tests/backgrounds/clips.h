// Video files whose pictures tell their own number, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "image/convert.h"
#include "media/picture.h"
#include "media/video_writer.h"
#include "support/media.h"

namespace scrim {

constexpr int kLowestLevel = 20;
constexpr int kLevelStep = 4;

inline int level_of(int index) {
  return kLowestLevel + kLevelStep * index;
}

/// Which picture of a clip it is, from the luma of its first sample.
inline int index_of(ConstImageView picture) {
  return (*picture.y.data - kLowestLevel + kLevelStep / 2) / kLevelStep;
}

/// One picture for each time, in seconds; at most 53. Lossless.
inline void write_clip(const std::string& path, const std::vector<double>& times, Size size,
                       int first_index = 0) {
  auto writer = create_video(path, {.size = size, .fps = 25});
  ASSERT_TRUE(done(writer));
  Image picture(size);
  for (std::size_t i = 0; i < times.size(); ++i) {
    fill(picture.view(),
         Yuv{static_cast<std::uint8_t>(level_of(first_index + static_cast<int>(i))), 128, 128});
    ASSERT_TRUE(done((*writer)->write(std::as_const(picture).view(), {}, times[i])));
  }
  ASSERT_TRUE(done((*writer)->close()));
}

inline std::vector<double> steady_times(int count, double fps) {
  std::vector<double> times;
  for (int i = 0; i < count; ++i) times.push_back(i / fps);
  return times;
}

inline void write_level(const std::string& path, int level, Size size = {64, 36}) {
  Image picture(size);
  fill(picture.view(), Yuv{static_cast<std::uint8_t>(level), 128, 128});
  ASSERT_TRUE(done(save_png(path, std::as_const(picture).view())));
}

}  // namespace scrim
