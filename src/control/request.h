// What a running Scrim can be asked for, one line of JSON each (docs/control.md): the table of
// commands, without what carries them out, so that who asks need not hold all of Scrim. Reentrant.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/error.h"

namespace scrim {

struct ControlCommand {
  std::string_view name;
  std::string_view value;  // "CHAIN", "LOOK" and "SETTINGS" (JSON), "NAME", or "": it takes none
  std::string_view help;
};

constexpr auto kControlCommands = std::to_array<ControlCommand>({
    {"pause", "", "the camera off, readers see the pause picture"},
    {"resume", "", "the camera on again"},
    {"toggle", "", "pause or resume, whichever it is not"},
    {"status", "", "what it does now"},
    {"background", "CHAIN", "another background"},
    {"person", "CHAIN", "other effects on the person; \"\" for none"},
    {"picture", "CHAIN", "other effects on the finished picture; \"\" for none"},
    {"effect add", "CHAIN", "more effects, each where it is at home"},
    {"effect remove", "NAME", "one effect less, wherever it is"},
    {"look", "LOOK", "some of the three chains at once, as JSON"},
    {"set", "SETTINGS", "settings, as JSON"},
    {"settings", "", "what it runs with, and who said so"},
    {"preset save", "NAME", "keeps the look by a name"},
    {"preset use", "NAME", "shows a look that was kept"},
    {"preset remove", "NAME", "forgets it"},
    {"watch", "", "the status, and again on each change"},
    {"preset list", "", "the names of all that are kept"},
});

/// {"command": name, "value": value, "folder": folder} as one line. `folder`: where names of files
/// in a CHAIN or SETTINGS start, from the root on; "" for that of the running Scrim.
std::string control_request(std::string_view command, std::string_view value,
                            std::string_view folder = "");

/// The answer to a request that is not carried out: {"ok": false, "error": ..., "exit": ...}.
std::string refusal_line(const Error& error);

/// Whether its answer waits for no change that is under way: it pauses, or asks how things are.
bool answers_at_once(std::string_view request);

/// Whether it is {"command": "watch"}: who sends it is told news_of() whenever that changes.
bool asks_to_watch(std::string_view request);

}  // namespace scrim
