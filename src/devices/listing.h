// Which cameras and virtual cameras this computer has, and which of them Scrim would take.
//
// A virtual camera is a device of the v4l2loopback module: programs read from it what one program
// feeds it. Devices that can't be opened are listed with the reason. Reentrant; opens every node
// for a moment, which disturbs nobody.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "devices/controls.h"
#include "devices/modes.h"

namespace scrim {

struct Camera {
  std::string path, name, driver, bus;
  std::vector<Mode> modes;        // of formats that Scrim reads
  std::vector<Control> controls;  // with their values now
  std::string unfit;              // why it is never taken unasked ("infrared"), or ""
};

struct VirtualCamera {
  std::string path, name;
  bool fed;             // somebody feeds it now
  std::string holders;  // the programs that have it open, as far as can be seen
  bool wedged = false;  // left by a program so that it is neither camera nor output
};

struct VideoDevices {
  std::vector<Camera> cameras;
  std::vector<VirtualCamera> outputs;
};

/// "/dev/video0" and so on, in the order of their numbers. `dev` is another folder in tests.
std::vector<std::string> video_nodes(const std::string& dev = "/dev");

/// In the order of their numbers.
VideoDevices list_video_devices();

/// The first real colour camera. kSystem when there is none, with what was passed over and why.
Expected<std::string> default_camera(const VideoDevices& devices);

/// The virtual camera named "Scrim", else the only one. kSystem when there is none (how to make
/// one), kRequest when there are several (which).
Expected<std::string> default_output(const VideoDevices& devices);

}  // namespace scrim
