// A virtual camera: a device of the v4l2loopback module, which other programs read as a camera.
//
// Pictures are packed straight into buffers shared with the module. Not write(): with module 0.12.7
// a producer that only writes leaves the device unusable when it goes; one that streams does not,
// however it ends. Readers may hold the device to a format and size that they know: what the module
// answers is obeyed. Frame sizes are computed, as the module's `sizeimage` is rounded up to pages.
// Tested on real devices by tests/vm.
#include <linux/videodev2.h>
#include <sys/file.h>

#include <cmath>

#include "devices/listing.h"
#include "devices/stream.h"
#include "sinks/kinds.h"

namespace scrim {
namespace {

constexpr Clock::duration kLongestWait = std::chrono::milliseconds(100);

struct OutputFormat {
  Layout layout;
  Size size;
  std::ptrdiff_t stride;
};

std::uint32_t fourcc_of(std::string_view format) {
  return find_format(format)->fourcc;  // check() has looked at the name
}

/// A device that another program left as neither camera nor output is brought back by starting it;
/// that the call itself fails does not matter.
Expected<VideoDevice> open_output(const std::string& path) {
  auto device = VideoDevice::open(path);
  if (!device || device->outputs() || device->captures()) return device;
  auto type = static_cast<int>(buffer_type(Direction::kOutput));
  device->ask(VIDIOC_STREAMON, &type);
  return VideoDevice::open(path);
}

Expected<void> check_output(const VideoDevice& device) {
  if (device.outputs()) return {};
  if (!device.is_loopback())
    return fail(Errc::kSystem,
                "{} ({}) is no virtual camera; `scrim devices` lists those there are",
                device.path(), device.name());
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
  if (!given || !given->layout) {
    const std::string holders = holders_of(device.path());
    return fail(Errc::kSystem,
                "{} {}: it stays at {}, which Scrim does not write; {} holds it to that", doing,
                device.path(), fourcc_text(picture.pixelformat),
                holders.empty() ? "a reader" : holders);
  }
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
  V4l2Sink(std::unique_ptr<VideoDevice> device, const OutputFormat& format, Stream stream,
           Size size)
      : device_(std::move(device)), format_(format), stream_(std::move(stream)), size_(size) {}

  Size size() const override { return size_; }

  Expected<void> write(const Shot& shot) override {
    const auto buffer = stream_.take(Clock::now() + kLongestWait);
    if (!buffer && buffer.error().code == Errc::kTimeout) return {};  // nobody misses one picture
    if (!buffer) return std::unexpected(buffer.error());
    const std::size_t used = byte_count(format_.layout, format_.size, format_.stride);
    if (buffer->bytes.size() < used)
      return fail(Errc::kSystem, "{}: its buffers are too small", device_->path());
    pack(shot.picture, {format_.layout, format_.size, buffer->bytes.data(), format_.stride});
    return stream_.give(*buffer, used);
  }

 private:
  std::unique_ptr<VideoDevice> device_;  // in place, as the stream borrows it
  const OutputFormat format_;
  Stream stream_;
  const Size size_;  // the format's, or that with odd sides
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
  auto device = std::make_unique<VideoDevice>(*std::move(opened));
  if (auto ok = lock(*device); !ok) return std::unexpected(ok.error());
  if (auto ok = check_output(*device); !ok) return std::unexpected(ok.error());
  const Size even{2 * half_up(size->width), 2 * half_up(size->height)};  // pack() fills it
  const auto format = set_format(*device, fourcc_of(text(spec, kV4l2SinkFormat)), even);
  if (!format) return std::unexpected(format.error());
  const double fps = number(spec, kV4l2SinkFps);
  declare_rate(*device, fps > 0 ? fps : request.fps);
  auto stream = Stream::start(*device, Direction::kOutput);
  if (!stream) return std::unexpected(stream.error());
  return std::make_unique<V4l2Sink>(std::move(device), *format, *std::move(stream),
                                    format->size == even ? *size : format->size);
}

}  // namespace scrim
