// Tested by tests/pipeline/span_mattes_test.cpp.
#include "pipeline/span_mattes.h"

#include <utility>

#include "image/kernels.h"

namespace scrim {
namespace {

class InOrder : public SpanMattes {
 public:
  InOrder(const MatteSettings& settings, std::unique_ptr<Segmenter> segmenter)
      : SpanMattes(settings),
        segmenter_(std::move(segmenter)),
        present_{Matting(settings)},
        next_{Matting(settings)} {}

 private:
  struct Track {
    Matting matting;
    std::int64_t span = -1;  // whose mattes it makes; none yet
  };

  Expected<ConstPlane> seen(ConstImageView picture, Clock::time_point now,
                            std::int64_t span) override {
    if (span != index_of(now)) return coming_;
    if (present_.span != span) std::swap(present_, next_);
    auto seen = see(present_, picture, now, span);
    if (!seen || now < begin_of(span + 1) - kWarmUp) return seen;
    const auto coming = see(next_, picture, now, span + 1);
    if (!coming) return coming;
    coming_ = *coming;
    return seen;
  }

  Expected<ConstPlane> see(Track& track, ConstImageView picture, Clock::time_point now,
                           std::int64_t span) {
    if (track.span != span) track.matting.reset();
    track.span = span;
    return track.matting.see(picture, now, *segmenter_);
  }

  std::unique_ptr<Segmenter> segmenter_;
  Track present_, next_;
  ConstPlane coming_;  // what next_ saw last
};

}  // namespace

Expected<void> SpanMattes::make(ConstImageView picture, Clock::time_point now, Plane out) {
  const std::int64_t span = index_of(now);
  const Clock::duration left = begin_of(span + 1) - now;
  const auto present = seen(picture, now, span);
  if (!present) return std::unexpected(present.error());
  if (left > kFade) {
    finishing_.finish(picture, *present, out);
    return {};
  }
  const auto coming = seen(picture, now, span + 1);
  if (!coming) return std::unexpected(coming.error());
  if (faded_.size() != coming->size()) faded_ = PlaneBuffer(coming->size());
  copy(*coming, faded_.view());
  mix(*present, faded_.view(), static_cast<int>(256 * (kFade - left) / kFade));
  finishing_.finish(picture, std::as_const(faded_).view(), out);
  return {};
}

std::unique_ptr<SpanMattes> in_order(const MatteSettings& settings,
                                     std::unique_ptr<Segmenter> segmenter) {
  return std::make_unique<InOrder>(settings, std::move(segmenter));
}

}  // namespace scrim
