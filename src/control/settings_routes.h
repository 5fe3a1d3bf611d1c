// The panel's API for settings and presets, and what it shares with the rest of the API
// (docs/api.md): requests become commands, told through the same door as the unix socket's, with
// what pages may. Reentrant.
#pragma once

#include "control/describe.h"
#include "control/http_server.h"
#include "session/session.h"

namespace scrim {

/// Carries out a command for a page. `part` of what it answers, if all is well: "status",
/// "settings", "presets".
HttpResponse told(Session& session, const Json& request, const char* part = "status");

/// The same for one whose value is the request's body; what is no JSON is said to be none.
HttpResponse told_body(Session& session, std::string_view command, const HttpRequest& request);

HttpResponse get_settings_route(Session& session, const HttpRequest& request);
HttpResponse put_settings_route(Session& session, const HttpRequest& request);
HttpResponse get_presets_route(Session& session, const HttpRequest& request);
/// POST /api/presets/NAME and /api/presets/NAME/use.
HttpResponse post_preset_route(Session& session, const HttpRequest& request);
HttpResponse delete_preset_route(Session& session, const HttpRequest& request);

}  // namespace scrim
