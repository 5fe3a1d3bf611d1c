// Tested by tests/sources/span_test.cpp.
#include "sources/span.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace scrim {
namespace {

Clock::duration duration_of(double seconds) {
  return std::chrono::round<Clock::duration>(Seconds(seconds));
}

std::unexpected<Error> fail_ended() {
  return fail(Errc::kEndOfStream, "the end of the part asked for");
}

}  // namespace

Span::Span(std::unique_ptr<Source> whole, double from_seconds, std::optional<double> to_seconds)
    : whole_(std::move(whole)),
      from_(duration_of(from_seconds)),
      to_(to_seconds.transform(duration_of)) {}

std::optional<double> Span::length() const {
  auto end = whole_->length();
  if (to_) end = std::min(end.value_or(kLongestTime), Seconds(*to_).count());
  return end.transform([this](double s) { return std::max(s - Seconds(from_).count(), 0.0); });
}

Expected<Clock::time_point> Span::read(ImageView out) {
  while (true) {
    auto captured = whole_->read(out);
    if (!captured) {
      // Live, a camera may be silent for long; the end comes all the same.
      const bool silent = captured.error().code == Errc::kTimeout && to_ && first_;
      if (silent && Clock::now() - *first_ >= *to_) return fail_ended();
      return captured;
    }
    if (!first_) first_ = *captured;
    const Clock::duration since = *captured - *first_;
    if (to_ && since >= *to_) return fail_ended();
    if (since >= from_) return *captured - from_;
  }
}

Expected<bool> Span::seek(Clock::time_point moment) {
  auto sought = whole_->seek(moment + from_);
  if (sought && *sought) first_ = kStart;
  return sought;
}

}  // namespace scrim
