// What the menu of the tray's entry offers, as plain data: who shows it is in control/tray.h.
// Reentrant.
#pragma once

#include <string>
#include <vector>

#include "session/session.h"

namespace scrim {

struct TrayEntry {
  enum class Does { kTells, kOpensPanel, kQuits, kParts };  // kParts: a line between others

  int id;  // above 0; always of the same thing, whatever else the menu has
  std::string label = {};
  Does does = Does::kTells;
  std::string request = {};                   // kTells: the line for carry_out()
  bool is_choice = false, is_chosen = false;  // of several, and the one in use

  bool operator==(const TrayEntry&) const = default;
};

/// Pause or resume, the presets as they are kept now, the panel if there is one, the end. Reads the
/// files of the presets.
std::vector<TrayEntry> tray_menu(const Session& session, bool has_panel);

}  // namespace scrim
