// Tested by tests/devices/listing_test.cpp, and on real devices by tests/vm.
#include "devices/listing.h"

#include <linux/videodev2.h>

#include <algorithm>
#include <filesystem>

#include "devices/holders.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOwnName = "Scrim";
constexpr std::string_view kMakeOne =
    "make one with `sudo modprobe v4l2loopback exclusive_caps=1 card_label=Scrim` (Debian, "
    "Ubuntu: package v4l2loopback-dkms)";

bool is_colour(const Mode& mode) {
  return mode.format->layout != Layout::kGrey;
}

std::string why_unfit(const VideoDevice& device, const std::vector<Mode>& modes) {
  if (device.is_loopback()) return "fed by another program";
  if (std::ranges::any_of(modes, is_colour)) return "";
  if (!modes.empty()) return "grey only, as infrared cameras are";
  std::string has;
  for (std::uint32_t fourcc : list_fourccs(device))
    has += (has.empty() ? "" : ", ") + fourcc_text(fourcc);
  return has.empty() ? "it has no picture formats" : "it has only formats of raw sensors: " + has;
}

Camera look_at_camera(const VideoDevice& device) {
  Camera camera{device.path(),
                device.name(),
                device.driver(),
                device.bus(),
                list_modes(device),
                list_controls(device),
                ""};
  camera.unfit = why_unfit(device, camera.modes);
  return camera;
}

/// With exclusive_caps a device that is fed shows itself as a camera only; without, it is always
/// both, and who holds it must tell.
VirtualCamera look_at_output(const VideoDevice& device) {
  const std::string holders = holders_of(device.path());
  const bool fed = device.captures() && (!device.outputs() || !holders.empty());
  return {device.path(), device.name(), fed, holders, !device.captures() && !device.outputs()};
}

std::string list_of(const std::vector<VirtualCamera>& outputs) {
  std::string list;
  for (const VirtualCamera& output : outputs)
    list += fmt::format("{}v4l2:{} ({})", list.empty() ? "" : ", ", output.path, output.name);
  return list;
}

}  // namespace

std::vector<std::string> video_nodes(const std::string& dev) {
  constexpr std::string_view kStem = "video";
  std::vector<std::pair<int, std::string>> found;
  std::error_code ignored;
  for (const auto& node : fs::directory_iterator(dev, ignored)) {
    const std::string name = node.path().filename().string();
    const std::string number = name.substr(std::min(kStem.size(), name.size()));
    const bool numbered = !number.empty() && number.size() < 6 &&
                          number.find_first_not_of("0123456789") == number.npos;
    if (name.starts_with(kStem) && numbered) found.emplace_back(std::stoi(number), node.path());
  }
  std::ranges::sort(found);
  std::vector<std::string> paths;
  for (auto& [number, path] : found) paths.push_back(std::move(path));
  return paths;
}

VideoDevices list_video_devices() {
  VideoDevices found;
  for (const std::string& path : video_nodes()) {
    const auto device = VideoDevice::open(path);
    if (!device) {
      found.cameras.push_back({path, "?", "?", "?", {}, {}, device.error().what});
      continue;
    }
    if (device->is_loopback()) found.outputs.push_back(look_at_output(*device));
    if (device->captures() && !(device->is_loopback() && device->outputs()))
      found.cameras.push_back(look_at_camera(*device));
  }
  return found;
}

Expected<std::string> default_camera(const VideoDevices& devices) {
  std::string passed_over;
  for (const Camera& camera : devices.cameras) {
    if (camera.unfit.empty()) return camera.path;
    passed_over += fmt::format("; {}: {}", camera.path, camera.unfit);
  }
  return fail(
      Errc::kSystem,
      "no camera found{}; plug one in, or name a source: --camera v4l2:/dev/videoN, a film, "
      "presenter",
      passed_over);
}

Expected<std::string> default_output(const VideoDevices& devices) {
  const auto& outputs = devices.outputs;
  if (outputs.empty()) return fail(Errc::kSystem, "no virtual camera found; {}", kMakeOne);
  if (outputs.size() == 1) return outputs.front().path;
  const auto own = std::ranges::find(outputs, kOwnName, &VirtualCamera::name);
  if (own != outputs.end()) return own->path;
  return fail(Errc::kRequest, "which virtual camera? choose one with --output: {}",
              list_of(outputs));
}

}  // namespace scrim
