// Tested by tests/control/commands_test.cpp.
#include "control/request.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "control/json.h"

namespace scrim {
namespace {

/// "" where there is none.
std::string command_of(std::string_view request) {
  const Json json = Json::parse(request, nullptr, false);
  const Json command = json.is_object() ? json.value("command", Json()) : Json();
  return command.is_string() ? command.get<std::string>() : "";
}

}  // namespace

std::string control_request(std::string_view command, std::string_view value,
                            std::string_view folder) {
  Json request{{"command", command}};
  const auto* const known = std::ranges::find(kControlCommands, command, &ControlCommand::name);
  if (known == kControlCommands.end() || known->value.empty()) return line_of(request);
  const bool structured = known->value == "LOOK" || known->value == "SETTINGS";
  const Json json = structured ? Json::parse(value, nullptr, false) : Json(value);
  request["value"] = json.is_discarded() ? Json(value) : json;
  if (!folder.empty() && (known->value == "CHAIN" || known->value == "SETTINGS"))
    request["folder"] = folder;
  return line_of(request);
}

std::string refusal_line(const Error& error) {
  return line_of(
      {{"ok", false}, {"error", error.what}, {"exit", error.code == Errc::kRequest ? 2 : 1}});
}

bool answers_at_once(std::string_view request) {
  constexpr std::string_view kAtOnce[] = {"pause", "resume", "toggle", "status", "settings"};
  return std::ranges::find(kAtOnce, command_of(request)) != std::end(kAtOnce);
}

bool asks_to_watch(std::string_view request) {
  return command_of(request) == "watch";
}

}  // namespace scrim
