// The commands that have to do with settings and presets; rows of the table in commands.cpp.
// Thread-safe, as Session is. What they give is put into the answer.
#pragma once

#include "base/error.h"
#include "control/describe.h"
#include "control/trust.h"
#include "session/session.h"

namespace scrim {

/// {"settings": {"fps": {"value": "30", "from": "default", "live": false}, ...}}
Json describe(const GivenSettings& given);

/// `value`: {"camera": "v4l2:/dev/video2", "output": ["pipewire"], ...}; all change, or none. An
/// empty text or list is the default.
Expected<Json> set_settings(Session& session, const Json& value, Trust trust);
Expected<Json> get_settings(Session& session, const Json&, Trust);

/// `value`: the name.
Expected<Json> save_preset(Session& session, const Json& value, Trust);
Expected<Json> use_preset(Session& session, const Json& value, Trust);
Expected<Json> remove_preset(Session&, const Json& value, Trust);
Expected<Json> list_presets(Session&, const Json&, Trust);

}  // namespace scrim
