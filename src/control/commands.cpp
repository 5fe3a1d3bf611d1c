// Tested by tests/control/commands_test.cpp.
#include "control/commands.h"

#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>

namespace scrim {
namespace {

using Json = nlohmann::ordered_json;

struct Doer : ControlCommand {
  Expected<void> (*carry_out)(Session&, const Json& value);
};

/// A string as on the command line, or a list of strings, each one stage.
Expected<Chain> chain_of(const std::string& option, const Json& value) {
  if (value.is_string()) {
    auto chain = parse_chain(value.get<std::string>());
    if (!chain) return fail_in(option, chain.error());
    return chain;
  }
  Chain chain;
  for (const Json& part : value) {
    if (!value.is_array() || !part.is_string()) break;
    auto spec = parse_spec(part.get<std::string>());
    if (!spec) return fail_in(option, spec.error());
    chain.push_back(*std::move(spec));
  }
  if (!value.is_array() || chain.size() != value.size())
    return fail(Errc::kRequest, "{}: a chain is a text or a list of texts", option);
  return chain;
}

Expected<void> change(Session& session, Chain Look::*part, const char* option, const Json& value) {
  auto chain = chain_of(option, value);
  if (!chain) return std::unexpected(chain.error());
  return session.change(part, *std::move(chain));
}

constexpr Doer kCommands[] = {
    {{"pause", "", "the camera off, readers see the pause picture"},
     [](Session& session, const Json&) -> Expected<void> {
       return session.pause(true), Expected<void>();
     }},
    {{"resume", "", "the camera on again"},
     [](Session& session, const Json&) -> Expected<void> {
       return session.pause(false), Expected<void>();
     }},
    {{"toggle", "", "pause or resume, whichever it is not"},
     [](Session& session, const Json&) -> Expected<void> {
       return session.toggle(), Expected<void>();
     }},
    {{"status", "", "what it does now"},
     [](Session&, const Json&) -> Expected<void> { return {}; }},
    {{"background", "CHAIN", "another background"},
     [](Session& session, const Json& value) {
       return change(session, &Look::background, "--background", value);
     }},
    {{"person", "CHAIN", "other effects on the person; \"\" for none"},
     [](Session& session, const Json& value) {
       return change(session, &Look::person, "--person", value);
     }},
    {{"picture", "CHAIN", "other effects on the finished picture; \"\" for none"},
     [](Session& session, const Json& value) {
       return change(session, &Look::picture, "--picture", value);
     }},
};

constexpr auto kShown = [] {
  std::array<ControlCommand, std::size(kCommands)> shown;
  for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = kCommands[i];
  return shown;
}();

std::string_view name_of(Session::State state) {
  constexpr std::string_view kNames[] = {"live", "paused", "asleep", "waiting"};
  return kNames[static_cast<std::size_t>(state)];
}

double milliseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

Json to_json(const Session::Status& status) {
  Json outputs = Json::array();
  for (const Spec& output : status.outputs) outputs.push_back(print(output));
  const Stats::Snapshot& stats = status.stats;
  return {{"state", name_of(status.state)},
          {"process", ::getpid()},
          {"camera", status.camera},
          {"outputs", outputs},
          {"size", fmt::format("{}x{}", status.size.width, status.size.height)},
          {"background", print(status.look.background)},
          {"person", print(status.look.person)},
          {"picture", print(status.look.picture)},
          {"frames", stats.frames},
          {"repeated", stats.repeated},
          {"dropped", stats.dropped},
          {"damaged", stats.damaged},
          {"failed", stats.failed},
          {"latency_ms_p50", milliseconds(stats.latency_p50)},
          {"latency_ms_p99", milliseconds(stats.latency_p99)}};
}

Expected<void> carry_out(Session& session, const Json& request) {
  if (!request.is_object() || !request.contains("command") || !request["command"].is_string())
    return fail(Errc::kRequest, "a request is one line such as {{\"command\": \"status\"}}");
  const auto name = request["command"].get<std::string>();
  const std::span<const Doer> commands = kCommands;
  const Doer* command = find_kind(commands, name);
  if (!command) return fail_unknown("command", name, names_of(commands));
  const bool has_value = request.contains("value");
  if (has_value == command->value.empty())
    return fail(Errc::kRequest, "'{}' takes {} value", name, has_value ? "no" : "a");
  return command->carry_out(session, has_value ? request["value"] : Json());
}

/// What strangers sent may be no UTF-8.
std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::span<const ControlCommand> control_commands() {
  return kShown;
}

std::string carry_out(Session& session, std::string_view request) {
  const auto done = carry_out(session, Json::parse(request, nullptr, false));
  if (done) return line_of({{"ok", true}, {"status", to_json(session.status())}});
  return line_of({{"ok", false},
                  {"error", done.error().what},
                  {"exit", done.error().code == Errc::kRequest ? 2 : 1}});
}

std::string control_request(std::string_view command, std::string_view value) {
  Json request{{"command", command}};
  for (const ControlCommand& known : control_commands())
    if (known.name == command && !known.value.empty()) request["value"] = value;
  return line_of(request);
}

}  // namespace scrim
