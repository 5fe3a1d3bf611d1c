// Where a running Scrim is reached: a unix socket in a folder that only its user can enter.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <string>

#include "base/error.h"

namespace scrim {

/// $XDG_RUNTIME_DIR/scrim/control, or "" where there is no such folder.
std::string default_control_path();

/// The setting `control`: "" for the default, "off" for none. "" where there is none.
std::string control_path(const std::string& setting);

/// Where the link to the panel of the Scrim at `control_path` is kept.
std::string panel_link_path(const std::string& control_path);

/// Makes the folder that the socket stands in, 0700. kSystem: it is another user's, or open to
/// them.
Expected<void> make_control_folder(const std::string& path);

/// kRequest: too long a path.
Expected<sockaddr_un> control_address(const std::string& path);

}  // namespace scrim
