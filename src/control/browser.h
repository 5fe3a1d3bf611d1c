// A page in the browser of the desktop. Reentrant.
#pragma once

#include <string>

namespace scrim {

/// By xdg-open; whether the desktop took it.
bool open_in_browser(const std::string& link);
/// As above, but goes on at once: xdg-open may wait for the browser's end. Whether it was tried.
bool start_browser(const std::string& link);

}  // namespace scrim
