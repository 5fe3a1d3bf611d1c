#include "control/json.h"

#include <nlohmann/json.hpp>

namespace scrim {

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace scrim
