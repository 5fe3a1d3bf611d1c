#include "base/installed_folder.h"

#include <filesystem>

namespace scrim {

std::string installed_folder() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return program.parent_path().parent_path().parent_path() / "share";
}

}  // namespace scrim
