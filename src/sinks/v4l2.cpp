// A virtual camera: a device of the v4l2loopback module, which other programs read as a camera.
//
// Pictures are written, and the stream is started besides: with module 0.12.7 a producer that only
// writes leaves the device unusable when it goes; one that has started it does not, however it
// ends. Buffers shared with the module would save a copy, but which of them readers look at cannot
// be known: it hands back the latest one, and how many are in use depends on the last reader.
// Readers may hold the device to a format and size that they know: what the module answers is
// obeyed. Frame sizes are computed, as the module's `sizeimage` is rounded up to pages. Tested on
// real devices by tests/vm.
#include <linux/videodev2.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmath>
#include <vector>

#include "base/doorbell.h"
#include "devices/audience.h"
#include "devices/holders.h"
#include "devices/listing.h"
#include "devices/pixel_format.h"
#include "devices/video_device.h"
#include "sinks/kinds.h"

namespace scrim {
namespace {

struct OutputFormat {
  Layout layout;
  Size size;
  std::ptrdiff_t stride;
};

std::uint32_t fourcc_of(std::string_view format) {
  return find_format(format)->fourcc;  // check() has looked at the name
}

/// That it may fail does not matter: pictures come all the same.
void start(const VideoDevice& device) {
  int type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
  device.ask(VIDIOC_STREAMON, &type);
}

/// A device that another program left as neither camera nor output is brought back by starting it,
/// and closing it.
Expected<VideoDevice> open_output(const std::string& path) {
  {
    auto device = VideoDevice::open(path);
    if (!device || device->outputs() || device->captures()) return device;
    start(*device);
  }
  return VideoDevice::open(path);
}

/// Somebody has told the module that the format of the last program that fed it shall stay.
bool keeps_format(const VideoDevice& device) {
  v4l2_control keep_format{.id = V4L2_CID_USER_BASE | 0xf000, .value = 0};
  return device.is_loopback() && device.ask(VIDIOC_G_CTRL, &keep_format) && keep_format.value != 0;
}

/// Says who holds the device to its format, and what helps.
std::string holder_of(const VideoDevice& device) {
  const std::string holders = holders_of(device.path());
  if (!holders.empty()) return holders + " holds it to that";
  if (!keeps_format(device)) return "a reader holds it to that";
  return fmt::format("keep_format is set; `v4l2-ctl -d {} -c keep_format=0` lets go of it",
                     device.path());
}

Expected<void> check_output(const VideoDevice& device) {
  if (device.outputs()) return {};
  if (!device.is_loopback())
    return fail(Errc::kSystem,
                "{} ({}) is no virtual camera; `scrim devices` lists those there are",
                device.path(), device.name());
  if (keeps_format(device) && holders_of(device.path()).empty())
    return fail(Errc::kSystem, "feed {}: nobody is seen to feed it, but {}", device.path(),
                holder_of(device));
  return fail_device("feed", device.path(), EBUSY);
}

/// Two feeders would take turns; the module does not keep a second one out.
Expected<void> lock(const VideoDevice& device) {
  if (::flock(device.fd(), LOCK_EX | LOCK_NB) == 0) return {};
  return fail_device("feed", device.path(), EBUSY);
}

Expected<OutputFormat> set_format(const VideoDevice& device, std::uint32_t fourcc, Size size) {
  v4l2_format format{};
  format.type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
  v4l2_pix_format& picture = format.fmt.pix;
  picture.width = static_cast<__u32>(size.width);
  picture.height = static_cast<__u32>(size.height);
  picture.pixelformat = fourcc;
  picture.field = V4L2_FIELD_NONE;
  picture.colorspace = V4L2_COLORSPACE_SRGB;
  picture.ycbcr_enc = V4L2_YCBCR_ENC_601;
  picture.quantization = V4L2_QUANTIZATION_LIM_RANGE;
  const std::string doing =
      fmt::format("set {}x{} {} on", size.width, size.height, fourcc_text(fourcc));
  if (!device.ask(VIDIOC_S_FMT, &format)) return fail_device(doing, device.path(), errno);
  const PixelFormat* given = find_format(picture.pixelformat);
  if (!given || !given->layout)
    return fail(Errc::kSystem, "{} {}: it stays at {}, which Scrim does not write; {}", doing,
                device.path(), fourcc_text(picture.pixelformat), holder_of(device));
  const Size agreed{static_cast<int>(picture.width), static_cast<int>(picture.height)};
  return OutputFormat{*given->layout, agreed, least_stride(*given->layout, agreed.width)};
}

/// What readers are told; a device that has no rate keeps its own.
void declare_rate(const VideoDevice& device, double fps) {
  v4l2_streamparm parameters{};
  parameters.type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
  parameters.parm.output.timeperframe = {1000, static_cast<__u32>(std::lround(fps * 1000))};
  device.ask(VIDIOC_S_PARM, &parameters);
}

class V4l2Sink : public Sink {
 public:
  V4l2Sink(VideoDevice device, const OutputFormat& format, Size size)
      : device_(std::move(device)),
        format_(format),
        size_(size),
        packed_(byte_count(format.layout, format.size, format.stride)),
        audience_(watch_audience(device_)) {}

  Size size() const override { return size_; }
  bool watched() override {
    const bool present = audience_->present(Clock::now());
    if (doorbell_) doorbell_->arm();
    return present;
  }
  void when_visited(std::function<void()> ring) override {
    doorbell_ = Doorbell::start(audience_->bell(), std::move(ring));
  }

  Expected<void> write(const Shot& shot) override {
    pack(shot.picture, {format_.layout, format_.size, packed_.data(), format_.stride});
    const ssize_t written = ::write(device_.fd(), packed_.data(), packed_.size());
    if (written == static_cast<ssize_t>(packed_.size())) return {};
    if (written < 0 && (errno == EAGAIN || errno == EINTR)) return {};  // nobody misses one picture
    if (written < 0) return fail_device("write to", device_.path(), errno);
    return fail(Errc::kSystem,
                "{}: it takes only {} of {} bytes; another program has changed its "
                "format",
                device_.path(), written, packed_.size());
  }

 private:
  const VideoDevice device_;
  const OutputFormat format_;
  const Size size_;  // the format's, or that with odd sides
  std::vector<std::uint8_t> packed_;
  const std::unique_ptr<Audience> audience_;  // borrows device_
  std::unique_ptr<Doorbell> doorbell_;        // borrows audience_'s
};

Expected<std::string> path_of(const Spec& spec) {
  if (!spec.argument.empty()) return spec.argument;
  return default_output(list_video_devices());
}

}  // namespace

OpenedSink open_v4l2_sink(const Spec& spec, const SinkRequest& request) {
  const auto size = sink_size(spec, request);
  if (!size) return std::unexpected(size.error());
  const auto path = path_of(spec);
  if (!path) return std::unexpected(path.error());
  auto opened = open_output(*path);
  if (!opened) return std::unexpected(opened.error());
  VideoDevice device = *std::move(opened);
  if (auto ok = lock(device); !ok) return std::unexpected(ok.error());
  if (auto ok = check_output(device); !ok) return std::unexpected(ok.error());
  const Size even{2 * half_up(size->width), 2 * half_up(size->height)};  // pack() fills it
  const auto format = set_format(device, fourcc_of(text(spec, kV4l2SinkFormat)), even);
  if (!format) return std::unexpected(format.error());
  const double fps = number(spec, kSinkFps);
  declare_rate(device, fps > 0 ? fps : request.fps);
  start(device);
  return std::make_unique<V4l2Sink>(std::move(device), *format,
                                    format->size == even ? *size : format->size);
}

}  // namespace scrim
