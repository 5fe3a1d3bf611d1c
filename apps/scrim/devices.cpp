#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.h"
#include "devices/outputs.h"

namespace scrim {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Mode& mode) {
  return {{"format", mode.format->name},
          {"width", mode.size.width},
          {"height", mode.size.height},
          {"fps", mode.fps}};
}

Json to_json(const Control& control) {
  Json json{{"name", control.name},    {"value", control.value}, {"low", control.low},
            {"high", control.high},    {"step", control.step},   {"default", control.fallback},
            {"choices", Json::array()}};
  for (const auto& [value, name] : control.choices)
    json["choices"].push_back({{"value", value}, {"name", name}});
  return json;
}

Json to_json(const Camera& camera, bool is_default) {
  Json json{{"path", camera.path},    {"name", camera.name},       {"driver", camera.driver},
            {"bus", camera.bus},      {"unfit", camera.unfit},     {"default", is_default},
            {"modes", Json::array()}, {"controls", Json::array()}, {"picked", nullptr}};
  for (const Mode& mode : camera.modes) json["modes"].push_back(to_json(mode));
  for (const Control& control : camera.controls) json["controls"].push_back(to_json(control));
  if (const auto choice = choose_mode(camera.modes, {})) {
    json["picked"] = to_json(choice->mode);
    json["picked"]["why"] = choice->why;
  }
  return json;
}

Json to_json(const VirtualCamera& output, bool is_default) {
  return {{"path", output.path},
          {"name", output.name},
          {"fed", output.fed},
          {"holders", output.holders},
          {"default", is_default}};
}

Json to_json(const PipewireListing& pipewire) {
  Json json{{"running", pipewire.runs},
            {"session_manager", pipewire.session_manager},
            {"cameras", Json::array()}};
  for (const PipewireCamera& c : pipewire.cameras)
    json["cameras"].push_back({{"name", c.name}, {"label", c.label}, {"scrim", c.of_scrim}});
  return json;
}

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
    const VideoDevices devices = list_video_devices();
    const PipewireListing pipewire = list_pipewire();
    const auto camera = default_camera(devices);
    const auto outputs = default_outputs(devices, pipewire);
    const auto is_camera = [&](const Camera& c) { return camera && c.path == *camera; };
    const auto is_output = [&](const VirtualCamera& o) {
      return outputs && std::ranges::count(*outputs, o.path, &Spec::argument) != 0;
    };
    if (json_) {
      Json json{{"cameras", Json::array()}, {"outputs", Json::array()}};
      for (const Camera& c : devices.cameras) json["cameras"].push_back(to_json(c, is_camera(c)));
      for (const VirtualCamera& o : devices.outputs)
        json["outputs"].push_back(to_json(o, is_output(o)));
      if (pipewire.runs)
        json["outputs"].push_back({{"path", "pipewire"}, {"name", kOwnName}, {"default", true}});
      json["pipewire"] = to_json(pipewire);
      fmt::print("{}\n", json.dump(2));
      return {};
    }
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
