// The knobs of a camera: exposure, white balance, zoom, ... as its driver names and ranges them.
//
// They are the camera's own: what is set stays so after Scrim has gone, and other programs may set
// them too. Reentrant.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "devices/video_device.h"

namespace scrim {

struct Control {
  std::string name;  // "auto_exposure": lower case, with _ between words
  std::uint32_t id;
  std::int64_t low, high, step, fallback, value;
  std::vector<std::pair<std::int64_t, std::string>> choices;  // of a menu: value and name
};

/// Those of the user's and the camera's class that are a number, a switch or a menu and can be set.
std::vector<Control> list_controls(const VideoDevice& device);

/// The one of that name, its words in any order: drivers call it exposure_auto or auto_exposure.
/// Null if there is none.
const Control* find_control(std::span<const Control> controls, std::string_view name);

/// "3", "on", "off", or the name of a menu's choice. kRequest: what it may be.
Expected<std::int64_t> parse_control_value(const Control& control, std::string_view text);

/// kSystem, kDisconnected.
Expected<void> set_control(const VideoDevice& device, const Control& control, std::int64_t value);

/// "a driver's Name, Written so" -> "a_drivers_name_written_so", as v4l2-ctl spells it.
std::string control_name(std::string_view written);

}  // namespace scrim
