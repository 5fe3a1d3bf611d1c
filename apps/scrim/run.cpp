#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "command.h"
#include "control/commands.h"
#include "control/panel.h"
#include "control/place.h"
#include "control/server.h"
#include "control/service.h"
#include "control/tray.h"
#include "devices/pipewire_listing.h"
#include "interrupt.h"
#include "older_names.h"
#include "report.h"
#include "say.h"
#include "session/arguments.h"
#include "session/following.h"
#include "session/requests.h"
#include "session/settings_file.h"
#include "setting_options.h"

namespace scrim {
namespace {

class Run : public Command {
 public:
  explicit Run(CLI::App& parser) {
    options_.add_all(parser);
    parser.add_option("--seconds", seconds_, "Stop after so long: seconds or H:MM:SS");
  }

  Expected<void> run() override {
    outlive_failed_writes();
    const auto request = parse();
    if (!request) return std::unexpected(request.error());
    auto ok = carry(*request);
    return ok ? ok : fail_as_given(request->given, ok.error());
  }

 private:
  Expected<void> carry(const Session::Request& request) const {
    const Settings& settings = request.given.values;
    const auto address = panel_address(settings.panel);
    if (!address) return std::unexpected(address.error());
    const std::string place = control_path(settings.control);
    const auto& interrupted = watch_interrupts();
    std::unique_ptr<ControlServer> control;
    if (!place.empty()) {
      auto taken = ControlServer::take_place(place);
      if (!taken) return std::unexpected(taken.error());
      control = *std::move(taken);
    }
    auto session = Session::open(request, tell);
    if (!session) return std::unexpected(session.error());
    auto panel = open_panel(*address, place, !settings.panel.empty(), **session);
    if (!panel) return std::unexpected(panel.error());
    tell_of_waiting(request.outputs);
    const Meter meter;
    if (control)
      control->start([&](std::string_view line) { return carry_out(**session, line); },
                     {&asks_to_watch, [&] { return news_of(**session); }}, &answers_at_once);
    auto follower = follow_config(**session);
    auto service = std::make_unique<ServiceReport>(**session);
    auto tray = start_tray(settings.tray, panel->get(), **session, interrupted);
    const auto ended = (*session)->run(interrupted);
    tray.reset();
    service.reset();
    follower.reset();
    panel->reset();
    if (control) control->stop();
    if (!ended) return ended;
    const auto status = (*session)->status();
    say(summary(status.stats, status.size, meter) + "\n");
    return {};
  }

  /// Without a host: there is no panel.
  static Expected<ListenAddress> panel_address(const std::string& text) {
    if (text == "off") return ListenAddress{};
    return parse_panel_address(text.empty() ? "127.0.0.1:0" : text);
  }

  /// Null where there is none; one that nobody asked for may be missing.
  static Expected<std::unique_ptr<Panel>> open_panel(const ListenAddress& address,
                                                     const std::string& control, bool wanted,
                                                     Session& session) {
    if (address.host.empty()) return nullptr;
    auto panel = Panel::open({address, control.empty() ? "" : panel_link_path(control)}, session);
    if (!panel && !wanted) {
      tell("no panel: " + panel.error().what);
      return nullptr;
    }
    if (!panel) return fail_in("--panel", panel.error());
    // Whoever has the link commands the run: nothing for a journal.
    tell("panel: " + (errors_go_to_journal() ? "`scrim panel` opens it" : (*panel)->link()));
    if (!address.is_local())
      tell(
          "other computers can reach the panel: who has this link, or listens in on the network, "
          "sees the preview and commands this run");
    return panel;
  }

  /// Null where it is not wanted, or there is no desktop's bus. A second signal would kill.
  static std::unique_ptr<Tray> start_tray(const std::string& wanted, const Panel* panel,
                                          Session& session, const std::atomic<bool>& ending) {
    if (wanted != "on") return nullptr;
    return Tray::start(session, {.panel_link = panel ? panel->link() : "",
                                 .quit =
                                     [&ending] {
                                       if (!ending) ::kill(::getpid(), SIGTERM);
                                     },
                                 .complain = [](const std::string& why) { tell("tray: " + why); }});
  }

  /// Null where there is no place for a config file, or none that can be watched.
  std::unique_ptr<ConfigFollower> follow_config(Session& session) const {
    const std::string path = config_path();
    if (path.empty()) return nullptr;
    auto follower = ConfigFollower::start(path, file_, session, tell);
    return follower ? *std::move(follower) : nullptr;
  }

  /// Options over the environment over the config file.
  Expected<Session::Request> parse() {
    auto given = options_.read();
    if (!given) return std::unexpected(given.error());
    if (auto ok = take_older_names(*given, tell); !ok) return std::unexpected(ok.error());
    auto file = read_settings(config_path());
    if (!file) return std::unexpected(file.error());
    file_ = *std::move(file);
    if (auto ok = take_file(*given, file_); !ok) return std::unexpected(ok.error());
    auto request = session_request(*given);
    if (!request) return std::unexpected(request.error());
    auto seconds = time_argument("--seconds", seconds_);
    if (!seconds) return std::unexpected(seconds.error());
    request->seconds = *seconds;
    return request;
  }

  /// Without its daemon, PipeWire's camera is no error: it comes with the daemon.
  static void tell_of_waiting(const std::vector<Spec>& outputs) {
    if (std::ranges::find(outputs, "pipewire", &Spec::kind) == outputs.end()) return;
    if (list_pipewire().runs) return;
    tell(fmt::format("no PipeWire daemon answers; its camera waits for one: {}", kStartPipewire));
  }

  SettingOptions options_;
  std::string seconds_;
  FileSettings file_;  // as it was read
};

}  // namespace

std::unique_ptr<Command> add_run(CLI::App& parser) {
  return std::make_unique<Run>(parser);
}

}  // namespace scrim
