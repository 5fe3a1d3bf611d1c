// What a camera can do, and which of it suits a wish.
//
// list_modes() asks the device; choose_mode() is a pure function of its answer. Reentrant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "devices/pixel_format.h"
#include "devices/video_device.h"
#include "image/image.h"

namespace scrim {

struct Mode {
  const PixelFormat* format;
  Size size;
  double fps;  // pictures per second; 0: the device does not say
  bool operator==(const Mode&) const = default;
};

struct ModeWish {
  Size size{1280, 720};
  double fps = 30;
  // What must be so, not only nearly so:
  std::optional<Size> exact_size = {};
  const PixelFormat* format = nullptr;
};

/// The modes of formats that Scrim reads. Devices that do any size or rate within limits are asked
/// about the usual ones, and about those of `wish`.
std::vector<Mode> list_modes(const VideoDevice& device, const ModeWish& wish = {});

/// Which pixel formats the device has at all, by fourcc.
std::vector<std::uint32_t> list_fourccs(const VideoDevice& device);

struct Choice {
  Mode mode;
  std::string why;  // "MJPEG, as yuyv has only 10 pictures a second at this size"
};

/// The mode that shows most of what is wished, in detail and in motion, at the least cost; among
/// equals the smallest, slowest and cheapest. kRequest when `exact_size` or `format` rule out all.
Expected<Choice> choose_mode(std::span<const Mode> modes, const ModeWish& wish);

/// "1280x720 mjpeg, 30 pictures a second"
std::string to_text(const Mode& mode);

}  // namespace scrim
