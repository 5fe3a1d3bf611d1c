#include "sources/pattern.h"

#include <algorithm>
#include <cmath>

#include "sources/kinds.h"
#include "sources/metronome.h"

namespace scrim {
namespace {

constexpr double kCrossingSeconds = 4;

/// The even coordinate nearest below part/parts of `length`.
int even_share(int length, int part, int parts) {
  return part == parts ? length : length * part / parts / 2 * 2;
}

Rect chroma_rect(Rect r) {
  return {r.x / 2, r.y / 2, half_up(r.width), half_up(r.height)};
}

void fill_rect(ImageView out, Rect r, Yuv colour) {
  fill(out.y.crop(r), colour.y);
  fill(out.u.crop(chroma_rect(r)), colour.u);
  fill(out.v.crop(chroma_rect(r)), colour.v);
}

Rect field(Size size) {
  const int top = even_share(size.height, 3, 4);
  return {0, top, size.width, size.height - top};
}

void draw_ramp(ImageView out, Rect r) {
  fill_rect(out, r, {16, 128, 128});
  for (int y = r.y; y < r.y + r.height; ++y)
    for (int x = 0; x < r.width; ++x) out.y.row(y)[x] = pattern_ramp_luma(r.width, x);
}

class PatternSource final : public Source {
 public:
  PatternSource(Size size, Metronome metronome) : size_(size), metronome_(metronome) {}
  Size size() const override { return size_; }
  double fps() const override { return metronome_.fps(); }
  Expected<Clock::time_point> read(ImageView out) override {
    auto moment = metronome_.next();
    if (moment) draw_pattern(metronome_.seconds(), out);
    return moment;
  }
  Expected<bool> seek(Clock::time_point moment) override { return metronome_.seek(moment); }

 private:
  Size size_;
  Metronome metronome_;
};

}  // namespace

Rect pattern_bar(Size size, int bar) {
  const int bars = static_cast<int>(kPatternBars.size());
  const int left = even_share(size.width, bar, bars);
  return {left, 0, even_share(size.width, bar + 1, bars) - left, even_share(size.height, 1, 2)};
}

Rect pattern_ramp(Size size) {
  const int top = even_share(size.height, 1, 2);
  return {0, top, size.width, even_share(size.height, 3, 4) - top};
}

Rect pattern_box(Size size, double seconds) {
  const Rect around = field(size);
  const int side = std::min(around.height, around.width) / 2;
  const double turns = seconds / kCrossingSeconds;
  const double way = (around.width - side) * (turns - std::floor(turns));
  return {static_cast<int>(way) / 2 * 2, around.y, side, side};
}

std::uint8_t pattern_ramp_luma(int width, int x) {
  return static_cast<std::uint8_t>(16 + (width > 1 ? 219 * x / (width - 1) : 0));
}

void draw_pattern(double seconds, ImageView out) {
  const Size size = out.size();
  for (int bar = 0; bar < static_cast<int>(kPatternBars.size()); ++bar)
    fill_rect(out, pattern_bar(size, bar), kPatternBars[static_cast<std::size_t>(bar)]);
  draw_ramp(out, pattern_ramp(size));
  fill_rect(out, field(size), kPatternField);
  fill_rect(out, pattern_box(size, seconds), kPatternBox);
}

OpenedSource open_pattern(const Spec& spec, const SourceRequest& request) {
  const Metronome metronome(request.fps, request.pacing, number(spec, kSecondsOption));
  return std::make_unique<PatternSource>(request.size.value_or(kDrawnSize), metronome);
}

}  // namespace scrim
