// Tested by tests/devices/checkup_test.cpp.
#include "devices/checkup.h"

#include <sys/utsname.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "devices/holders.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;
using Level = Finding::Level;

constexpr std::string_view kLoad = "sudo modprobe v4l2loopback exclusive_caps=1 card_label=Scrim";
constexpr std::string_view kReload =
    "sudo modprobe -r v4l2loopback && sudo modprobe v4l2loopback exclusive_caps=1 card_label=Scrim";
constexpr std::string_view kLoadAtBoot =
    "echo v4l2loopback | sudo tee /etc/modules-load.d/v4l2loopback.conf";
constexpr std::string_view kOptionsAtBoot =
    "echo 'options v4l2loopback exclusive_caps=1 card_label=Scrim' | sudo tee "
    "/etc/modprobe.d/v4l2loopback.conf";

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string first_line(const fs::path& file) {
  std::string line;
  std::ifstream stream(file);
  std::getline(stream, line);
  return line;
}

/// Whether a .conf file in the folder has a line of these words first.
bool configured(const fs::path& folder, const std::vector<std::string>& words) {
  std::error_code ignored;
  for (const auto& file : fs::directory_iterator(folder, ignored)) {
    if (file.path().extension() != ".conf") continue;
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line);) {
      std::istringstream stream(line);
      std::string word;
      if (std::ranges::all_of(words, [&](const auto& w) { return stream >> word && word == w; }))
        return true;
    }
  }
  return false;
}

bool is_built(const std::string& root, const std::string& kernel) {
  std::error_code ignored;
  for (const auto& file :
       fs::recursive_directory_iterator(root + "/lib/modules/" + kernel, ignored))
    if (file.path().filename().string().starts_with("v4l2loopback.ko")) return true;
  return false;
}

Finding look_for_module(const std::string& root, Level missing) {
  const fs::path module = root + "/sys/module/v4l2loopback";
  if (fs::exists(module))
    return {Level::kFine, "module v4l2loopback " + first_line(module / "version") + " is loaded",
            ""};
  utsname kernel{};
  ::uname(&kernel);
  if (is_built(root, kernel.release))
    return {missing, "module v4l2loopback is not loaded", std::string(kLoad)};
  return {missing, fmt::format("module v4l2loopback is not there for kernel {}", kernel.release),
          fmt::format("sudo apt install v4l2loopback-dkms linux-headers-{} && {}", kernel.release,
                      kLoad)};
}

void look_at_settings(const std::string& root, std::vector<Finding>& found) {
  const std::string caps = first_line(root + "/sys/module/v4l2loopback/parameters/exclusive_caps");
  if (!caps.empty() && caps.front() != 'Y' && caps.front() != '1')
    found.push_back({Level::kAdvice,
                     "v4l2loopback runs without exclusive_caps: browsers do not list the camera",
                     std::string(kReload)});
  if (!configured(root + "/etc/modules-load.d", {"v4l2loopback"}))
    found.push_back(
        {Level::kAdvice, "v4l2loopback is not loaded at boot", std::string(kLoadAtBoot)});
  if (!configured(root + "/etc/modprobe.d", {"options", "v4l2loopback"}))
    found.push_back(
        {Level::kAdvice, "v4l2loopback has no settings at boot", std::string(kOptionsAtBoot)});
}

/// Errors come with their cure after a semicolon.
Finding finding_of(const Error& error, Level level) {
  const std::size_t cut = error.what.find("; ");
  if (cut == std::string::npos) return {level, error.what, ""};
  return {level, error.what.substr(0, cut), error.what.substr(cut + 2)};
}

void look_at_outputs(const VideoDevices& devices, Level unfed, std::vector<Finding>& found) {
  for (const VirtualCamera& output : devices.outputs) {
    if (output.wedged)
      found.push_back(
          {Level::kAdvice,
           fmt::format("{}: a program has left it as neither camera nor output", output.path),
           "`scrim run` heals it when it starts; for other programs: " + std::string(kReload)});
    if (output.fed)
      found.push_back(
          {Level::kAdvice,
           fmt::format("{} is fed already; open in {}", output.path,
                       output.holders.empty() ? "a program of another user" : output.holders),
           "end that program, unless it is the Scrim you want"});
  }
  const auto output = default_output(devices);
  found.push_back(output ? Finding{Level::kFine, "virtual camera: " + *output, ""}
                         : finding_of(output.error(), unfed));
}

void look_at_cameras(const VideoDevices& devices, std::vector<Finding>& found) {
  for (const Camera& camera : devices.cameras)
    if (const auto cut = camera.unfit.find("; "); cut != std::string::npos)
      found.push_back({Level::kAdvice, camera.unfit.substr(0, cut), camera.unfit.substr(cut + 2)});
  const auto camera = default_camera(devices);
  if (!camera) return found.push_back(finding_of(camera.error(), Level::kProblem));
  found.push_back({Level::kFine, "camera: " + *camera, ""});
  if (const auto holders = holders_of(*camera); !holders.empty())
    found.push_back({Level::kAdvice, fmt::format("{} is open in {}", *camera, holders),
                     "only one program can have its pictures: choose Scrim as camera there"});
}

Finding look_at_processor(const std::string& root) {
  const std::string info = text_of(root + "/proc/cpuinfo");
  if (info.find(" avx2") != std::string::npos && info.find(" fma") != std::string::npos)
    return {Level::kFine, "processor: AVX2 and FMA", ""};
  return {Level::kAdvice, "processor: no AVX2 and FMA; the network takes several times as long",
          "scrim run --effort low --size 640x360"};
}

}  // namespace

std::vector<Finding> check_up(const VideoDevices& devices, const std::string& root, Level unfed) {
  std::vector<Finding> found;
  found.push_back(look_for_module(root, unfed));
  look_at_settings(root, found);
  // Without the module there is nothing to say about its devices.
  if (found.front().level == Level::kFine) look_at_outputs(devices, unfed, found);
  look_at_cameras(devices, found);
  found.push_back(look_at_processor(root));
  return found;
}

}  // namespace scrim
