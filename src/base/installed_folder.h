// What was installed beside the program, or beside the shared library where this is part of it.
// Reentrant.
#pragma once

#include <string>

namespace scrim {

/// PREFIX/share, where the engine is PREFIX/libexec/scrim/scrim, or the library in PREFIX/lib or a
/// folder in there; a folder that is not there if it is not installed.
std::string installed_folder();

}  // namespace scrim
