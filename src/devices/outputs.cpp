// Tested by tests/devices/outputs_test.cpp.
#include "devices/outputs.h"

namespace scrim {

Expected<std::vector<Spec>> default_outputs(const VideoDevices& devices,
                                            const PipewireListing& pipewire) {
  std::vector<Spec> outputs;
  for (const VirtualCamera& device : devices.outputs)
    if (device.name == kOwnName) outputs.push_back({"v4l2", device.path, {}});
  const auto other = default_output(devices);
  if (outputs.empty() && other) outputs.push_back({"v4l2", *other, {}});
  if (pipewire.runs) outputs.push_back({"pipewire", "", {}});
  if (outputs.empty()) return std::unexpected(other.error());
  return outputs;
}

}  // namespace scrim
