#include <algorithm>

#include "command.h"
#include "control/commands.h"
#include "control/panel.h"
#include "control/place.h"
#include "control/server.h"
#include "control/service.h"
#include "devices/outputs.h"
#include "interrupt.h"
#include "look_options.h"
#include "report.h"
#include "session/session.h"
#include "spec_argument.h"
#include "stages.h"

namespace scrim {
namespace {

class Run : public Command {
 public:
  explicit Run(CLI::App& parser) {
    parser
        .add_option(
            "--camera,-c", camera_,
            "Where pictures come from: v4l2:/dev/video0, pipewire:NAME, a file, presenter, ...")
        ->capture_default_str()
        ->envname("SCRIM_CAMERA");
    parser
        .add_option("--output,-o", outputs_,
                    "Where pictures go: v4l2:/dev/video9, pipewire, a file, ...; repeatable; "
                    "default: every virtual camera named Scrim, and PipeWire")
        ->envname("SCRIM_OUTPUT");
    look_.add_look(parser);
    look_.add_matte(parser);
    parser.add_option("--size", size_, "Picture size")
        ->capture_default_str()
        ->envname("SCRIM_SIZE");
    parser.add_option("--fps", fps_, "Pictures per second")
        ->capture_default_str()
        ->check(within(1, 240))
        ->envname("SCRIM_FPS");
    parser
        .add_option("--pause-picture", pause_picture_,
                    "Shown while the camera is gone: image:FILE, colour:RRGGBB, ...; default: the "
                    "background with a sign")
        ->envname("SCRIM_PAUSE_PICTURE");
    parser.add_flag("--always-on", always_on_, "Keep the camera on when nobody looks")
        ->envname("SCRIM_ALWAYS_ON");
    parser
        .add_option("--control", control_,
                    "The socket that `scrim ctl` reaches it by; off for none; default: "
                    "$XDG_RUNTIME_DIR/scrim/control")
        ->envname("SCRIM_CONTROL");
    parser
        .add_option("--panel", panel_,
                    "Where its panel is, for a browser: PORT or HOST:PORT; off for none; default: "
                    "a free port of this computer")
        ->envname("SCRIM_PANEL");
    parser.add_option("--seconds", seconds_, "Stop after so long: seconds or H:MM:SS");
  }

  Expected<void> run() override {
    auto request = parse();
    if (!request) return std::unexpected(request.error());
    auto address = panel_address();
    if (!address) return std::unexpected(address.error());
    const auto& interrupted = watch_interrupts();
    std::unique_ptr<ControlServer> control;
    if (has_control()) {
      auto taken = ControlServer::take_place(control_);
      if (!taken) return std::unexpected(taken.error());
      control = *std::move(taken);
    }
    auto session = Session::open(
        *request, [](const std::string& line) { fmt::print(stderr, "scrim: {}\n", line); });
    if (!session) return std::unexpected(session.error());
    auto panel = open_panel(*address, **session);
    if (!panel) return std::unexpected(panel.error());
    tell_of_waiting(request->outputs);
    const Meter meter;
    if (control) control->start([&](std::string_view line) { return carry_out(**session, line); });
    auto service = std::make_unique<ServiceReport>(**session);
    const auto ended = (*session)->run(interrupted);
    service.reset();
    panel->reset();
    if (control) control->stop();
    if (!ended) return ended;
    const auto status = (*session)->status();
    fmt::print(stderr, "{}\n", summary(status.stats, status.size, meter));
    return {};
  }

 private:
  bool has_control() const { return !control_.empty() && control_ != "off"; }

  /// Without a host: there is no panel.
  Expected<ListenAddress> panel_address() const {
    if (panel_ == "off") return ListenAddress{};
    return parse_panel_address(panel_.empty() ? "127.0.0.1:0" : panel_);
  }

  /// Null where there is none; one that nobody asked for may be missing.
  Expected<std::unique_ptr<Panel>> open_panel(const ListenAddress& address,
                                              Session& session) const {
    if (address.host.empty()) return nullptr;
    auto panel = Panel::open({address, has_control() ? panel_link_path(control_) : ""}, session);
    if (!panel && panel_.empty()) {
      fmt::print(stderr, "scrim: no panel: {}\n", panel.error().what);
      return nullptr;
    }
    if (!panel) return fail_in("--panel", panel.error());
    // Whoever has the link commands the run: nothing for a journal.
    fmt::print(stderr, "scrim: panel: {}\n",
               errors_go_to_journal() ? "`scrim panel` opens it" : (*panel)->link());
    if (!address.is_local())
      fmt::print(
          stderr,
          "scrim: other computers can reach the panel: who has this link, or listens in on the "
          "network, sees the preview and commands this run\n");
    return panel;
  }

  Expected<Session::Request> parse() const {
    Session::Request request;
    auto look = look_.parse();
    if (!look) return std::unexpected(look.error());
    request.look = *std::move(look);
    auto size = size_argument(size_);
    if (!size) return std::unexpected(size.error());
    request.wanted = {.size = *size, .fps = fps_, .pacing = Pacing::kLive};
    auto seconds = time_argument("--seconds", seconds_);
    if (!seconds) return std::unexpected(seconds.error());
    request.seconds = *seconds;
    request.always_on = always_on_;
    auto camera = source_argument(camera_);
    if (!camera) return fail_in("--camera", camera.error());
    request.camera = *std::move(camera);
    auto outputs = outputs_.empty() ? default_outputs(list_video_devices(), list_pipewire())
                                    : sink_arguments(outputs_);
    if (!outputs) return std::unexpected(outputs.error());
    request.outputs = *std::move(outputs);
    if (auto ok = parse_pause(request); !ok) return std::unexpected(ok.error());
    return request;
  }

  /// Without its daemon, PipeWire's camera is no error: it comes with the daemon.
  static void tell_of_waiting(const std::vector<Spec>& outputs) {
    if (std::ranges::find(outputs, "pipewire", &Spec::kind) == outputs.end()) return;
    if (list_pipewire().runs) return;
    fmt::print(stderr, "scrim: no PipeWire daemon answers; its camera waits for one: {}\n",
               kStartPipewire);
  }

  Expected<void> parse_pause(Session::Request& request) const {
    if (pause_picture_.empty()) return {};
    auto pause = chain_argument("--pause-picture", pause_picture_);
    if (!pause) return std::unexpected(pause.error());
    if (pause->size() != 1)
      return fail(Errc::kRequest, "--pause-picture: one background, such as image:FILE");
    request.pause_picture = pause->front();
    return {};
  }

  std::string camera_ = "v4l2", pause_picture_, panel_, control_ = default_control_path();
  std::vector<std::string> outputs_;
  LookOptions look_;
  std::string size_ = "1280x720", seconds_;
  double fps_ = 30;
  bool always_on_ = false;
};

}  // namespace

std::unique_ptr<Command> add_run(CLI::App& parser) {
  return std::make_unique<Run>(parser);
}

}  // namespace scrim
