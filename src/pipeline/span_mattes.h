// The mattes of a recording, span by span.
//
// A recording is cut into spans at fixed times. Each span's mattes begin with nothing but what is
// seen in kWarmUp before it, so whoever makes them, in whatever order, makes the same ones: several
// workers give the same bytes as one. During kFade before a span its mattes take over from those of
// the span before, so that nothing jumps where the two meet. Cut by time, and not by number, as
// only who has read all pictures before knows a picture's number.
//
// Only mattes are made so; the rest of a run has one order and needs no spans. A matte is passed on
// as it is on the grid, a twentieth of a picture; its edges are laid beside the picture it is for.
//
// Two ways: of the pictures as they come (in_order()), or ahead of them (foresight.h). Offline, for
// segmenters that are not exact and mattes that are not raw; those remember nothing. Reentrant but
// for cancel().
#pragma once

#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/error.h"
#include "image/image.h"
#include "matte/matting.h"
#include "segmenters/segmenter.h"

namespace scrim {

class SpanMattes {
 public:
  static constexpr Clock::duration kSpan = std::chrono::seconds(8);
  static constexpr Clock::duration kWarmUp = std::chrono::seconds(1);
  static constexpr Clock::duration kFade = kWarmUp / 2;
  static constexpr std::int64_t index_of(Clock::time_point moment) {
    return (moment - kStart) / kSpan;
  }
  static constexpr Clock::time_point begin_of(std::int64_t span) { return kStart + span * kSpan; }

  explicit SpanMattes(const MatteSettings& settings) : finishing_(settings) {}
  virtual ~SpanMattes() = default;
  /// As Matting::make(); pictures of a row, each later than the one before.
  Expected<void> make(ConstImageView picture, Clock::time_point now, Plane out);
  /// What is being made fails soon, and everything after it. Thread-safe.
  virtual void cancel() {}

 private:
  /// The picture's matte on the grid as `span` has it: the one that `now` is in or, from kFade
  /// before that, the next. The view holds until the next call for that span.
  virtual Expected<ConstPlane> seen(ConstImageView picture, Clock::time_point now,
                                    std::int64_t span) = 0;

  Matting finishing_;
  PlaneBuffer faded_;
};

/// Makes each span's mattes when its pictures come; in kWarmUp before a span those of two.
std::unique_ptr<SpanMattes> in_order(const MatteSettings& settings,
                                     std::unique_ptr<Segmenter> segmenter);

}  // namespace scrim
