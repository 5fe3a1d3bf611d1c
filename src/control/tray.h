// An entry in the desktop's tray (org.kde.StatusNotifierItem, as freedesktop.org's draft has it):
// its icon tells whether Scrim is paused, its menu pauses, shows presets, opens the panel and ends
// the run; a click opens the panel, one with the middle button pauses or resumes. All that goes
// through carry_out(), as `scrim ctl` does.
//
// One thread, which waits for the session's bus; while an icon is shown it looks once a second
// whether the state is another. No session bus, no tray, a program built without libsystemd: there
// is no entry, and that is no error. A tray that comes later, or again, gets it then.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "session/session.h"

namespace scrim {

struct TrayRequest {
  std::string panel_link;                            // "": there is no panel
  std::function<void()> quit;                        // on the tray's thread, as the next
  std::function<void(const std::string&)> complain;  // what a click could not do
};

class Tray {
 public:
  /// Null, and no thread, where there is no session bus. `session` must outlive it.
  static std::unique_ptr<Tray> start(Session& session, TrayRequest request);
  /// Nothing is told to the session any more once this is done.
  ~Tray();
  Tray(const Tray&) = delete;
  Tray& operator=(const Tray&) = delete;

 private:
  class Item;
  explicit Tray(std::unique_ptr<Item> item);
  std::unique_ptr<Item> item_;
};

}  // namespace scrim
