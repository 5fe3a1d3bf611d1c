// /api/backgrounds: those that need no file, and the owner's own (docs/api.md). Handlers run on the
// panel's desk.
#pragma once

#include "control/describe.h"
#include "control/http_server.h"
#include "session/session.h"

namespace scrim {

HttpResponse get_backgrounds(Session& session, const HttpRequest& request);
HttpResponse get_thumbnail(Session& session, const HttpRequest& request);
/// One that is shown stays.
HttpResponse delete_background(Session& session, const HttpRequest& request);

/// What the list says of the one that was added with this id; null if it is gone.
Json describe_upload(std::string_view id);

}  // namespace scrim
