// Opens everything that a run needs, in the order in which failing costs least: what can be wrong
// in the request first, outputs last.
#pragma once

#include <memory>
#include <vector>

#include "base/error.h"
#include "base/spec.h"
#include "look_options.h"
#include "pipeline/pipeline.h"
#include "sources/source.h"

namespace scrim {

/// The stages that carry `source` to `sinks`.
Expected<Stages> open_stages(std::unique_ptr<Source> source, const std::vector<Spec>& sinks,
                             const LookRequest& request, Pacing pacing);

/// "1280x720", or nothing for "". kRequest.
Expected<std::optional<Size>> size_argument(const std::string& text);
/// Seconds of "90" or "1:30", or nothing for "". kRequest, with the option's name in front.
Expected<std::optional<double>> time_argument(const std::string& option, const std::string& text);

}  // namespace scrim
