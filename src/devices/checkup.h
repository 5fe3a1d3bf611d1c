// What keeps Scrim from working on this computer, or from working well, and the cure of each.
//
// Looks, and changes nothing. Reads files below a folder that stands for `/`, so that tests can
// give another computer. Reentrant.
#pragma once

#include <string>
#include <vector>

#include "devices/listing.h"

namespace scrim {

struct Finding {
  enum class Level { kFine, kAdvice, kProblem };  // kProblem: `scrim run` cannot work
  Level level;
  std::string what;
  std::string cure;  // exactly what to type, or ""
};

/// The module, its settings, virtual cameras, cameras, processor. `root` is "" for this computer.
std::vector<Finding> check_up(const VideoDevices& devices, const std::string& root);

}  // namespace scrim
