// Tested by tests/pipewire, with real clients.
#include "devices/pipewire_format.h"

#include <spa/buffer/buffer.h>
#include <spa/buffer/meta.h>
#include <spa/node/io.h>
#include <spa/param/buffers.h>
#include <spa/param/param.h>
#include <spa/param/video/format-utils.h>
#include <spa/pod/builder.h>

#include <algorithm>
#include <cmath>

namespace scrim {
namespace {

struct Known {
  spa_video_format id;
  Layout layout;
  bool offered;
};
constexpr Known kKnown[] = {
    {SPA_VIDEO_FORMAT_YUY2, Layout::kYuyv, true},   {SPA_VIDEO_FORMAT_NV12, Layout::kNv12, true},
    {SPA_VIDEO_FORMAT_I420, Layout::kI420, true},   {SPA_VIDEO_FORMAT_UYVY, Layout::kUyvy, false},
    {SPA_VIDEO_FORMAT_GRAY8, Layout::kGrey, false},
};

constexpr std::uint32_t kMostMilliFps = 240'000;

spa_pod_builder building(std::span<std::uint8_t> bytes) {
  spa_pod_builder builder;
  spa_pod_builder_init(&builder, bytes.data(), static_cast<std::uint32_t>(bytes.size()));
  return builder;
}

spa_fraction fraction(double fps) {
  const auto thousandths = static_cast<std::uint32_t>(std::lround(fps * 1000));
  if (thousandths % 1000 == 0) return {thousandths / 1000, 1};
  return {thousandths, 1000};
}

spa_rectangle rectangle(Size size) {
  return {static_cast<std::uint32_t>(size.width), static_cast<std::uint32_t>(size.height)};
}

void add_choices(spa_pod_builder* builder, Size size, double fps) {
  const spa_rectangle wish = rectangle(size), least{1, 1}, most{kMaxSide, kMaxSide};
  const spa_fraction rate = fraction(fps), slowest{0, 1}, fastest{kMostMilliFps / 1000, 1};
  spa_pod_builder_add(
      builder, SPA_FORMAT_VIDEO_size, SPA_POD_CHOICE_RANGE_Rectangle(&wish, &least, &most),
      SPA_FORMAT_VIDEO_framerate, SPA_POD_CHOICE_RANGE_Fraction(&rate, &slowest, &fastest), 0);
}

spa_pod_frame begin_format(spa_pod_builder* builder, std::uint32_t subtype) {
  spa_pod_frame frame;
  spa_pod_builder_push_object(builder, &frame, SPA_TYPE_OBJECT_Format, SPA_PARAM_EnumFormat);
  spa_pod_builder_add(builder, SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video),
                      SPA_FORMAT_mediaSubtype, SPA_POD_Id(subtype), 0);
  return frame;
}

const spa_pod* end(spa_pod_builder* builder, spa_pod_frame* frame) {
  return static_cast<const spa_pod*>(spa_pod_builder_pop(builder, frame));
}

const spa_pod* header(spa_pod_builder* builder) {
  return static_cast<const spa_pod*>(spa_pod_builder_add_object(
      builder, SPA_TYPE_OBJECT_ParamMeta, SPA_PARAM_Meta, SPA_PARAM_META_type,
      SPA_POD_Id(SPA_META_Header), SPA_PARAM_META_size,
      SPA_POD_Int(static_cast<int>(sizeof(spa_meta_header)))));
}

constexpr int kMemory = 1 << SPA_DATA_MemFd | 1 << SPA_DATA_MemPtr;

ColourSpace colours_of(const spa_video_info_raw& raw) {
  ColourSpace space;
  if (raw.color_matrix == SPA_VIDEO_COLOR_MATRIX_BT709) space.matrix = Matrix::kBt709;
  if (raw.color_matrix == SPA_VIDEO_COLOR_MATRIX_BT2020) space.matrix = Matrix::kBt2020;
  if (raw.color_range == SPA_VIDEO_COLOR_RANGE_0_255) space.range = Range::kFull;
  return space;
}

std::optional<PipewireFormat> settled(std::optional<Layout> layout, ColourSpace space,
                                      spa_rectangle size, spa_fraction rate) {
  if (size.width < 1 || size.height < 1 || size.width > kMaxSide || size.height > kMaxSide)
    return {};
  return PipewireFormat{layout,
                        {static_cast<int>(size.width), static_cast<int>(size.height)},
                        space,
                        rate.denom ? static_cast<double>(rate.num) / rate.denom : 0};
}

}  // namespace

std::span<const spa_pod*> Pods::offers(Size size, double fps) {
  spa_pod_builder builder = building(bytes_);
  const spa_rectangle sides = rectangle(size);
  const spa_fraction rate = fraction(fps);
  std::size_t count = 0;
  for (const Known& known : kKnown) {
    if (!known.offered) continue;
    spa_pod_frame frame = begin_format(&builder, SPA_MEDIA_SUBTYPE_raw);
    spa_pod_builder_add(&builder, SPA_FORMAT_VIDEO_format, SPA_POD_Id(known.id),
                        SPA_FORMAT_VIDEO_size, SPA_POD_Rectangle(&sides),
                        SPA_FORMAT_VIDEO_framerate, SPA_POD_Fraction(&rate),
                        SPA_FORMAT_VIDEO_colorRange, SPA_POD_Id(SPA_VIDEO_COLOR_RANGE_16_235),
                        SPA_FORMAT_VIDEO_colorMatrix, SPA_POD_Id(SPA_VIDEO_COLOR_MATRIX_BT601), 0);
    pods_[count++] = end(&builder, &frame);
  }
  return {pods_.data(), count};
}

std::span<const spa_pod*> Pods::wishes(Size size, double fps) {
  spa_pod_builder builder = building(bytes_);
  std::size_t count = 0;
  for (const Known& known : kKnown) {
    spa_pod_frame frame = begin_format(&builder, SPA_MEDIA_SUBTYPE_raw);
    spa_pod_builder_add(&builder, SPA_FORMAT_VIDEO_format, SPA_POD_Id(known.id), 0);
    add_choices(&builder, size, fps);
    pods_[count++] = end(&builder, &frame);
  }
  spa_pod_frame frame = begin_format(&builder, SPA_MEDIA_SUBTYPE_mjpg);
  add_choices(&builder, size, fps);
  pods_[count++] = end(&builder, &frame);
  return {pods_.data(), count};
}

std::span<const spa_pod*> Pods::buffers(std::size_t bytes, std::ptrdiff_t stride) {
  spa_pod_builder builder = building(bytes_);
  pods_[0] = static_cast<const spa_pod*>(spa_pod_builder_add_object(
      &builder, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers, SPA_PARAM_BUFFERS_buffers,
      SPA_POD_CHOICE_RANGE_Int(4, 2, 16), SPA_PARAM_BUFFERS_blocks, SPA_POD_Int(1),
      SPA_PARAM_BUFFERS_size, SPA_POD_Int(static_cast<int>(bytes)), SPA_PARAM_BUFFERS_stride,
      SPA_POD_Int(static_cast<int>(stride)), SPA_PARAM_BUFFERS_dataType,
      SPA_POD_CHOICE_FLAGS_Int(kMemory)));
  pods_[1] = header(&builder);
  return {pods_.data(), 2};
}

std::span<const spa_pod*> Pods::any_buffers() {
  spa_pod_builder builder = building(bytes_);
  pods_[0] = static_cast<const spa_pod*>(
      spa_pod_builder_add_object(&builder, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers,
                                 SPA_PARAM_BUFFERS_dataType, SPA_POD_CHOICE_FLAGS_Int(kMemory)));
  pods_[1] = header(&builder);
  return {pods_.data(), 2};
}

std::optional<PipewireFormat> parse_pipewire_format(const spa_pod* format) {
  std::uint32_t type = 0, subtype = 0;
  if (!format || spa_format_parse(format, &type, &subtype) < 0 || type != SPA_MEDIA_TYPE_video)
    return {};
  if (subtype == SPA_MEDIA_SUBTYPE_mjpg) {
    spa_video_info_mjpg jpeg{};
    if (spa_format_video_mjpg_parse(format, &jpeg) < 0) return {};
    return settled({}, kInternal, jpeg.size, jpeg.framerate);
  }
  spa_video_info_raw raw{};
  if (subtype != SPA_MEDIA_SUBTYPE_raw || spa_format_video_raw_parse(format, &raw) < 0) return {};
  const auto* known = std::ranges::find(kKnown, raw.format, &Known::id);
  if (known == std::end(kKnown)) return {};
  return settled(known->layout, colours_of(raw), raw.size, raw.framerate);
}

}  // namespace scrim
