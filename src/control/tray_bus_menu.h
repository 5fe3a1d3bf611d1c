// The tray's menu over D-Bus: com.canonical.dbusmenu, version 3, as libdbusmenu's dbus-menu.xml
// describes it. Made, used and destroyed by the thread of its bus.
#pragma once

#include <functional>
#include <vector>

#include "control/bus.h"
#include "control/tray_menu.h"

namespace scrim {

class TrayBusMenu {
 public:
  static constexpr const char* kPath = "/MenuBar";
  using Look = std::function<std::vector<TrayEntry>()>;
  using Chosen = std::function<void(const TrayEntry&)>;

  /// `look` says what there is just now, `chosen` hears what was clicked.
  TrayBusMenu(Look look, Chosen chosen) : look_(std::move(look)), chosen_(std::move(chosen)) {}
  TrayBusMenu(const TrayBusMenu&) = delete;
  TrayBusMenu& operator=(const TrayBusMenu&) = delete;

  /// A negative errno if the bus refuses. `bus` must go before this does.
  int publish(sd_bus* bus);
  /// Whether the menu is another now; who shows it is told.
  bool refresh();

 private:
  using Handler = int(sd_bus_message* call, void* self, sd_bus_error*);
  static const sd_bus_vtable kTable[];
  static Handler get_layout, get_group_properties, get_property, event, event_group, about_to_show,
      about_to_show_group;

  const TrayEntry* find(int id) const;
  int take_event(sd_bus_message* call);
  void write_properties(BusWriter& writer, int id) const;

  const Look look_;
  const Chosen chosen_;
  sd_bus* bus_ = nullptr;
  std::vector<TrayEntry> entries_;  // as they were last told
  unsigned revision_ = 0;
};

}  // namespace scrim
