// Tells how far a long run is: a bar that redraws itself on a terminal, else a line now and then.
#pragma once

#include <memory>
#include <optional>

#include "sinks/sink.h"

namespace scrim {

/// A sink that counts pictures and tells on standard error. `length`: seconds of the whole input,
/// if known.
std::unique_ptr<Sink> make_progress(Size size, std::optional<double> length);

}  // namespace scrim
