// Pictures of a camera through buffers that its driver shares with us (V4L2's mmap streaming).
//
// A Stream has started when it is made and stops when it goes. take() gives a buffer with a
// picture, give() hands it back; at most one is out at a time. Borrows the device, which must
// outlive it. Reentrant.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "devices/video_device.h"

namespace scrim {

class Stream {
 public:
  struct Buffer {
    std::uint32_t index;
    std::span<const std::uint8_t> bytes;  // what the picture takes
    bool damaged;                         // the driver says so
    Clock::time_point captured;
  };

  /// The device's format must be set. kSystem (held by another program), kDisconnected.
  static Expected<Stream> start(const VideoDevice& device);
  Stream(Stream&& other) noexcept;
  Stream& operator=(Stream&&) = delete;
  ~Stream();

  /// Waits until `deadline`. kTimeout; kDisconnected when the device is gone or has failed.
  Expected<Buffer> take(Clock::time_point deadline);
  Expected<void> give(const Buffer& buffer);

 private:
  explicit Stream(const VideoDevice& device) : device_(&device) {}
  Expected<void> map_buffers();
  Expected<void> wait(Clock::time_point deadline) const;

  const VideoDevice* device_;
  std::vector<std::span<std::uint8_t>> mapped_;
};

}  // namespace scrim
