// Tested by tests/devices/pipewire_checkup_test.cpp, and with real daemons by tests/pipewire.
#include <cstdio>
#include <filesystem>
#include <memory>

#include "devices/checkup.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;
using Level = Finding::Level;

constexpr const char* kAskMemory =
    "gdbus call --session --timeout 1 --dest org.freedesktop.impl.portal.PermissionStore "
    "--object-path /org/freedesktop/impl/portal/PermissionStore "
    "--method org.freedesktop.impl.portal.PermissionStore.Lookup devices camera 2>/dev/null";

Finding look_at_portal(const std::string& root) {
  for (const char* services : {"/usr/share/dbus-1/services", "/usr/local/share/dbus-1/services"})
    if (fs::exists(root + services + "/org.freedesktop.portal.Desktop.service"))
      return {Level::kFine, "xdg-desktop-portal: there", ""};
  return {Level::kAdvice,
          "xdg-desktop-portal is not there: browsers and Flatpak programs get PipeWire cameras "
          "only through it",
          "sudo apt install xdg-desktop-portal xdg-desktop-portal-gtk"};
}

Finding denial(const std::string& program) {
  return {Level::kAdvice,
          fmt::format("{} was told once that it may not have cameras, and that is remembered",
                      program.empty() ? "every program outside of Flatpak" : program),
          fmt::format("gdbus call --session --dest org.freedesktop.impl.portal.PermissionStore "
                      "--object-path /org/freedesktop/impl/portal/PermissionStore --method "
                      "org.freedesktop.impl.portal.PermissionStore.DeletePermission devices "
                      "camera '{}'",
                      program)};
}

}  // namespace

std::vector<Finding> check_up_pipewire(const PipewireListing& listing, const std::string& root,
                                       const std::vector<std::string>& denied) {
  if (!listing.runs)
    return {{Level::kAdvice, "no PipeWire daemon answers; programs get Scrim by v4l2loopback alone",
             kStartPipewire}};
  std::vector<Finding> found{{Level::kFine, "PipeWire daemon: runs", ""}};
  if (listing.session_manager)
    found.push_back({Level::kFine, "PipeWire session manager: runs", ""});
  else
    found.push_back({Level::kAdvice,
                     "PipeWire has no session manager, so no program is linked with Scrim's camera",
                     "systemctl --user enable --now wireplumber"});
  found.push_back(look_at_portal(root));
  for (const std::string& program : denied) found.push_back(denial(program));
  return found;
}

std::vector<std::string> parse_denials(std::string_view answer) {
  constexpr std::string_view kNo = "': ['no'";
  std::vector<std::string> programs;
  for (std::size_t at = answer.find(kNo); at != answer.npos; at = answer.find(kNo, at + 1)) {
    const std::size_t quote = at == 0 ? answer.npos : answer.rfind('\'', at - 1);
    if (quote != answer.npos) programs.emplace_back(answer.substr(quote + 1, at - quote - 1));
  }
  return programs;
}

std::vector<std::string> programs_without_cameras() {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(kAskMemory, "re"), ::pclose);
  if (!pipe) return {};
  std::string answer(4096, '\0');
  answer.resize(std::fread(answer.data(), 1, answer.size(), pipe.get()));
  return parse_denials(answer);
}

}  // namespace scrim
