// Specs and small values as people type them: a file name that exists as written is taken as
// written, everything else is parsed. `folder` is where names of files start, "" for the folder the
// program stands in. Errors are kRequest, and name the option. Reentrant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"
#include "media/video_writer.h"

namespace scrim {

/// "talk.mp4" -> file:talk.mp4; "presenter?seed=2" -> itself. A name that is no known kind is taken
/// as a file, and opening it will say that it is missing.
Expected<Spec> source_argument(const std::string& text, const std::string& folder = "");
/// Outputs, each named once; files get the options that `content` asks for, and nothing else can
/// hold anything but the picture.
Expected<std::vector<Spec>> sink_arguments(const std::vector<std::string>& texts,
                                           Content content = Content::kPicture,
                                           const std::string& folder = "");
/// Whether none of the outputs would take the place of the file that the pictures come from.
Expected<void> check_not_replaced(const Spec& input, std::span<const Spec> outputs);
/// A chain; "beach.jpg" -> image:beach.jpg.
Expected<Chain> chain_argument(const std::string& option, const std::string& text,
                               const std::string& folder = "");

/// "1280x720", or nothing for "".
Expected<std::optional<Size>> size_argument(const std::string& text);
/// Seconds of "90" or "1:30", or nothing for "".
Expected<std::optional<double>> time_argument(const std::string& option, const std::string& text);

}  // namespace scrim
