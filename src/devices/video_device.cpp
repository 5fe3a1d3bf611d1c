#include "devices/video_device.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>

#include "devices/holders.h"

namespace scrim {
namespace {

/// Strings of the kernel are arrays that end with a zero, or not.
template <std::size_t size>
std::string text_of(const __u8 (&bytes)[size]) {
  const char* begin = reinterpret_cast<const char*>(bytes);
  return {begin, ::strnlen(begin, size)};
}

std::string cure_for(const std::string& path, int error) {
  if (error == EACCES || error == EPERM)
    return "; cameras belong to the group video: `sudo usermod -aG video $USER`, then log in again";
  if (error == ENOENT || error == ENODEV || error == ENXIO)
    return "; it is not there (any more): `scrim devices` lists what is";
  if (error != EBUSY) return "";
  const std::string holders = holders_of(path);
  if (holders.starts_with("scrim ")) return "; already running: " + holders + " holds it";
  if (!holders.empty()) return "; " + holders + " holds it";
  return fmt::format("; another program holds it: try `sudo fuser -v {}`", path);
}

}  // namespace

std::unexpected<Error> fail_device(const std::string& doing, const std::string& path, int error) {
  const bool gone = error == ENODEV || error == ENXIO || error == ENOENT || error == EIO;
  return std::unexpected(
      Error{gone ? Errc::kDisconnected : Errc::kSystem,
            fmt::format("{} {}: {}{}", doing, path, std::strerror(error), cure_for(path, error))});
}

Expected<VideoDevice> VideoDevice::open(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!fd) return fail_device("open", path, errno);
  VideoDevice device(path, std::move(fd));
  v4l2_capability about{};
  if (!device.ask(VIDIOC_QUERYCAP, &about))
    return fail(Errc::kSystem, "{} is no video device; `scrim devices` lists what there is", path);
  device.name_ = text_of(about.card);
  device.driver_ = text_of(about.driver);
  device.bus_ = text_of(about.bus_info);
  const bool has_own = (about.capabilities & V4L2_CAP_DEVICE_CAPS) != 0;
  device.capabilities_ = has_own ? about.device_caps : about.capabilities;
  return device;
}

bool VideoDevice::captures() const {
  return (capabilities_ & V4L2_CAP_VIDEO_CAPTURE) != 0;
}

bool VideoDevice::outputs() const {
  return (capabilities_ & V4L2_CAP_VIDEO_OUTPUT) != 0;
}

bool VideoDevice::ask(unsigned long request, void* argument) const {
  int result = 0;
  do result = ::ioctl(fd(), request, argument);
  while (result < 0 && errno == EINTR);
  return result == 0;
}

}  // namespace scrim
