// In place of tray.cpp where libsystemd is missing.
#include "control/tray.h"

namespace scrim {

class Tray::Item {};

std::unique_ptr<Tray> Tray::start(Session&, TrayRequest) {
  return nullptr;
}

Tray::~Tray() = default;

}  // namespace scrim
