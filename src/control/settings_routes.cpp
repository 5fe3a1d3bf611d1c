// Tested by tests/apps/panel.
#include "control/settings_routes.h"

#include <nlohmann/json.hpp>

#include "control/answers.h"
#include "control/commands.h"

namespace scrim {
namespace {

constexpr std::string_view kPresets = "/api/presets/", kUse = "/use";

std::string name_in(const HttpRequest& request) {
  return request.path.substr(std::min(kPresets.size(), request.path.size()));
}

/// A command with the name of a preset; answers all that there are.
HttpResponse tell_of_preset(Session& session, const char* command, const std::string& name) {
  HttpResponse answer = told(session, {{"command", command}, {"value", name}});
  return answer.status == 200 ? told(session, {{"command", "preset list"}}, "presets") : answer;
}

}  // namespace

HttpResponse told(Session& session, const Json& request, const char* part) {
  const Json answer = Json::parse(carry_out(session, line_of(request), Trust::kPage));
  if (answer.value("ok", false)) return answer_json(answer[part]);
  return answer_json(answer, answer.value("exit", 1) == 2 ? 400 : 500);
}

HttpResponse told_body(Session& session, std::string_view command, const HttpRequest& request) {
  const Json value = Json::parse(request.body.begin(), request.body.end(), nullptr, false);
  if (value.is_discarded())
    return answer_error({Errc::kRequest, "the body is no JSON; expected an object such as {}"});
  return told(session, {{"command", command}, {"value", value}});
}

HttpResponse get_settings_route(Session& session, const HttpRequest&) {
  return told(session, {{"command", "settings"}}, "settings");
}

HttpResponse put_settings_route(Session& session, const HttpRequest& request) {
  HttpResponse answer = told_body(session, "set", request);
  return answer.status == 200 ? get_settings_route(session, request) : answer;
}

HttpResponse get_presets_route(Session& session, const HttpRequest&) {
  return told(session, {{"command", "preset list"}}, "presets");
}

HttpResponse post_preset_route(Session& session, const HttpRequest& request) {
  std::string name = name_in(request);
  if (!name.ends_with(kUse)) return tell_of_preset(session, "preset save", name);
  name.resize(name.size() - kUse.size());
  return told(session, {{"command", "preset use"}, {"value", name}});
}

HttpResponse delete_preset_route(Session& session, const HttpRequest& request) {
  return tell_of_preset(session, "preset remove", name_in(request));
}

}  // namespace scrim
