#include "control/place.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "control/unix_address.h"

namespace scrim {

std::string default_control_path() {
  const char* const folder = std::getenv("XDG_RUNTIME_DIR");
  if (!folder || !std::filesystem::path(folder).is_absolute() || ::access(folder, W_OK) != 0)
    return "";
  return std::string(folder) + "/scrim/control";
}

std::string control_path(const std::string& setting) {
  if (setting == "off") return "";
  return setting.empty() ? default_control_path() : setting;
}

std::string panel_link_path(const std::string& control_path) {
  return control_path + ".panel";
}

Expected<void> make_control_folder(const std::string& path) {
  const std::string folder = std::filesystem::absolute(path).parent_path();
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return fail_errno("make " + folder);
  struct stat about {};
  if (::lstat(folder.c_str(), &about) != 0) return fail_errno("look at " + folder);
  if (!S_ISDIR(about.st_mode) || about.st_uid != ::geteuid() || (about.st_mode & 0077) != 0)
    return fail(Errc::kSystem,
                "{0}: the socket's folder must be one that only you can enter; name one that is to "
                "be made, such as --control {0}/scrim-{1}/control, or --control off",
                folder, ::geteuid());
  return {};
}

Expected<sockaddr_un> control_address(const std::string& path) {
  const auto address = unix_address(path);
  if (path.empty() || !address)
    return fail(Errc::kRequest, "--control: '{}' is no name for a socket: 1 to {} characters", path,
                kLongestUnixPath);
  return *address;
}

}  // namespace scrim
