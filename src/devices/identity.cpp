// Tested by tests/devices/identity_test.cpp, and on real devices by tests/vm.
#include "devices/identity.h"

#include <filesystem>

#include "devices/listing.h"

namespace scrim {

namespace fs = std::filesystem;

std::string link_to(const std::string& node, const std::string& by_id) {
  std::error_code ignored;
  const fs::path wanted = fs::canonical(node, ignored);
  for (const auto& link : fs::directory_iterator(by_id, ignored))
    if (fs::canonical(link.path(), ignored) == wanted) return link.path().filename();
  return "";
}

std::string identity_of(const VideoDevice& device, const std::string& by_id) {
  const std::string link = link_to(device.path(), by_id);
  return link.empty() ? device.name() + ", " + device.bus() : link;
}

Expected<std::string> find_camera(const std::string& identity, const std::string& likely) {
  const auto is_it = [&](const std::string& path) {
    const auto device = VideoDevice::open(path);
    return device && device->captures() && identity_of(*device) == identity;
  };
  if (is_it(likely)) return likely;
  for (const std::string& path : video_nodes())
    if (is_it(path)) return path;
  return fail(Errc::kDisconnected, "the camera ({}) is not there", identity);
}

}  // namespace scrim
