#include "devices/stream.h"

#include <linux/videodev2.h>
#include <poll.h>
#include <sys/mman.h>

#include <algorithm>

namespace scrim {
namespace {

// Cameras fill one while one is read and two wait; more would only be older.
constexpr std::uint32_t kBuffers = 4;

v4l2_buffer blank() {
  v4l2_buffer buffer{};
  buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = V4L2_MEMORY_MMAP;
  return buffer;
}

/// Drivers stamp pictures with the clock that Clock reads, or with one of their own.
Clock::time_point captured_at(const v4l2_buffer& buffer) {
  const auto now = Clock::now();
  const Clock::time_point stamp{std::chrono::seconds(buffer.timestamp.tv_sec) +
                                std::chrono::microseconds(buffer.timestamp.tv_usec)};
  const bool is_ours =
      (buffer.flags & V4L2_BUF_FLAG_TIMESTAMP_MASK) == V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
  return is_ours && stamp <= now && now - stamp < std::chrono::seconds(1) ? stamp : now;
}

}  // namespace

Expected<Stream> Stream::start(const VideoDevice& device) {
  Stream stream(device);
  if (auto ok = stream.map_buffers(); !ok) return std::unexpected(ok.error());
  for (std::uint32_t i = 0; i < stream.mapped_.size(); ++i)
    if (auto ok = stream.give({.index = i}); !ok) return std::unexpected(ok.error());
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (!device.ask(VIDIOC_STREAMON, &type)) return fail_device("start", device.path(), errno);
  return stream;
}

Stream::Stream(Stream&& other) noexcept
    : device_(other.device_), mapped_(std::exchange(other.mapped_, {})) {}

Stream::~Stream() {
  if (mapped_.empty()) return;
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  device_->ask(VIDIOC_STREAMOFF, &type);
  for (const auto& bytes : mapped_) ::munmap(bytes.data(), bytes.size());
  v4l2_requestbuffers none{};
  none.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  none.memory = V4L2_MEMORY_MMAP;
  device_->ask(VIDIOC_REQBUFS, &none);
}

Expected<void> Stream::map_buffers() {
  v4l2_requestbuffers wanted{};
  wanted.count = kBuffers;
  wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  wanted.memory = V4L2_MEMORY_MMAP;
  if (!device_->ask(VIDIOC_REQBUFS, &wanted))
    return fail_device("take buffers of", device_->path(), errno);
  for (std::uint32_t i = 0; i < wanted.count; ++i) {
    v4l2_buffer buffer = blank();
    buffer.index = i;
    if (!device_->ask(VIDIOC_QUERYBUF, &buffer))
      return fail_device("look at a buffer of", device_->path(), errno);
    void* const bytes = ::mmap(nullptr, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED,
                               device_->fd(), buffer.m.offset);
    if (bytes == MAP_FAILED) return fail_device("map a buffer of", device_->path(), errno);
    mapped_.emplace_back(static_cast<std::uint8_t*>(bytes), buffer.length);
  }
  if (mapped_.empty()) return fail(Errc::kSystem, "{} has no buffers to give", device_->path());
  return {};
}

Expected<void> Stream::wait(Clock::time_point deadline) const {
  pollfd waiting{device_->fd(), POLLIN, 0};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
  if (ready < 0 && errno != EINTR) return fail_device("wait for", device_->path(), errno);
  if (ready <= 0) return fail(Errc::kTimeout, "{}: nothing came in time", device_->path());
  return {};  // what POLLERR means, the next call tells
}

Expected<Stream::Buffer> Stream::take(Clock::time_point deadline) {
  if (auto ok = wait(deadline); !ok) return std::unexpected(ok.error());
  v4l2_buffer buffer = blank();
  if (!device_->ask(VIDIOC_DQBUF, &buffer)) {
    if (errno == EAGAIN) return fail(Errc::kTimeout, "{}: nothing came yet", device_->path());
    return fail(Errc::kDisconnected, "read {}: {}", device_->path(), std::strerror(errno));
  }
  const std::span<std::uint8_t> bytes = mapped_[buffer.index];
  return Buffer{.index = buffer.index,
                .bytes = bytes.first(std::min<std::size_t>(buffer.bytesused, bytes.size())),
                .damaged = (buffer.flags & V4L2_BUF_FLAG_ERROR) != 0,
                .captured = captured_at(buffer)};
}

Expected<void> Stream::give(const Buffer& taken) {
  v4l2_buffer buffer = blank();
  buffer.index = taken.index;
  if (device_->ask(VIDIOC_QBUF, &buffer)) return {};
  return fail(Errc::kDisconnected, "give a buffer to {}: {}", device_->path(),
              std::strerror(errno));
}

}  // namespace scrim
