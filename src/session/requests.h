// What settings ask for: texts read, and checked as far as that goes without opening anything.
// Reentrant; errors are kRequest in the words of the command line, and name the option.
#pragma once

#include "base/error.h"
#include "session/session.h"
#include "session/settings.h"
#include "session/stages.h"

namespace scrim {

/// Of background, person, picture, segmenter, matte and effort.
Expected<LookRequest> look_request(const Settings& settings);
Expected<Spec> camera_request(const Settings& settings);
/// Looks at the devices when no output is named; kSystem when there is none.
Expected<std::vector<Spec>> outputs_request(const Settings& settings);
Expected<std::optional<Spec>> pause_request(const Settings& settings);

/// Whether values that fit in form (set_values()) make sense, too, by themselves. Devices are not
/// looked at.
Expected<void> check_setting(const SettingKind& kind, const std::vector<std::string>& values);
/// The same values with names of files in full, for a program that stands in another folder. Errors
/// as above.
Expected<std::vector<std::string>> values_from_here(const SettingKind& kind,
                                                    const std::vector<std::string>& values);

/// All of a live run; `seconds` is left for others to set.
Expected<Session::Request> session_request(const Settings& settings);

}  // namespace scrim
