#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.h"
#include "control/describe.h"
#include "devices/outputs.h"

namespace scrim {
namespace {

void print_modes(const std::vector<Mode>& modes) {
  const Mode* last = nullptr;
  for (const Mode& mode : modes) {
    if (!last || last->format != mode.format)
      fmt::print("{}      {:6}", last ? "\n" : "", mode.format->name);
    if (!last || last->format != mode.format || last->size != mode.size)
      fmt::print("  {}x{}", mode.size.width, mode.size.height);
    fmt::print(" {:.4g}", mode.fps);
    last = &mode;
  }
  if (last) fmt::print("\n");
}

void print_controls(const std::vector<Control>& controls) {
  for (const Control& control : controls) {
    fmt::print("      {}={}  {}..{}", control.name, control.value, control.low, control.high);
    for (const auto& [value, name] : control.choices) fmt::print(", {}: {}", value, name);
    fmt::print("{}\n", control.value == control.fallback
                           ? ""
                           : fmt::format(" (as made: {})", control.fallback));
  }
}

void print(const Camera& camera, bool is_default) {
  fmt::print("  {}  {} ({} {}){}\n", camera.path, camera.name, camera.driver, camera.bus,
             is_default ? "  <- the one that is taken" : "");
  print_modes(camera.modes);
  if (const auto choice = choose_mode(camera.modes, {}))
    fmt::print("      for 1280x720 at 30: {}\n", choice->why);
  print_controls(camera.controls);
  if (!camera.unfit.empty()) fmt::print("      not taken unasked: {}\n", camera.unfit);
}

void print(const VirtualCamera& output, bool is_default) {
  fmt::print("  {}  {}: {}{}{}{}\n", output.path, output.name, output.fed ? "fed" : "free",
             output.holders.empty() ? "" : ", open in ", output.holders,
             is_default ? "  <- the one that is taken" : "");
}

void print(const PipewireListing& pipewire) {
  fmt::print("PipeWire\n");
  if (!pipewire.runs) return fmt::print("  no daemon answers; `scrim doctor` tells what helps\n");
  fmt::print("  the daemon runs{}  <- taken as an output\n",
             pipewire.session_manager ? "" : ", without a session manager: `scrim doctor`");
  for (const PipewireCamera& c : pipewire.cameras)
    fmt::print("  pipewire:{}  {}{}\n", c.name, c.label, c.of_scrim ? ": a virtual one" : "");
}

class Devices : public Command {
 public:
  explicit Devices(CLI::App& parser) { parser.add_flag("--json", json_, "For programs to read"); }

  Expected<void> run() override {
    if (json_) {
      fmt::print("{}\n", describe_devices().dump(2));
      return {};
    }
    const VideoDevices devices = list_video_devices();
    const PipewireListing pipewire = list_pipewire();
    const auto camera = default_camera(devices);
    const auto outputs = default_outputs(devices, pipewire);
    const auto is_camera = [&](const Camera& c) { return camera && c.path == *camera; };
    const auto is_output = [&](const VirtualCamera& o) {
      return outputs && std::ranges::count(*outputs, o.path, &Spec::argument) != 0;
    };
    fmt::print(
        "Cameras (picture sizes, each with its pictures per second; controls and their values)\n");
    for (const Camera& c : devices.cameras) print(c, is_camera(c));
    if (!camera) fmt::print("  {}\n", camera.error().what);
    fmt::print("Virtual cameras\n");
    for (const VirtualCamera& o : devices.outputs) print(o, is_output(o));
    if (devices.outputs.empty() || !outputs)
      fmt::print("  {}\n", default_output(devices).error().what);
    print(pipewire);
    return {};
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> add_devices(CLI::App& parser) {
  return std::make_unique<Devices>(parser);
}

}  // namespace scrim
