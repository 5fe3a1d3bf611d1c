#include "devices/pixel_format.h"

#include <gtest/gtest.h>
#include <linux/videodev2.h>

namespace scrim {
namespace {

TEST(PixelFormat, IsFoundByNameAndByCode) {
  for (const PixelFormat& format : pixel_formats()) {
    EXPECT_EQ(find_format(format.fourcc), &format);
    EXPECT_EQ(find_format(format.name), &format);
  }
  EXPECT_EQ(find_format("bayer"), nullptr);
  EXPECT_EQ(find_format(V4L2_PIX_FMT_SRGGB10), nullptr);
  EXPECT_EQ(fourcc_text(V4L2_PIX_FMT_MJPEG), "MJPG");
}

TEST(PixelFormat, ColoursAreWhatTheDriverSays) {
  v4l2_pix_format format{};
  format.colorspace = V4L2_COLORSPACE_SRGB;
  EXPECT_EQ(colour_space_of(format), kInternal);
  format.quantization = V4L2_QUANTIZATION_FULL_RANGE;
  EXPECT_EQ(colour_space_of(format), (ColourSpace{Matrix::kBt601, Range::kFull}));
  format = {};
  format.colorspace = V4L2_COLORSPACE_REC709;
  EXPECT_EQ(colour_space_of(format), (ColourSpace{Matrix::kBt709, Range::kLimited}));
  format = {};
  format.colorspace = V4L2_COLORSPACE_JPEG;
  EXPECT_EQ(colour_space_of(format), (ColourSpace{Matrix::kBt601, Range::kFull}));
}

}  // namespace
}  // namespace scrim
