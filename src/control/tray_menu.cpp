// Tested by tests/control/tray_menu_test.cpp.
#include "control/tray_menu.h"

#include "control/commands.h"
#include "session/presets.h"

namespace scrim {
namespace {

constexpr int kPause = 1, kPanel = 2, kQuit = 3, kFirstLine = 4, kSecondLine = 5, kFirstPreset = 16;

/// The preset in use changes nothing.
std::vector<TrayEntry> preset_entries(const Settings& now) {
  const Presets presets = Presets::of_user();
  std::vector<TrayEntry> entries;
  for (const std::string& name : presets.list()) {
    const auto used = presets.use(name, now);
    entries.push_back({.id = kFirstPreset + static_cast<int>(entries.size()),
                       .label = name,
                       .request = control_request("preset use", name),
                       .is_choice = true,
                       .is_chosen = used && *used == now});
  }
  return entries;
}

}  // namespace

std::vector<TrayEntry> tray_menu(const Session& session, bool has_panel) {
  using Does = TrayEntry::Does;
  const bool paused = session.state() == Session::State::kPaused;
  std::vector<TrayEntry> menu{{.id = kPause,
                               .label = paused ? "Resume" : "Pause",
                               .request = control_request(paused ? "resume" : "pause", "")},
                              {.id = kFirstLine, .does = Does::kParts}};
  const auto presets = preset_entries(session.settings().values);
  menu.insert(menu.end(), presets.begin(), presets.end());
  if (!presets.empty()) menu.push_back({.id = kSecondLine, .does = Does::kParts});
  if (has_panel)
    menu.push_back({.id = kPanel, .label = "Open the panel", .does = Does::kOpensPanel});
  menu.push_back({.id = kQuit, .label = "Quit Scrim", .does = Does::kQuits});
  return menu;
}

}  // namespace scrim
