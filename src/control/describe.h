// What a program may ask to know, as JSON, for whoever asks: the command line, the unix socket,
// HTTP. Reentrant.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "session/session.h"

namespace scrim {

using Json = nlohmann::ordered_json;

/// {"state": "live", ...}, see docs/control.md.
Json describe(const Session::Status& status);
/// {"background": ["room", "blur"], "person": [], "picture": []}: each chain a list of Specs.
Json describe(const Look& look);
/// {"backgrounds": [...], "effects": [...], "matte": [...]}: the tables, with options, ranges and
/// defaults; of the matte its keys.
Json describe_kinds();
/// {"cameras": [...], "outputs": [...]}. Looks at every device.
Json describe_devices();

/// One line. What strangers sent may be no UTF-8.
std::string line_of(const Json& json);

}  // namespace scrim
