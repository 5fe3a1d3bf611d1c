// Small values as people type them in options.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "base/error.h"
#include "image/image.h"
#include "session/stages.h"

namespace scrim {

/// "1280x720", or nothing for "". kRequest.
Expected<std::optional<Size>> size_argument(const std::string& text);
/// Seconds of "90" or "1:30", or nothing for "". kRequest, with the option's name in front.
Expected<std::optional<double>> time_argument(const std::string& option, const std::string& text);

/// A check of options: a number from `low` to `high`. CLI::Range lets through what is no number.
CLI::Validator within(double low, double high);

}  // namespace scrim
