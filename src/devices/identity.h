// Which camera it is, wherever it is plugged in: the name that udev gives it by maker, model and
// serial number (/dev/v4l/by-id), else card name and bus. Reentrant.
#pragma once

#include <string>

#include "base/error.h"
#include "devices/video_device.h"

namespace scrim {

/// `by_id` is another folder in tests.
std::string identity_of(const VideoDevice& device, const std::string& by_id = "/dev/v4l/by-id");

/// The node of the camera that has this identity now; `likely` is asked first. kDisconnected.
Expected<std::string> find_camera(const std::string& identity, const std::string& likely);

/// The link in `by_id` that leads to the node, or "".
std::string link_to(const std::string& node, const std::string& by_id);

}  // namespace scrim
