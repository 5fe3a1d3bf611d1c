#include "control/answers.h"

#include <nlohmann/json.hpp>

#include "control/door.h"

namespace scrim {

HttpResponse answer_json(const Json& value, int status) {
  return {.status = status, .type = "application/json", .body = line_of(value) + "\n"};
}

HttpResponse answer_error(const Error& error) {
  return refuse(error.code == Errc::kRequest ? 400 : 500, error.what);
}

HttpResponse answer_bytes(const Expected<std::vector<std::uint8_t>>& made, const char* type) {
  if (!made) return refuse(500, made.error().what);
  return {.type = type, .body = {made->begin(), made->end()}};
}

}  // namespace scrim
