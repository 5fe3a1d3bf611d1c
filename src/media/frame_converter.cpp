// A decoded picture goes through at most four steps, each left out where there is nothing to do:
// to I420 in its own colours, upright, to the wanted size, to our colours. Colours change in the
// last step only, in our own exactly rounded code, so swscale never has to; pictures in RGB are
// brought to packed RGB, laid over black where they are transparent, and converted by our own code.
// Tested by tests/media/video_reader_test.cpp and picture_test.cpp.
#include "media/frame_converter.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace scrim {
namespace {

constexpr std::ptrdiff_t kScalerSlack = 64;  // swscale may write a little beyond a row's end

/// The deprecated "J" formats are the plain ones, with full range said twice.
AVPixelFormat plain(AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P:
      return AV_PIX_FMT_YUV411P;
    default:
      return format;
  }
}

bool is_grey(AVPixelFormat format) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(format);
  return d->nb_components <= 2 && !(d->flags & (AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM));
}

bool has_alpha(AVPixelFormat format) {
  return (av_pix_fmt_desc_get(format)->flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
}

int coefficients(Matrix matrix) {
  if (matrix == Matrix::kBt709) return SWS_CS_ITU709;
  return matrix == Matrix::kBt2020 ? SWS_CS_BT2020 : SWS_CS_ITU601;
}

ConstPlane plane_of(const AVFrame& frame, int index, Size size) {
  const auto i = static_cast<std::size_t>(index);
  return {frame.data[i], size.width, size.height, frame.linesize[i]};
}

Size plane_size(const PictureShape& shape) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(shape.format);
  return {AV_CEIL_RSHIFT(shape.coded.width, d->log2_chroma_w),
          AV_CEIL_RSHIFT(shape.coded.height, d->log2_chroma_h)};
}

/// Transparent pixels let black through. RGBA to RGB, in place: the result is the shorter.
void lay_over_black(std::uint8_t* row, int width) {
  for (int x = 0; x < width; ++x) {
    const int alpha = row[4 * x + 3];
    for (int c = 0; c < 3; ++c) {
      const int product = row[4 * x + c] * alpha + 127;
      row[3 * x + c] = static_cast<std::uint8_t>(product / 255);
    }
  }
}

/// `rect` of a picture with square pixels, in the pixels of the stored one.
Rect squeeze(Rect rect, Size square, Size stored) {
  if (square == stored) return rect;
  const auto place = [](int at, int from, int to) {
    return static_cast<int>(std::int64_t{at} * to / from);
  };
  const int x = place(rect.x, square.width, stored.width) & ~1;
  const int y = place(rect.y, square.height, stored.height) & ~1;
  const int width = place(rect.width, square.width, stored.width);
  const int height = place(rect.height, square.height, stored.height);
  return {x, y, std::clamp(width, 1, stored.width - x), std::clamp(height, 1, stored.height - y)};
}

void fit(ConstImageView in, Size square, ColourSpace colour, ImageView out) {
  const Rect part = squeeze(cover_crop(square, out.size()), square, in.size());
  const ConstImageView seen = crop(in, part);
  if (seen.size() == out.size()) return to_internal(seen, colour, out);
  scale(seen, out);
  if (colour != kInternal) to_internal(out, colour, out);
}

}  // namespace

Orientation orientation_of(const std::int32_t* matrix) {
  // (x, y) goes to (a x + c y, b x + d y). A mirror shows as a negative determinant; taking it out
  // on the left leaves a pure turn.
  double a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
  const bool mirrored = a * d - b * c < 0;
  if (mirrored) {
    a = -a;
    c = -c;
  }
  Rotation rotation = Rotation::k0;
  if (std::abs(b) > std::abs(a))
    rotation = b > 0 ? Rotation::k90 : Rotation::k270;
  else if (a < 0)
    rotation = Rotation::k180;
  return {rotation, mirrored};
}

Size PictureShape::upright() const {
  Size square = coded;
  if (aspect > 1) square.width = static_cast<int>(std::lround(coded.width * aspect));
  if (aspect < 1) square.height = static_cast<int>(std::lround(coded.height / aspect));
  return turned(square, orientation.rotation);
}

ColourSpace colour_of(const AVFrame& frame, bool guess_by_height) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  const bool full = frame.color_range == AVCOL_RANGE_JPEG || plain(format) != format ||
                    (is_grey(format) && frame.color_range != AVCOL_RANGE_MPEG);
  const Range range = full ? Range::kFull : Range::kLimited;
  switch (frame.colorspace) {
    case AVCOL_SPC_BT709:
    case AVCOL_SPC_SMPTE240M:  // within two levels of BT.709
      return {Matrix::kBt709, range};
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return {Matrix::kBt2020, range};
    case AVCOL_SPC_UNSPECIFIED:
    case AVCOL_SPC_RESERVED: {
      const bool high = guess_by_height && plain(format) == format && frame.height >= 720;
      return {high ? Matrix::kBt709 : Matrix::kBt601, range};
    }
    default:
      return {Matrix::kBt601, range};
  }
}

FrameConverter::Route FrameConverter::route_of(AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUV420P:
      return Route::kDirect;
    case AV_PIX_FMT_YUV422P:
    case AV_PIX_FMT_YUV444P:
    case AV_PIX_FMT_YUV440P:
      return Route::kSubsample;
    case AV_PIX_FMT_GRAY8:
      return Route::kGrey;
    default:
      break;
  }
  const std::uint64_t flags = av_pix_fmt_desc_get(format)->flags;
  const bool rgb = (flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0 ||
                   format == AV_PIX_FMT_MONOWHITE || format == AV_PIX_FMT_MONOBLACK;
  return rgb || has_alpha(format) ? Route::kRgb : Route::kScaler;
}

FrameConverter::FrameConverter(const PictureShape& shape, Route route)
    : shape_(shape), route_(route) {
  if (route != Route::kDirect) planar_ = Image(shape.coded);
  if (route == Route::kGrey) {
    fill(planar_.view().u, 128);
    fill(planar_.view().v, 128);
  }
  if (shape.orientation.rotation != Rotation::k0)
    upright_ = Image(turned(shape.coded, shape.orientation.rotation));
}

Expected<FrameConverter> FrameConverter::make(const PictureShape& shape) {
  PictureShape known = shape;
  known.format = plain(shape.format);
  FrameConverter converter(known, route_of(known.format));
  const bool needs_scaler = converter.route_ == Route::kScaler || converter.route_ == Route::kRgb;
  if (needs_scaler && !converter.make_scaler())
    return fail(Errc::kSystem, "pixel format '{}' cannot be read; convert the file to mp4 or png",
                av_get_pix_fmt_name(shape.format));
  converter.shape_.format = shape.format;
  return converter;
}

bool FrameConverter::make_scaler() {
  const auto [width, height] = shape_.coded;
  const bool rgb = route_ == Route::kRgb;
  if (rgb) {
    if (has_alpha(shape_.format)) rgb_format_ = AV_PIX_FMT_RGBA;
    const std::ptrdiff_t row = 4 * std::ptrdiff_t{width} + kScalerSlack;
    rgb_.resize(static_cast<std::size_t>(row * height));
  }
  const AVPixelFormat to = rgb ? rgb_format_ : AV_PIX_FMT_YUV420P;
  constexpr int kExact =
      SWS_AREA | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP | SWS_FULL_CHR_H_INT | SWS_BITEXACT;
  scaler_.reset(sws_getContext(width, height, shape_.format, width, height, to, kExact, nullptr,
                               nullptr, nullptr));
  if (!scaler_) return false;
  // The same space on both sides: nothing but the layout and depth of YUV changes.
  const int full = shape_.colour.range == Range::kFull || is_grey(shape_.format);
  const int* table = sws_getCoefficients(coefficients(shape_.colour.matrix));
  sws_setColorspaceDetails(scaler_.get(), table, full, table, rgb ? 1 : full, 0, 1 << 16, 1 << 16);
  return true;
}

void FrameConverter::rgb_to_i420(const AVFrame& frame) {
  const auto [width, height] = shape_.coded;
  const int stride = 4 * width + static_cast<int>(kScalerSlack);
  std::uint8_t* const rows[] = {rgb_.data(), nullptr, nullptr, nullptr};
  const int strides[] = {stride, 0, 0, 0};
  sws_scale(scaler_.get(), frame.data, frame.linesize, 0, height, rows, strides);
  if (rgb_format_ == AV_PIX_FMT_RGBA)
    for (int y = 0; y < height; ++y)
      lay_over_black(rgb_.data() + std::ptrdiff_t{stride} * y, width);
  from_rgb(rgb_.data(), stride, planar_.view());
}

ConstImageView FrameConverter::with_luma_of(const AVFrame& frame) const {
  return {plane_of(frame, 0, shape_.coded), planar_.view().u, planar_.view().v};
}

void FrameConverter::subsample_chroma(const AVFrame& frame) {
  const Size size = plane_size(shape_);
  subsample(plane_of(frame, 1, size), planar_.view().u);
  subsample(plane_of(frame, 2, size), planar_.view().v);
}

ConstImageView FrameConverter::to_i420(const AVFrame& frame) {
  switch (route_) {
    case Route::kDirect: {
      const Size chroma = chroma_size(shape_.coded);
      return {plane_of(frame, 0, shape_.coded), plane_of(frame, 1, chroma),
              plane_of(frame, 2, chroma)};
    }
    case Route::kSubsample:
      subsample_chroma(frame);
      return with_luma_of(frame);
    case Route::kGrey:
      return with_luma_of(frame);
    case Route::kRgb:
      rgb_to_i420(frame);
      return planar_.view();
    case Route::kScaler:
      break;
  }
  const ImageView p = planar_.view();
  std::uint8_t* const planes[] = {p.y.data, p.u.data, p.v.data, nullptr};
  const int strides[] = {static_cast<int>(p.y.stride), static_cast<int>(p.u.stride),
                         static_cast<int>(p.v.stride), 0};
  sws_scale(scaler_.get(), frame.data, frame.linesize, 0, shape_.coded.height, planes, strides);
  return p;
}

void FrameConverter::convert(const AVFrame& frame, ImageView out) {
  ConstImageView picture = to_i420(frame);
  const auto [rotation, mirrored] = shape_.orientation;
  if (rotation != Rotation::k0) {
    rotate(picture, rotation, upright_.view());
    picture = upright_.view();
  }
  const ColourSpace colour = route_ == Route::kRgb ? kInternal : shape_.colour;
  fit(picture, shape_.upright(), colour, out);
  if (mirrored) mirror(out);
}

}  // namespace scrim
