// One V4L2 device node, opened and asked what it is.
//
// Owns the descriptor. Reentrant. What is said about failures names the node, the cause and the
// cure: who else holds it, which group to join. kDisconnected where the device is gone or broken
// and may come back, kSystem else.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "base/unique_fd.h"

namespace scrim {

class VideoDevice {
 public:
  /// Opens for reading and writing, without blocking.
  static Expected<VideoDevice> open(const std::string& path);

  const std::string& path() const { return path_; }
  const std::string& name() const { return name_; }      // "HD Webcam C525"
  const std::string& driver() const { return driver_; }  // "uvcvideo"
  const std::string& bus() const { return bus_; }        // "usb-0000:00:14.0-1"
  int fd() const { return fd_.get(); }

  /// Takes pictures from a camera; gives them to readers; is made by the v4l2loopback module.
  bool captures() const;
  bool outputs() const;
  bool is_loopback() const { return driver_ == "v4l2 loopback"; }

  /// ioctl(), again when a signal interrupts it; whether it succeeded, else errno tells.
  bool ask(unsigned long request, void* argument) const;

 private:
  VideoDevice(std::string path, UniqueFd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_, name_, driver_, bus_;
  std::uint32_t capabilities_ = 0;
  UniqueFd fd_;
};

/// "DOING PATH: CAUSE; CURE" for the errno of a failed call.
std::unexpected<Error> fail_device(const std::string& doing, const std::string& path, int error);

}  // namespace scrim
