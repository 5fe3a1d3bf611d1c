// The pixel formats of V4L2 that Scrim reads or writes: one row each. Reentrant, without state.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "image/convert.h"

struct v4l2_pix_format;

namespace scrim {

struct PixelFormat {
  std::uint32_t fourcc;
  std::string_view name;         // in Specs and texts
  std::optional<Layout> layout;  // none: JPEG
  int cost;                      // of reading it; the cheapest of equals is picked
};

/// All that cameras may give, cheapest first.
std::span<const PixelFormat> pixel_formats();
/// Null where there is none.
const PixelFormat* find_format(std::uint32_t fourcc);
const PixelFormat* find_format(std::string_view name);

/// "MJPG", for messages.
std::string fourcc_text(std::uint32_t fourcc);

/// What colours a driver says that its pictures have, with its defaults filled in.
ColourSpace colour_space_of(const v4l2_pix_format& format);

}  // namespace scrim
