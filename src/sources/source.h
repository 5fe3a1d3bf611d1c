// Where pictures come from. Kinds stand in the table in sources.cpp.
//
// A Source belongs to one thread at a time. It converts to I420 BT.601 limited and cover-crops
// (scales to fill, cuts the overhang evenly) to the size it was opened for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"

namespace scrim {

struct SourceRequest {
  std::optional<Size> size = {};  // empty: the source's own
  double fps = 30;                // wished; recordings keep their own timestamps
  Pacing pacing = Pacing::kLive;
};

class Source {
 public:
  virtual ~Source() = default;
  /// Fixed for life; a new mode is a new Source.
  virtual Size size() const = 0;
  /// Pictures per second, nominal.
  virtual double fps() const = 0;
  /// Which device in which mode, and why that one; "" where the Spec says it all.
  virtual std::string description() const { return ""; }
  /// Pictures that came damaged and were left out, so far.
  virtual std::uint64_t damaged() const { return 0; }
  /// Seconds from its first picture to its end, where that is known.
  virtual std::optional<double> length() const { return std::nullopt; }
  /// One picture that does not move: offline there is one frame.
  virtual bool still() const { return false; }
  /// Waits at most 1 s for a picture, writes it into `out` (of size()), returns when it was
  /// captured. Live: Clock's now. Offline: kStart + the stream's own time, rising.
  /// kTimeout, kDisconnected, kEndOfStream, kSystem.
  virtual Expected<Clock::time_point> read(ImageView out) = 0;
};

struct SourceKind : Kind {
  Expected<std::unique_ptr<Source>> (*open)(const Spec&, const SourceRequest&);
};

std::span<const SourceKind> source_kinds();
Expected<std::unique_ptr<Source>> open_source(const Spec&, const SourceRequest&);

}  // namespace scrim
