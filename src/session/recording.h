// A recording beside a call: when it cannot be written any more, the disk being full, that is told
// and the call goes on. As reentrant as the sink that it owns.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "sinks/sink.h"

namespace scrim {

/// write() tells what `recording` fails with, and goes on without it, as long as there are `others`
/// to go on for; then only close() returns it. `others` must outlive it.
std::unique_ptr<Sink> beside_call(std::unique_ptr<Sink> recording, const std::atomic<bool>& others,
                                  std::function<void(const std::string& line)> tell);

}  // namespace scrim
