// JSON as it goes from program to program: keys in the order in which they were written. Reentrant.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace scrim {

using Json = nlohmann::ordered_json;

/// One line. What strangers sent may be no UTF-8.
std::string line_of(const Json& json);

}  // namespace scrim
