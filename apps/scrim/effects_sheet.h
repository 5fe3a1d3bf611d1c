// A labelled contact sheet of every background and effect, on the presenter with the true matte.
#pragma once

#include <string>

#include "base/error.h"

namespace scrim {

/// Writes a PNG; what needs a file or folder is shown with a drawn picture. kRequest, kSystem.
Expected<void> save_effects_sheet(const std::string& path);

}  // namespace scrim
