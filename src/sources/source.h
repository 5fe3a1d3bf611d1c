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
  std::string identity = {};  // a device to find again, as Source::identity() told
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
  /// How often another camera has taken its place: what is known of earlier pictures says nothing
  /// about those that follow.
  virtual std::uint64_t changes() const { return 0; }
  /// A device that others may want, or whose light burns: closed while nobody wants pictures.
  virtual bool is_device() const { return false; }
  /// What tells this device from all others, wherever it is plugged in; "" where nothing does.
  virtual std::string identity() const { return ""; }
  /// Seconds from its first picture to its end, where that is known.
  virtual std::optional<double> length() const { return std::nullopt; }
  /// One picture that does not move: offline there is one frame.
  virtual bool still() const { return false; }
  /// Waits at most 1 s for a picture, writes it into `out` (of size()), returns when it was
  /// captured. Live: Clock's now. Offline: kStart + the stream's own time, rising.
  /// kTimeout, kDisconnected, kEndOfStream, kSystem.
  virtual Expected<Clock::time_point> read(ImageView out) = 0;
  /// Offline: read() goes on with the first picture of `moment` or later, at the very time that it
  /// has without seeking. false: this source can't, and nothing has changed. As read().
  virtual Expected<bool> seek(Clock::time_point /*moment*/) { return false; }
};

struct SourceKind : Kind {
  Expected<std::unique_ptr<Source>> (*open)(const Spec&, const SourceRequest&);
};

std::span<const SourceKind> source_kinds();
Expected<std::unique_ptr<Source>> open_source(const Spec&, const SourceRequest&);

}  // namespace scrim
