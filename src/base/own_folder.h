// Where a user's own things are kept: settings, backgrounds. After the XDG Base Directory
// Specification. Reentrant, but for changes of the environment.
#pragma once

#include <string>

#include "base/error.h"

namespace scrim {

/// The folder "scrim" in the one that an environment variable such as XDG_CONFIG_HOME names, or,
/// where that names none in full, in `usual` of the home folder; "" where there is no home.
std::string own_folder(const char* variable, const std::string& usual);

/// Makes the folder, 0700, and those above it, if they are missing; one that is there stays as it
/// is. kSystem.
Expected<void> make_own_folder(const std::string& path);

}  // namespace scrim
