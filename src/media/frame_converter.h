// Decoded pictures of any format, made into ours: upright, I420, BT.601 limited, filling a given
// size. For the .cpp files of src/media alone. Reentrant; memory is taken when it is made.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "image/convert.h"
#include "image/image.h"
#include "image/scale.h"
#include "media/ffmpeg.h"

namespace scrim {

/// How a picture is to be shown: turned clockwise, then its left and right exchanged.
struct Orientation {
  Rotation rotation = Rotation::k0;
  bool mirrored = false;
  bool operator==(const Orientation&) const = default;
};

/// From FFmpeg's display matrix (nine numbers); turns by other angles than 90 degrees are ignored.
Orientation orientation_of(const std::int32_t* matrix);

/// All that decides how a decoded picture is converted.
struct PictureShape {
  Size coded;  // as it is stored
  AVPixelFormat format = AV_PIX_FMT_NONE;
  ColourSpace colour;
  Orientation orientation;
  double aspect = 1;  // width of a pixel by its height
  bool operator==(const PictureShape&) const = default;

  /// As it is seen: turned, with square pixels.
  Size upright() const;
};

/// `guess_by_height`: BT.709 is assumed of undeclared pictures of 720 lines and more.
ColourSpace colour_of(const AVFrame& frame, bool guess_by_height);

class FrameConverter {
 public:
  /// kSystem if the pixel format cannot be read.
  static Expected<FrameConverter> make(const PictureShape& shape);
  const PictureShape& shape() const { return shape_; }
  /// Scales the picture to fill `out`, cuts the overhang evenly. `frame` is of shape().
  void convert(const AVFrame& frame, ImageView out);

 private:
  enum class Route { kDirect, kSubsample, kGrey, kScaler, kRgb };
  FrameConverter(const PictureShape& shape, Route route);
  static Route route_of(AVPixelFormat format);
  bool make_scaler();
  ConstImageView to_i420(const AVFrame& frame);
  ConstImageView with_luma_of(const AVFrame& frame) const;
  void subsample_chroma(const AVFrame& frame);
  void rgb_to_i420(const AVFrame& frame);

  PictureShape shape_;
  Route route_;
  AVPixelFormat rgb_format_ = AV_PIX_FMT_RGB24;  // kRgb: RGBA if there is transparency
  ScalerPtr scaler_;                             // kScaler, kRgb
  std::vector<std::uint8_t> rgb_;                // kRgb
  Image planar_;                                 // all but kDirect
  Image upright_;                                // if the picture is turned
};

}  // namespace scrim
