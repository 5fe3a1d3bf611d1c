// Tested by tests/base/own_folder_test.cpp.
#include "base/own_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace scrim {
namespace {

namespace fs = std::filesystem;

fs::path folder_in(const char* variable) {
  const char* const value = std::getenv(variable);
  return value && fs::path(value).is_absolute() ? value : "";
}

}  // namespace

std::string own_folder(const char* variable, const std::string& usual) {
  const fs::path named = folder_in(variable), home = folder_in("HOME");
  if (named.empty() && home.empty()) return "";
  return (named.empty() ? home / usual : named) / "scrim";
}

Expected<void> make_own_folder(const std::string& path) {
  std::error_code ignored;  // the folder itself tells
  fs::create_directories(fs::path(path).parent_path(), ignored);
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fail_errno("make " + path);
  return {};
}

}  // namespace scrim
