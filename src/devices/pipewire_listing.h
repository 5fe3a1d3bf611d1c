// What the PipeWire daemon has: whether it runs, who links programs with cameras, which cameras.
//
// Reentrant; asks the daemon once, and waits two seconds at most.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace scrim {

struct PipewireCamera {
  std::uint32_t id = 0;   // in this daemon; another one's later
  std::string name;       // what it is known by
  std::string label;      // what people see
  bool of_scrim = false;  // of this Scrim or another, by way of the kernel or not
  bool own = false;       // of this very process
};

struct PipewireListing {
  bool runs = false;             // the daemon
  bool session_manager = false;  // WirePlumber, say
  std::vector<PipewireCamera> cameras;
};

PipewireListing list_pipewire();

/// What helps where no daemon runs.
inline constexpr const char* kStartPipewire = "systemctl --user enable --now pipewire wireplumber";

/// The camera of that name or label, or for "" the first that is not of Scrim; never one's own.
/// kSystem: no daemon, no session manager, no such camera.
Expected<PipewireCamera> find_pipewire_camera(const PipewireListing& listing,
                                              const std::string& name);

}  // namespace scrim
