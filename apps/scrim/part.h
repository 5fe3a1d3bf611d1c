// The part of an input that --from and --to name.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/spec.h"
#include "sources/source.h"

namespace scrim {

/// A part of the input, in its seconds; `to` itself is no longer in it.
struct Part {
  double from = 0;
  std::optional<double> to;
};

/// Of the options' texts, "" where one is not given. kRequest; a part without a length is one too.
Expected<Part> parse_part(const std::string& from, const std::string& to);

/// Files go to the part at once; all else is read up to it. Times begin with the part.
Expected<std::unique_ptr<Source>> open_part(const Spec& input, const Part& part,
                                            const SourceRequest& request);

/// The second of `file` itself that the part begins at: its own options may name a part, too.
Expected<double> start_in_file(const Spec& file, const Part& part);

}  // namespace scrim
