// Tested by tests/control/commands_test.cpp and tests/apps/commands.
#include "control/describe.h"

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "backgrounds/background.h"
#include "base/cpu_time.h"
#include "control/trust.h"
#include "devices/outputs.h"
#include "effects/effect.h"
#include "matte/matting.h"
#include "segmenters/segmenter.h"

namespace scrim {
namespace {

std::string_view name_of(Session::State state) {
  constexpr std::string_view kNames[] = {"live", "paused", "asleep", "waiting"};
  return kNames[static_cast<std::size_t>(state)];
}

double milliseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

Json list_of(const Chain& chain) {
  Json list = Json::array();
  for (const Spec& spec : chain) list.push_back(print(spec));
  return list;
}

std::string_view name_of(Option::Type type) {
  constexpr std::string_view kNames[] = {"number", "integer", "flag", "choice", "text"};
  return kNames[static_cast<std::size_t>(type)];
}

Json describe(std::span<const Option> options) {
  Json list = Json::array();
  for (const Option& option : options)
    list.push_back({{"name", option.name},
                    {"help", option.help},
                    {"type", name_of(option.type)},
                    {"default", option.fallback},
                    {"low", option.low},
                    {"high", option.high},
                    {"choices", option.choices}});
  return list;
}

Json describe(const Kind& kind) {
  return {{"name", kind.name},
          {"argument", placeholder(kind.argument)},
          {"names", kind.names},
          {"help", kind.help},
          {"names_file", !is_harmless(kind)},
          {"options", describe(kind.options)}};
}

Json describe(const EffectKind& kind) {
  Json json = describe(static_cast<const Kind&>(kind));
  json["chains"] = Json::array();
  for (Role role : {Role::kBackground, Role::kPerson, Role::kPicture})
    if (has_place(kind.chains, role)) json["chains"].push_back(name_of(role));
  json["home"] = name_of(kind.home);
  json["example"] = print(example_of(kind));
  return json;
}

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

}  // namespace

Json describe(const Session::Status& status) {
  Json outputs = Json::array();
  for (const Spec& output : status.outputs) outputs.push_back(print(output));
  const Stats::Snapshot& stats = status.stats;
  Json stages = Json::object();
  for (std::size_t i = 0; i < kStageNames.size(); ++i)
    stages[std::string(kStageNames[i])] = milliseconds(stats.cpu[i]);
  return {{"state", name_of(status.state)},
          {"process", ::getpid()},
          {"camera", status.camera},
          {"outputs", outputs},
          {"size", fmt::format("{}x{}", status.size.width, status.size.height)},
          {"background", print(status.look.background)},
          {"person", print(status.look.person)},
          {"picture", print(status.look.picture)},
          {"segmenter", print(status.segmenter)},
          {"warning", warning_of_segmenter(status.segmenter)},
          {"trouble", stats.trouble},
          {"relay_ms_p50", milliseconds(stats.relay_p50)},
          {"relay_ms_p99", milliseconds(stats.relay_p99)},
          {"frames", stats.frames},
          {"repeated", stats.repeated},
          {"dropped", stats.dropped},
          {"damaged", stats.damaged},
          {"failed", stats.failed},
          {"saves_effort", stats.saves_effort},
          {"latency_ms_p50", milliseconds(stats.latency_p50)},
          {"latency_ms_p99", milliseconds(stats.latency_p99)},
          {"seconds", milliseconds(status.age) / 1000},
          {"cpu_ms", milliseconds(process_cpu_time())},
          {"stages_cpu_ms", stages}};
}

Json describe(const Look& look) {
  Json json = Json::object();
  for (const LookChain& each : kLookChains)
    json[std::string(each.name())] = list_of(look.*each.chain);
  return json;
}

Json describe_kinds() {
  Json all{{"backgrounds", Json::array()}, {"effects", Json::array()}};
  for (const auto& kind : background_kinds()) all["backgrounds"].push_back(describe(kind));
  for (const auto& kind : effect_kinds()) all["effects"].push_back(describe(kind));
  all["matte"] = describe(matte_options());
  return all;
}

Json describe_devices() {
  const VideoDevices devices = list_video_devices();
  const PipewireListing pipewire = list_pipewire();
  const auto camera = default_camera(devices);
  const auto outputs = default_outputs(devices, pipewire);
  const auto is_output = [&](const VirtualCamera& o) {
    return outputs && std::ranges::count(*outputs, o.path, &Spec::argument) != 0;
  };
  Json json{{"cameras", Json::array()}, {"outputs", Json::array()}};
  for (const Camera& c : devices.cameras)
    json["cameras"].push_back(to_json(c, camera && c.path == *camera));
  for (const VirtualCamera& o : devices.outputs)
    json["outputs"].push_back(to_json(o, is_output(o)));
  if (pipewire.runs)
    json["outputs"].push_back({{"path", "pipewire"}, {"name", kOwnName}, {"default", true}});
  json["pipewire"] = to_json(pipewire);
  return json;
}

}  // namespace scrim
