// What a program may ask to know, as JSON, for whoever asks: the command line, the unix socket,
// HTTP. Reentrant.
#pragma once

#include "control/json.h"
#include "session/session.h"

namespace scrim {

/// {"state": "live", ...}, see docs/control.md.
Json describe(const Session::Status& status);
/// {"background": ["room", "blur"], "person": [], "picture": []}: each chain a list of Specs.
Json describe(const Look& look);
/// {"backgrounds": [...], "effects": [...], "matte": [...]}: the tables, with options, ranges and
/// defaults; of the matte its keys.
Json describe_kinds();
/// {"cameras": [...], "outputs": [...]}. Looks at every device.
Json describe_devices();

}  // namespace scrim
