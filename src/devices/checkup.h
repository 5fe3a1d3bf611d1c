// What keeps Scrim from working on this computer, or from working well, and the cure of each.
//
// Looks, and changes nothing. Reads files below a folder that stands for `/`, so that tests can
// give another computer. Reentrant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "devices/listing.h"
#include "devices/pipewire_listing.h"

namespace scrim {

struct Finding {
  enum class Level { kFine, kAdvice, kProblem };  // kProblem: `scrim run` cannot work
  Level level;
  std::string what;
  std::string cure;  // exactly what to type, or ""
};

/// The module, its settings, virtual cameras, cameras, processor. `root` is "" for this computer;
/// `unfed` is what it means that there is no virtual camera of the kernel's to feed.
std::vector<Finding> check_up(const VideoDevices& devices, const std::string& root,
                              Finding::Level unfed = Finding::Level::kProblem);

/// PipeWire's daemon and session manager, the portal. `denied` names programs that the portal keeps
/// from cameras.
std::vector<Finding> check_up_pipewire(const PipewireListing& listing, const std::string& root,
                                       const std::vector<std::string>& denied);

/// Asks the portal's memory; nobody where that does not answer, and for one second at most.
std::vector<std::string> programs_without_cameras();
/// What the memory answers, as gdbus prints it: "({'org.app': ['no']}, <byte 0x00>)".
std::vector<std::string> parse_denials(std::string_view answer);

}  // namespace scrim
