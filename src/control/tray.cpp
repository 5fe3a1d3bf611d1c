// Tested by tests/control/tray_test.cpp.
#include "control/tray.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/installed_folder.h"
#include "base/wake_event.h"
#include "control/browser.h"
#include "control/bus.h"
#include "control/commands.h"
#include "control/describe.h"
#include "control/service.h"
#include "control/tray_bus_menu.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;
using State = Session::State;

constexpr const char* kWatcher = "org.kde.StatusNotifierWatcher";
constexpr const char* kInterface = "org.kde.StatusNotifierItem";
constexpr const char* kPath = "/StatusNotifierItem";
constexpr std::uint64_t kBetweenLooks = 1'000'000;  // microseconds

/// Trays hide what is "Passive": nobody could resume then.
const char* status_of(State state) {
  return state == State::kPaused || state == State::kWaiting ? "NeedsAttention" : "Active";
}

const char* attention_icon_of(State state) {
  return state == State::kPaused ? "media-playback-pause" : "dialog-warning";
}

/// Where the icon is installed, if it is: trays look in the usual places anyway.
std::string icon_folder() {
  std::error_code ignored;
  const fs::path icons = fs::path(installed_folder()) / "icons";
  return fs::exists(icons / "hicolor/scalable/apps/scrim.svg", ignored) ? icons.string() : "";
}

int ignore_answer(sd_bus_message*, void*, sd_bus_error*) {
  return 0;
}

}  // namespace

class Tray::Item {
 public:
  Item(Session& session, TrayRequest request, UniqueBus bus)
      : session_(session),
        request_(std::move(request)),
        menu_([this] { return tray_menu(session_, !request_.panel_link.empty()); },
              [this](const TrayEntry& entry) { carry_out(entry); }),
        bus_(std::move(bus)) {}
  ~Item() {
    if (thread_.joinable()) ending_.ring();
  }

  bool start() {
    if (!ending_ || publish() < 0) return false;
    thread_ = std::jthread([this] { run(); });
    return true;
  }

 private:
  static int get(sd_bus*, const char*, const char*, const char* property, sd_bus_message* reply,
                 void* self, sd_bus_error*);
  static int get_tool_tip(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply,
                          void* self, sd_bus_error*);
  static int get_flag(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*,
                      sd_bus_error*);
  static int activate(sd_bus_message* call, void* self, sd_bus_error*);
  static int toggle(sd_bus_message* call, void* self, sd_bus_error*);
  static int do_nothing(sd_bus_message* call, void*, sd_bus_error*);
  static int watcher_changes(sd_bus_message* signal, void* self, sd_bus_error*);
  static int registered(sd_bus_message* reply, void* self, sd_bus_error*);
  static int portal_answers(sd_bus_message* reply, void* self, sd_bus_error*);
  static const sd_bus_vtable kTable[];

  int publish();
  void ask_watcher();
  void run();
  bool wait();
  void tell_state();
  void carry_out(const TrayEntry& entry);
  void tell_session(const std::string& request);
  void open_panel();
  void show_panel();

  Session& session_;
  const TrayRequest request_;
  const std::string icons_ = icon_folder();
  State told_ = session_.state();
  bool is_shown_ = false;
  TrayBusMenu menu_;
  WakeEvent ending_;
  UniqueBus bus_;
  std::jthread thread_;  // last: it uses all of the above
};

const sd_bus_vtable Tray::Item::kTable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Category", "s", &get, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Id", "s", &get, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Title", "s", &get, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Status", "s", &get, 0, 0),
    SD_BUS_PROPERTY("IconName", "s", &get, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("AttentionIconName", "s", &get, 0, 0),
    SD_BUS_PROPERTY("IconThemePath", "s", &get, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("ToolTip", "(sa(iiay)ss)", &get_tool_tip, 0, 0),
    SD_BUS_PROPERTY("ItemIsMenu", "b", &get_flag, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Menu", "o", &get, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_METHOD("Activate", "ii", "", &activate, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("SecondaryActivate", "ii", "", &toggle, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("ContextMenu", "ii", "", &do_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Scroll", "is", "", &do_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_SIGNAL("NewStatus", "s", 0),
    SD_BUS_SIGNAL("NewAttentionIcon", "", 0),
    SD_BUS_SIGNAL("NewToolTip", "", 0),
    SD_BUS_VTABLE_END};

/// Nothing here waits for the bus.
int Tray::Item::publish() {
  sd_bus* const bus = bus_.get();
  int result = sd_bus_add_object_vtable(bus, nullptr, kPath, kInterface, kTable, this);
  if (result >= 0) result = menu_.publish(bus);
  const auto name = fmt::format("{}-{}-1", kInterface, ::getpid());
  if (result >= 0)
    result = sd_bus_request_name_async(bus, nullptr, name.c_str(), 0, &ignore_answer, nullptr);
  const auto match = fmt::format(
      "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='{}'", kWatcher);
  if (result >= 0)
    result = sd_bus_add_match_async(bus, nullptr, match.c_str(), &watcher_changes, nullptr, this);
  if (result >= 0) ask_watcher();
  return result;
}

/// A watcher that is not there is not started for this.
void Tray::Item::ask_watcher() {
  sd_bus_message* made = nullptr;
  if (sd_bus_message_new_method_call(bus_.get(), &made, kWatcher, "/StatusNotifierWatcher",
                                     kWatcher, "RegisterStatusNotifierItem") < 0)
    return;
  const UniqueMessage call(made);
  sd_bus_message_set_auto_start(made, 0);
  BusWriter(made).text(fmt::format("{}-{}-1", kInterface, ::getpid()));
  sd_bus_call_async(bus_.get(), nullptr, made, &registered, this, 0);
}

int Tray::Item::registered(sd_bus_message* reply, void* self, sd_bus_error*) {
  static_cast<Item*>(self)->is_shown_ = !sd_bus_message_is_method_error(reply, nullptr);
  return 0;
}

int Tray::Item::watcher_changes(sd_bus_message* signal, void* self, sd_bus_error*) {
  const char *name = nullptr, *old = nullptr, *owner = nullptr;
  if (sd_bus_message_read(signal, "sss", &name, &old, &owner) < 0) return 0;
  auto& item = *static_cast<Item*>(self);
  item.is_shown_ = false;
  if (*owner) item.ask_watcher();
  return 0;
}

void Tray::Item::run() {
  int worked = 0;
  do {
    worked = sd_bus_process(bus_.get(), nullptr);
    if (worked == 0) tell_state();
  } while (worked > 0 || (worked == 0 && wait()));
}

/// Waits until there is something to do; false: the tray ends.
bool Tray::Item::wait() {
  const auto time = std::chrono::duration_cast<std::chrono::microseconds>(
      Clock::now().time_since_epoch());  // the clock that the bus goes by
  const auto now = static_cast<std::uint64_t>(time.count());
  std::uint64_t until = UINT64_MAX;
  const int events = sd_bus_get_events(bus_.get());
  if (events < 0 || sd_bus_get_timeout(bus_.get(), &until) < 0) return false;
  if (is_shown_) until = std::min(until, now + kBetweenLooks);
  const std::uint64_t left = until > now ? (until - now) / 1000 + 1 : 0;
  const int timeout =
      until == UINT64_MAX ? -1 : static_cast<int>(std::min(left, std::uint64_t{60'000}));
  pollfd fds[] = {{sd_bus_get_fd(bus_.get()), static_cast<short>(events), 0}, ending_.to_poll()};
  ::poll(fds, std::size(fds), timeout);
  return fds[1].revents == 0;
}

void Tray::Item::tell_state() {
  if (!is_shown_ || session_.state() == told_) return;
  told_ = session_.state();
  sd_bus_emit_signal(bus_.get(), kPath, kInterface, "NewAttentionIcon", "");
  sd_bus_emit_signal(bus_.get(), kPath, kInterface, "NewStatus", "s", status_of(told_));
  sd_bus_emit_signal(bus_.get(), kPath, kInterface, "NewToolTip", "");
  menu_.refresh();
}

void Tray::Item::carry_out(const TrayEntry& entry) {
  switch (entry.does) {
    case TrayEntry::Does::kTells:
      return tell_session(entry.request);
    case TrayEntry::Does::kOpensPanel:
      return open_panel();
    case TrayEntry::Does::kQuits:
      return request_.quit();
    case TrayEntry::Does::kParts:
      return;
  }
}

void Tray::Item::tell_session(const std::string& request) {
  const Json answer = Json::parse(scrim::carry_out(session_, request));
  if (!answer.value("ok", false)) request_.complain(answer.value("error", ""));
}

/// What a confined service starts is confined as well, and browsers do not work so: the desktop is
/// asked to start one.
void Tray::Item::open_panel() {
  if (request_.panel_link.empty()) return;
  if (errors_go_to_journal() &&
      sd_bus_call_method_async(bus_.get(), nullptr, "org.freedesktop.portal.Desktop",
                               "/org/freedesktop/portal/desktop", "org.freedesktop.portal.OpenURI",
                               "OpenURI", &portal_answers, this, "ssa{sv}", "",
                               request_.panel_link.c_str(), 0) >= 0)
    return;
  show_panel();
}

void Tray::Item::show_panel() {
  if (!start_browser(request_.panel_link))
    request_.complain("no browser; `scrim panel --print` says the link");
}

int Tray::Item::portal_answers(sd_bus_message* reply, void* self, sd_bus_error*) {
  if (sd_bus_message_is_method_error(reply, nullptr)) static_cast<Item*>(self)->show_panel();
  return 0;
}

int Tray::Item::get(sd_bus*, const char*, const char*, const char* property, sd_bus_message* reply,
                    void* self, sd_bus_error*) {
  const auto& item = *static_cast<const Item*>(self);
  const std::string_view name = property;
  if (name == "Menu") return sd_bus_message_append(reply, "o", TrayBusMenu::kPath);
  const State state = item.session_.state();
  const std::pair<std::string_view, const char*> kTexts[] = {
      {"Category", "ApplicationStatus"},
      {"Id", "scrim"},
      {"Title", "Scrim"},
      {"Status", status_of(state)},
      {"IconName", "scrim"},
      {"AttentionIconName", attention_icon_of(state)},
      {"IconThemePath", item.icons_.c_str()}};
  const auto found = std::ranges::find(kTexts, name, [](const auto& each) { return each.first; });
  return sd_bus_message_append(reply, "s", found == std::end(kTexts) ? "" : found->second);
}

int Tray::Item::get_tool_tip(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply,
                             void* self, sd_bus_error*) {
  const auto words = std::string(words_of(static_cast<const Item*>(self)->session_.state()));
  return sd_bus_message_append(reply, "(sa(iiay)ss)", "scrim", 0, "Scrim", words.c_str());
}

int Tray::Item::get_flag(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply,
                         void*, sd_bus_error*) {
  return sd_bus_message_append(reply, "b", 0);
}

int Tray::Item::activate(sd_bus_message* call, void* self, sd_bus_error*) {
  static_cast<Item*>(self)->open_panel();
  return sd_bus_reply_method_return(call, "");
}

int Tray::Item::toggle(sd_bus_message* call, void* self, sd_bus_error*) {
  static_cast<Item*>(self)->tell_session(control_request("toggle", ""));
  static_cast<Item*>(self)->tell_state();
  return sd_bus_reply_method_return(call, "");
}

int Tray::Item::do_nothing(sd_bus_message* call, void*, sd_bus_error*) {
  return sd_bus_reply_method_return(call, "");
}

Tray::Tray(std::unique_ptr<Item> item) : item_(std::move(item)) {}

Tray::~Tray() = default;

std::unique_ptr<Tray> Tray::start(Session& session, TrayRequest request) {
  sd_bus* opened = nullptr;
  if (sd_bus_open_user(&opened) < 0) return nullptr;
  auto item = std::make_unique<Item>(session, std::move(request), UniqueBus(opened));
  if (!item->start()) return nullptr;
  return std::unique_ptr<Tray>(new Tray(std::move(item)));
}

}  // namespace scrim
