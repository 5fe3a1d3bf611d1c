// The command layer: what a running Scrim can be told, as one line of JSON in and one out, whoever
// carries it (docs/control.md). Thread-safe, as Session is.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "control/trust.h"
#include "session/session.h"

namespace scrim {

struct ControlCommand {
  std::string_view name;
  std::string_view value;  // "CHAIN", "LOOK" (JSON), "NAME", or "" where it takes none
  std::string_view help;
};

std::span<const ControlCommand> control_commands();

/// Carries out one request; whatever is wrong with it, the answer says so. No line break in it.
std::string carry_out(Session& session, std::string_view request, Trust trust = Trust::kOwner);

/// Whether it is {"command": "watch"}: who sends it is told news_of() whenever that changes.
bool asks_to_watch(std::string_view request);
/// The status without what is counted or measured, and the settings, as one line.
std::string news_of(Session& session);

/// {"command": name, "value": value} as one line.
std::string control_request(std::string_view command, std::string_view value);

}  // namespace scrim
