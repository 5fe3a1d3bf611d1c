// The bytes of a file, all at once. kSystem, with the file's name. Reentrant. Tested by model_test.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"

namespace scrim {

Expected<std::string> read_file(const std::filesystem::path& path);

}  // namespace scrim
