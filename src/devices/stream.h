// Pictures to or from a V4L2 device through buffers that it shares with us (mmap streaming).
//
// A Stream has started when it is made and stops when it goes. take() gives a buffer: from a camera
// one that holds a picture, towards readers one to be filled; give() hands it back. At most one
// buffer is out at a time. Borrows the device, which must outlive it. Reentrant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "devices/video_device.h"

namespace scrim {

enum class Direction { kCapture, kOutput };

/// The `type` that V4L2's structures want.
std::uint32_t buffer_type(Direction direction);

class Stream {
 public:
  struct Buffer {
    std::uint32_t index;
    std::span<std::uint8_t> bytes;  // kCapture: what the picture takes; kOutput: all there is
    bool damaged;                   // the driver says so
    Clock::time_point captured;
  };

  /// The device's format must be set. kSystem (held by another program), kDisconnected.
  static Expected<Stream> start(const VideoDevice& device, Direction direction);
  Stream(Stream&& other) noexcept;
  Stream& operator=(Stream&&) = delete;
  ~Stream();

  /// Waits until `deadline`. kTimeout; kDisconnected when the device is gone or has failed.
  Expected<Buffer> take(Clock::time_point deadline);
  /// `used`: the bytes of a picture for readers.
  Expected<void> give(const Buffer& buffer, std::size_t used = 0);

 private:
  Stream(const VideoDevice& device, Direction direction)
      : device_(&device), direction_(direction) {}
  Expected<void> map_buffers();
  Expected<void> wait(Clock::time_point deadline) const;

  const VideoDevice* device_;
  Direction direction_;
  std::vector<std::span<std::uint8_t>> mapped_;
  std::size_t given_ = 0;  // kOutput: how many pictures
};

}  // namespace scrim
