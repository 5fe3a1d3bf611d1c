// The command layer: what a running Scrim can be told, as one line of JSON in and one out, whoever
// carries it (docs/control.md). Thread-safe, as Session is.
#pragma once

#include <string>
#include <string_view>

#include "control/request.h"
#include "control/trust.h"
#include "session/session.h"

namespace scrim {

/// Carries out one request; whatever is wrong with it, the answer says so. No line break in it.
/// Only the owner's may have a folder in which names of files start.
std::string carry_out(Session& session, std::string_view request, Trust trust = Trust::kOwner);

/// The status without what is counted or measured, and the settings, as one line.
std::string news_of(Session& session);

}  // namespace scrim
