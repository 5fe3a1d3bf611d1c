// Where finished pictures go. Kinds stand in the table in sinks.cpp.
//
// A Sink belongs to one thread at a time and keeps no view after write(). close() ends it: what
// was written is complete only when close() has succeeded; a sink destroyed without close() leaves
// nothing half-written behind.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"

namespace scrim {

/// One finished frame; views are valid during the call.
struct Shot {
  ConstImageView camera;  // what came in, at the pipeline's size: room pixels, not for others' eyes
  ConstImageView picture;  // what goes out, of Sink::size()
  ConstPlane matte;        // where the person is in `picture`; of Sink::size()
  Clock::time_point captured;
  /// The person in `picture` in their own colours, before no background: around them is the room.
  /// With the matte it is a cut-out. Of Sink::size(); empty in runs where no sink cuts out.
  ConstImageView person = {};
};

struct SinkRequest {
  Size size;        // the pipeline's
  double fps = 30;  // nominal, for containers and devices that declare a rate
  Pacing pacing = Pacing::kLive;
};

class Sink {
 public:
  virtual ~Sink() = default;
  virtual Size size() const = 0;
  /// kSystem, kDisconnected.
  virtual Expected<void> write(const Shot&) = 0;
  /// Finishes what was written. Called once, last. kSystem (disk full, ...).
  virtual Expected<void> close() { return {}; }
  /// Whether anybody looks at it now. A run sleeps while none of its sinks is watched.
  virtual bool watched() { return true; }
  /// Who has gone for less is still there: programs reopen a camera to change its size. Fixed for
  /// life.
  virtual Clock::duration linger() const { return kUsualLinger; }
  static constexpr Clock::duration kUsualLinger = std::chrono::seconds(2);
  /// `ring` is to be called, on any thread, when somebody may have begun to look: a run that sleeps
  /// asks by itself only once a second. Called at most once, before the first write().
  virtual void when_visited(std::function<void()> /*ring*/) {}
  /// Pictures that came live while earlier ones were still being encoded, or lay with slow readers,
  /// and went nowhere.
  virtual std::uint64_t left_out() const { return 0; }
  /// Whether write() needs Shot::person; fixed for life.
  virtual bool cuts_out() const { return false; }
};

struct SinkKind : Kind {
  Expected<std::unique_ptr<Sink>> (*open)(const Spec&, const SinkRequest&);
};

std::span<const SinkKind> sink_kinds();
Expected<std::unique_ptr<Sink>> open_sink(const Spec&, const SinkRequest&);

}  // namespace scrim
