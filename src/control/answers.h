// Answers of the panel, as its handlers make them. Reentrant.
#pragma once

#include <cstdint>
#include <vector>

#include "control/describe.h"
#include "control/http_server.h"

namespace scrim {

HttpResponse answer_json(const Json& value, int status = 200);

/// {"ok": false, ...}: 400 for what is wrong in the request, 500 for what fails in the world.
HttpResponse answer_error(const Error& error);

/// Bytes that were made, or why they were not.
HttpResponse answer_bytes(const Expected<std::vector<std::uint8_t>>& made, const char* type);

}  // namespace scrim
