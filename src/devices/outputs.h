// Where a run goes that is not told: to all that programs may look for Scrim in. Reentrant.
#pragma once

#include <vector>

#include "base/error.h"
#include "base/spec.h"
#include "devices/listing.h"
#include "devices/pipewire_listing.h"

namespace scrim {

/// Every device of v4l2loopback named Scrim, else the only one; and PipeWire where its daemon runs.
/// As default_output() when there is neither.
Expected<std::vector<Spec>> default_outputs(const VideoDevices& devices,
                                            const PipewireListing& pipewire);

}  // namespace scrim
