// Settings of an older program (changhiskhan/virtual-background), which its users still have in
// their environment: obeyed where they mean the same here, and told their names here. Reentrant.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "session/settings.h"

namespace scrim {

/// Takes over what nobody has said otherwise by an option or a variable of Scrim's; `tell` hears a
/// line for each. kRequest, with the variable's name in front.
Expected<void> take_older_names(GivenSettings& given,
                                const std::function<void(const std::string& line)>& tell);

}  // namespace scrim
