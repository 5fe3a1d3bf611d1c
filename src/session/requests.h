// What settings ask for: texts read, and checked as far as that goes without opening anything.
// Reentrant; errors are kRequest in the words of the command line, and name the option.
#pragma once

#include "base/error.h"
#include "session/session.h"
#include "session/settings.h"
#include "session/stages.h"

namespace scrim {

/// The setting that holds a chain's text.
const SettingKind& setting_of(Role role);

/// Of background, person, picture, segmenter, matte and effort.
Expected<LookRequest> look_request(const Settings& settings);
/// The same; mistakes of the environment and the config file are said with their place.
Expected<LookRequest> look_request(const GivenSettings& given);
Expected<Spec> camera_request(const Settings& settings);
/// Looks at the devices when no output is named; kSystem when there is none.
Expected<std::vector<Spec>> outputs_request(const Settings& settings);
Expected<std::optional<Spec>> pause_request(const Settings& settings);

/// Whether values that fit in form (set_values()) make sense, too, by themselves. Devices are not
/// looked at.
Expected<void> check_setting(const SettingKind& kind, const std::vector<std::string>& values);
/// The same value with names of files in full, for who stands in another folder than `folder`,
/// where they start ("": the one this program stands in). Errors as above.
Expected<std::string> value_in_full(const SettingKind& kind, const std::string& value,
                                    const std::string& folder = "");
/// A chain likewise, of the option or command that errors name.
Expected<std::string> chain_in_full(const std::string& option, const std::string& text,
                                    const std::string& folder = "");

/// All of a live run; `seconds` is left for others to set.
Expected<Session::Request> session_request(const Settings& settings);
/// The same; mistakes of the environment and the config file are said with their place.
Expected<Session::Request> session_request(const GivenSettings& given);

}  // namespace scrim
