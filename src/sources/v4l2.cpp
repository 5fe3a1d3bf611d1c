// A camera of the kernel's (V4L2). Every picture is converted straight from the driver's buffer, or
// the JPEG in it; damaged ones are left out and counted. Tested on real devices by tests/vm.
#include <linux/videodev2.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "devices/controls.h"
#include "devices/identity.h"
#include "devices/listing.h"
#include "devices/modes.h"
#include "devices/stream.h"
#include "image/scale.h"
#include "media/jpeg.h"
#include "sources/kinds.h"

namespace scrim {
namespace {

constexpr Clock::duration kLongestWait = std::chrono::seconds(1);

/// How a device's pictures lie in its buffers, after it has agreed.
struct Delivery {
  Mode mode;
  std::ptrdiff_t stride;
  ColourSpace space;
};

Expected<Delivery> set_mode(const VideoDevice& device, const Mode& mode) {
  v4l2_format format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  format.fmt.pix.width = static_cast<__u32>(mode.size.width);
  format.fmt.pix.height = static_cast<__u32>(mode.size.height);
  format.fmt.pix.pixelformat = mode.format->fourcc;
  format.fmt.pix.field = V4L2_FIELD_NONE;
  const std::string doing = "set " + to_text(mode) + " on";
  if (!device.ask(VIDIOC_S_FMT, &format)) return fail_device(doing, device.path(), errno);
  const v4l2_pix_format& given = format.fmt.pix;
  if (given.pixelformat != mode.format->fourcc ||
      Size{static_cast<int>(given.width), static_cast<int>(given.height)} != mode.size)
    return fail(Errc::kSystem,
                "{} {}: it gives {}x{} {} instead; another program may hold it: try `fuser -v {}`",
                doing, device.path(), given.width, given.height, fourcc_text(given.pixelformat),
                device.path());
  const auto stride = static_cast<std::ptrdiff_t>(given.bytesperline);
  const auto least = mode.format->layout ? least_stride(*mode.format->layout, mode.size.width) : 0;
  return Delivery{mode, std::max(stride, least), colour_space_of(given)};
}

/// The rate that the device agrees to; devices without one keep what they have.
double set_rate(const VideoDevice& device, double fps) {
  v4l2_streamparm parameters{};
  parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  v4l2_fract& interval = parameters.parm.capture.timeperframe;
  interval = {1000, static_cast<__u32>(std::lround(fps * 1000))};
  if (!device.ask(VIDIOC_S_PARM, &parameters) || interval.numerator == 0) return fps;
  return static_cast<double>(interval.denominator) / interval.numerator;
}

class V4l2Camera : public Source {
 public:
  V4l2Camera(std::unique_ptr<VideoDevice> device, const Delivery& delivery, double fps,
             Stream stream, Rotation rotation, Size size, std::string description)
      : device_(std::move(device)),
        delivery_(delivery),
        fps_(fps),
        stream_(std::move(stream)),
        rotation_(rotation),
        size_(size),
        description_(std::move(description)) {
    const Size given = delivery_.mode.size, upright = turned(given, rotation_);
    if (rotation_ != Rotation::k0 || given != size_) whole_ = Image(given);
    if (rotation_ != Rotation::k0 && upright != size_) upright_ = Image(upright);
  }

  Size size() const override { return size_; }
  double fps() const override { return fps_; }
  std::string description() const override { return description_; }
  std::uint64_t damaged() const override { return damaged_; }
  bool is_device() const override { return true; }
  std::string identity() const override { return identity_of(*device_); }

  Expected<Clock::time_point> read(ImageView out) override {
    const auto deadline = Clock::now() + kLongestWait;
    for (;;) {
      const auto buffer = stream_.take(deadline);
      if (!buffer) return std::unexpected(buffer.error());
      const bool sound = !buffer->damaged && convert(buffer->bytes, out);
      if (auto ok = stream_.give(*buffer); !ok) return std::unexpected(ok.error());
      if (sound) return buffer->captured;
      ++damaged_;
    }
  }

 private:
  bool convert(std::span<const std::uint8_t> bytes, ImageView out) {
    if (!whole_) return unpack_into(bytes, out);
    if (!unpack_into(bytes, whole_->view())) return false;
    ConstImageView picture = whole_->view();
    if (rotation_ != Rotation::k0) {
      const ImageView upright = upright_ ? upright_->view() : out;
      rotate(picture, rotation_, upright);
      picture = upright;
    }
    if (picture.y.data != out.y.data) scale_to_cover(picture, out);
    return true;
  }

  bool unpack_into(std::span<const std::uint8_t> bytes, ImageView out) {
    const Mode& mode = delivery_.mode;
    if (!mode.format->layout) return jpeg_.decode(bytes, out).has_value();
    if (bytes.size() < byte_count(*mode.format->layout, mode.size, delivery_.stride)) return false;
    unpack(ConstRaw{*mode.format->layout, mode.size, bytes.data(), delivery_.stride},
           delivery_.space, out);
    return true;
  }

  std::unique_ptr<VideoDevice> device_;  // in place, as the stream borrows it
  const Delivery delivery_;
  const double fps_;
  Stream stream_;
  const Rotation rotation_;
  const Size size_;
  const std::string description_;
  std::optional<Image> whole_;    // the camera's picture, where it is turned or of another size
  std::optional<Image> upright_;  // that turned, where it is of another size still
  JpegDecoder jpeg_;
  std::uint64_t damaged_ = 0;
};

Rotation rotation_of(const Spec& spec) {
  const std::string degrees = text(spec, kCameraRotate);
  return degrees == "90"    ? Rotation::k90
         : degrees == "180" ? Rotation::k180
         : degrees == "270" ? Rotation::k270
                            : Rotation::k0;
}

Expected<ModeWish> wish_of(const Spec& spec, const SourceRequest& request) {
  ModeWish wish;
  wish.size = turned(request.size.value_or(kDrawnSize), rotation_of(spec));
  wish.fps = spec.find(kCameraFps.name) ? number(spec, kCameraFps) : request.fps;
  if (const std::string given = text(spec, kCameraSize); !given.empty()) {
    const auto sides = parse_dimensions(given);
    if (!sides) return fail_in("v4l2?size", sides.error());
    wish.exact_size = Size{(*sides)[0], (*sides)[1]};
  }
  if (const std::string name = text(spec, kCameraFormat); name != kCameraFormat.fallback)
    wish.format = find_format(name);
  return wish;
}

/// Options that are none of Scrim's own are the camera's controls; they are set in their order, as
/// some can be set only while others are off.
Expected<void> set_controls(const VideoDevice& device, const Spec& spec) {
  for (const auto& [name, value] : spec.options) {
    if (std::ranges::find(kCameraOptions, name, &Option::name) != std::end(kCameraOptions))
      continue;
    const auto controls = list_controls(device);
    const Control* control = find_control(controls, name);
    if (!control) {
      std::vector<std::string_view> names;
      for (const Option& option : kCameraOptions) names.push_back(option.name);
      for (const Control& known : controls) names.push_back(known.name);
      return fail_unknown(fmt::format("option or control of {} ({})", device.path(), device.name()),
                          name, names);
    }
    const auto wanted = parse_control_value(*control, value);
    if (!wanted) return fail_in(device.path(), wanted.error());
    if (*wanted == control->value) continue;
    if (auto ok = set_control(device, *control, *wanted); !ok) return ok;
  }
  return {};
}

/// One that was lost is found again by what it is: its number may be another's now.
Expected<std::string> path_of(const Spec& spec, const SourceRequest& request) {
  if (!request.identity.empty()) return find_camera(request.identity, spec.argument);
  if (!spec.argument.empty()) return spec.argument;
  return default_camera(list_video_devices());
}

}  // namespace

OpenedSource open_v4l2_camera(const Spec& spec, const SourceRequest& request) {
  const auto wish = wish_of(spec, request);
  if (!wish) return std::unexpected(wish.error());
  const auto found = path_of(spec, request);
  if (!found) return std::unexpected(found.error());
  const std::string& path = *found;
  auto opened = VideoDevice::open(path);
  if (!opened) return std::unexpected(opened.error());
  auto device = std::make_unique<VideoDevice>(*std::move(opened));
  if (!device->captures())
    return fail(Errc::kSystem, "{} ({}) gives no pictures; `scrim devices` lists the cameras", path,
                device->name());
  const auto choice = choose_mode(list_modes(*device, *wish), *wish);
  if (!choice) return fail_in(path, choice.error());
  const auto delivery = set_mode(*device, choice->mode);
  if (!delivery) return std::unexpected(delivery.error());
  const double most = choice->mode.fps > 0 ? choice->mode.fps : wish->fps;
  const double fps = set_rate(*device, std::min(wish->fps, most));
  if (auto ok = set_controls(*device, spec); !ok) return std::unexpected(ok.error());
  auto stream = Stream::start(*device);
  if (!stream) return std::unexpected(stream.error());
  const Rotation rotation = rotation_of(spec);
  const Size size = request.size.value_or(turned(delivery->mode.size, rotation));
  std::string description = fmt::format("{} ({}): {}", device->name(), path, choice->why);
  return std::make_unique<V4l2Camera>(std::move(device), *delivery, fps, *std::move(stream),
                                      rotation, size, std::move(description));
}

}  // namespace scrim
