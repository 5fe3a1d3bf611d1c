// Tested by tests/control/tray_test.cpp.
#include "control/tray_bus_menu.h"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <variant>

namespace scrim {
namespace {

constexpr const char* kInterface = "com.canonical.dbusmenu";
constexpr int kRoot = 0;

struct Property {
  const char* name;
  std::variant<std::string, int> value;
};

/// '_' marks the letter that the keyboard reaches; two are one as it is.
std::string escaped(std::string_view label) {
  std::string text;
  for (const char c : label) text.append(c == '_' ? 2 : 1, c);
  return text;
}

/// What differs from the protocol's defaults. Null: the menu itself.
std::vector<Property> properties_of(const TrayEntry* entry) {
  if (!entry) return {{"children-display", "submenu"}};
  if (entry->does == TrayEntry::Does::kParts) return {{"type", "separator"}};
  std::vector<Property> properties{{"label", escaped(entry->label)}};
  if (!entry->is_choice) return properties;
  properties.push_back({"toggle-type", "radio"});
  properties.push_back({"toggle-state", entry->is_chosen ? 1 : 0});
  return properties;
}

void write_value(BusWriter& writer, const Property& property) {
  if (const auto* text = std::get_if<std::string>(&property.value))
    writer.within('v', "s", [&] { writer.text(*text); });
  else
    writer.within('v', "i", [&] { writer.number('i', std::get<int>(property.value)); });
}

int say_version(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*,
                sd_bus_error*) {
  return sd_bus_message_append(reply, "u", 3U);
}
int say_direction(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*,
                  sd_bus_error*) {
  return sd_bus_message_append(reply, "s", "ltr");
}
int say_status(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*,
               sd_bus_error*) {
  return sd_bus_message_append(reply, "s", "normal");
}
int say_icon_paths(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*,
                   sd_bus_error*) {
  return sd_bus_message_append(reply, "as", 0);
}

int fail_unknown_entry(sd_bus_message* call, int id) {
  return sd_bus_reply_method_errorf(call, SD_BUS_ERROR_INVALID_ARGS, "there is no entry %d", id);
}

}  // namespace

const sd_bus_vtable TrayBusMenu::kTable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Version", "u", &say_version, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("TextDirection", "s", &say_direction, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Status", "s", &say_status, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("IconThemePath", "as", &say_icon_paths, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_METHOD("GetLayout", "iias", "u(ia{sv}av)", &get_layout, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetGroupProperties", "aias", "a(ia{sv})", &get_group_properties,
                  SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("GetProperty", "is", "v", &get_property, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Event", "isvu", "", &event, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("EventGroup", "a(isvu)", "ai", &event_group, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("AboutToShow", "i", "b", &about_to_show, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("AboutToShowGroup", "ai", "aiai", &about_to_show_group,
                  SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_SIGNAL("LayoutUpdated", "ui", 0),
    SD_BUS_SIGNAL("ItemsPropertiesUpdated", "a(ia{sv})a(ias)", 0),
    SD_BUS_SIGNAL("ItemActivationRequested", "iu", 0),
    SD_BUS_VTABLE_END};

int TrayBusMenu::publish(sd_bus* bus) {
  bus_ = bus;
  entries_ = look_();
  return sd_bus_add_object_vtable(bus, nullptr, kPath, kInterface, kTable, this);
}

bool TrayBusMenu::refresh() {
  auto now = look_();
  if (now == entries_) return false;
  entries_ = std::move(now);
  ++revision_;
  sd_bus_emit_signal(bus_, kPath, kInterface, "LayoutUpdated", "ui", revision_, kRoot);
  return true;
}

const TrayEntry* TrayBusMenu::find(int id) const {
  const auto found = std::ranges::find(entries_, id, &TrayEntry::id);
  return found == entries_.end() ? nullptr : &*found;
}

void TrayBusMenu::write_properties(BusWriter& writer, int id) const {
  writer.within('a', "{sv}", [&] {
    for (const Property& property : properties_of(find(id)))
      writer.within('e', "sv", [&] {
        writer.text(property.name);
        write_value(writer, property);
      });
  });
}

/// All properties are told, whichever were asked for: there are few.
int TrayBusMenu::get_layout(sd_bus_message* call, void* self, sd_bus_error*) {
  auto& menu = *static_cast<TrayBusMenu*>(self);
  int parent = 0, depth = 0;
  if (const int failed = sd_bus_message_read(call, "ii", &parent, &depth); failed < 0)
    return failed;
  menu.refresh();
  if (parent != kRoot && !menu.find(parent)) return fail_unknown_entry(call, parent);
  const auto write_entry = [&](BusWriter& writer, int id, auto write_children) {
    writer.within('r', "ia{sv}av", [&] {
      writer.number('i', id);
      menu.write_properties(writer, id);
      writer.within('a', "v", write_children);
    });
  };
  return answer(call, [&](BusWriter& writer) {
    writer.number('u', static_cast<int>(menu.revision_));
    write_entry(writer, parent, [&] {
      if (parent != kRoot || depth == 0) return;
      for (const TrayEntry& entry : menu.entries_)
        writer.within('v', "(ia{sv}av)", [&] { write_entry(writer, entry.id, [] {}); });
    });
  });
}

/// Answers with the properties of the entries that are named, or of all.
int TrayBusMenu::get_group_properties(sd_bus_message* call, void* self, sd_bus_error*) {
  const auto& menu = *static_cast<TrayBusMenu*>(self);
  std::vector<int> ids;
  int id = 0;
  if (const int failed = sd_bus_message_enter_container(call, 'a', "i"); failed < 0) return failed;
  while (sd_bus_message_read(call, "i", &id) > 0) ids.push_back(id);
  if (ids.empty())
    for (const TrayEntry& entry : menu.entries_) ids.push_back(entry.id);
  std::erase_if(ids, [&](int each) { return each != kRoot && !menu.find(each); });
  return answer(call, [&](BusWriter& writer) {
    writer.within('a', "(ia{sv})", [&] {
      for (const int each : ids)
        writer.within('r', "ia{sv}", [&] {
          writer.number('i', each);
          menu.write_properties(writer, each);
        });
    });
  });
}

int TrayBusMenu::get_property(sd_bus_message* call, void* self, sd_bus_error*) {
  const auto& menu = *static_cast<TrayBusMenu*>(self);
  int id = 0;
  const char* name = nullptr;
  if (const int failed = sd_bus_message_read(call, "is", &id, &name); failed < 0) return failed;
  if (id != kRoot && !menu.find(id)) return fail_unknown_entry(call, id);
  const auto properties = properties_of(menu.find(id));
  const auto found = std::ranges::find(properties, std::string_view(name),
                                       [](const Property& p) { return std::string_view(p.name); });
  if (found == properties.end())
    return sd_bus_reply_method_errorf(call, SD_BUS_ERROR_INVALID_ARGS, "it has no '%s'", name);
  return answer(call, [&](BusWriter& writer) { write_value(writer, *found); });
}

/// Reads one event and does what it asks for. The id if there is no such entry, else 0 or an error.
int TrayBusMenu::take_event(sd_bus_message* call) {
  int id = 0;
  const char* what = nullptr;
  unsigned time = 0;
  int read = sd_bus_message_read(call, "is", &id, &what);
  if (read >= 0) read = sd_bus_message_skip(call, "v");
  if (read >= 0) read = sd_bus_message_read(call, "u", &time);
  if (read < 0) return read;
  const TrayEntry* const entry = find(id);
  if (!entry) return id > 0 ? id : -EINVAL;
  if (std::string_view(what) != "clicked") return 0;  // opened, closed, hovered
  chosen_(TrayEntry(*entry));
  refresh();
  return 0;
}

int TrayBusMenu::event(sd_bus_message* call, void* self, sd_bus_error*) {
  const int unknown = static_cast<TrayBusMenu*>(self)->take_event(call);
  if (unknown < 0) return unknown;
  return unknown > 0 ? fail_unknown_entry(call, unknown) : sd_bus_reply_method_return(call, "");
}

int TrayBusMenu::event_group(sd_bus_message* call, void* self, sd_bus_error*) {
  std::vector<int> unknown;
  int entered = sd_bus_message_enter_container(call, 'a', "(isvu)");
  if (entered < 0) return entered;
  while ((entered = sd_bus_message_enter_container(call, 'r', "isvu")) > 0) {
    const int id = static_cast<TrayBusMenu*>(self)->take_event(call);
    if (id < 0) return id;
    if (id > 0) unknown.push_back(id);
    sd_bus_message_exit_container(call);
  }
  return answer(call, [&](BusWriter& writer) {
    writer.within('a', "i", [&] {
      for (const int id : unknown) writer.number('i', id);
    });
  });
}

int TrayBusMenu::about_to_show(sd_bus_message* call, void* self, sd_bus_error*) {
  const bool is_new = static_cast<TrayBusMenu*>(self)->refresh();
  return sd_bus_reply_method_return(call, "b", is_new ? 1 : 0);
}

int TrayBusMenu::about_to_show_group(sd_bus_message* call, void* self, sd_bus_error*) {
  const bool is_new = static_cast<TrayBusMenu*>(self)->refresh();
  return is_new ? sd_bus_reply_method_return(call, "aiai", 1, kRoot, 0)
                : sd_bus_reply_method_return(call, "aiai", 0, 0);
}

}  // namespace scrim
