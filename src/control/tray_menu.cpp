// Tested by tests/control/tray_menu_test.cpp.
#include "control/tray_menu.h"

#include <functional>

#include "control/commands.h"
#include "session/presets.h"

namespace scrim {
namespace {

// What an entry does never changes, so that a click on a menu that is out of date does that or
// nothing.
constexpr int kPause = 1, kPanel = 2, kQuit = 3, kFirstLine = 4, kSecondLine = 5, kResume = 6;

int id_of_preset(const std::string& name) {
  constexpr std::size_t kFirst = 16, kCount = 1 << 30;
  return static_cast<int>(kFirst + std::hash<std::string>()(name) % kCount);
}

/// The preset in use changes nothing.
std::vector<TrayEntry> preset_entries(const Settings& now) {
  const Presets presets = Presets::of_user();
  std::vector<TrayEntry> entries;
  for (const std::string& name : presets.list()) {
    const auto used = presets.use(name, now);
    entries.push_back({.id = id_of_preset(name),
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
  std::vector<TrayEntry> menu{{.id = paused ? kResume : kPause,
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
