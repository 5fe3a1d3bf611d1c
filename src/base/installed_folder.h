// What was installed beside the program. Reentrant.
#pragma once

#include <string>

namespace scrim {

/// PREFIX/share, where the engine is PREFIX/libexec/scrim/scrim; a folder that is not there if it
/// is not installed.
std::string installed_folder();

}  // namespace scrim
