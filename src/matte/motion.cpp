// In 16-bit integers throughout: sums instead of means, and thresholds in the sums' unit. Tested by
// tests/matte/motion_test.cpp.
#include "matte/motion.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr int kMargin = 3;                     // the larger window's radius
constexpr double kUnit = 3 * 3 * 7 * 7 / 2.0;  // of activity, one level of luma (halved to fit)
constexpr int kFullMotion = static_cast<int>(7.65 * kUnit);  // levels of luma above the noise
constexpr double kCut = 30.6;                                // levels of luma, on average
constexpr int kBinShift = 4;  // a fourteenth of a level is fine enough for a threshold
constexpr int kSparse = 2;    // the median needs not every sample

std::size_t count_of(Size size) {
  return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

/// Remembers the row; gives the sum of magnitudes.
SCRIM_CLONES int take_differences(const std::uint8_t* now, std::uint8_t* last, std::int16_t* out,
                                  int n) {
  int sum = 0;
  for (int x = 0; x < n; ++x) {
    const auto difference = static_cast<std::int16_t>(now[x] - last[x]);
    out[x] = difference;
    sum += std::abs(difference);
    last[x] = now[x];
  }
  return sum;
}

SCRIM_CLONES void add_three(const std::int16_t* a, const std::int16_t* b, const std::int16_t* c,
                            std::int16_t* out, int n) {
  for (int x = 0; x < n; ++x) out[x] = static_cast<std::int16_t>(a[x] + b[x] + c[x]);
}

/// out[x]: the magnitude of in[x - 1] + in[x] + in[x + 1].
SCRIM_CLONES void magnitude_of_three(const std::int16_t* in, std::uint16_t* out, int n) {
  for (int x = 0; x < n; ++x) {
    const auto sum = static_cast<std::int16_t>(in[x - 1] + in[x] + in[x + 1]);
    out[x] = static_cast<std::uint16_t>(sum < 0 ? -sum : sum);
  }
}

/// out[x]: half of in[x - 3] + ... + in[x + 3].
SCRIM_CLONES void half_of_seven(const std::uint16_t* in, std::uint16_t* out, int n) {
  for (int x = 0; x < n; ++x) {
    const auto sum = static_cast<std::uint16_t>(in[x - 3] + in[x - 2] + in[x - 1] + in[x] +
                                                in[x + 1] + in[x + 2] + in[x + 3]);
    out[x] = static_cast<std::uint16_t>(sum >> 1);
  }
}

SCRIM_CLONES void add_seven(const std::array<const std::uint16_t*, 7>& in, std::uint16_t* out,
                            int n) {
  const std::uint16_t *a = in[0], *b = in[1], *c = in[2], *d = in[3], *e = in[4], *f = in[5],
                      *g = in[6];
  for (int x = 0; x < n; ++x)
    out[x] = static_cast<std::uint16_t>(a[x] + b[x] + c[x] + d[x] + e[x] + f[x] + g[x]);
}

SCRIM_CLONES void weigh_row(const std::uint16_t* activity, std::uint16_t noise, std::uint8_t* out,
                            int n) {
  constexpr std::uint32_t kScale = (255U * 65536 + kFullMotion - 1) / kFullMotion;
  static_assert(kScale < 65536);
  for (int x = 0; x < n; ++x) {
    const auto over = static_cast<std::uint16_t>(activity[x] > noise ? activity[x] - noise : 0);
    const auto bounded = over < kFullMotion ? over : static_cast<std::uint16_t>(kFullMotion);
    out[x] = static_cast<std::uint8_t>((bounded * kScale) >> 16);
  }
}

/// Repeats the first and the last of `n` values `margin` times; `line` begins at the first.
template <class T>
void repeat_ends(T* line, int n, int margin) {
  std::fill_n(line - margin, margin, line[0]);
  std::fill_n(line + n, margin, line[n - 1]);
}

}  // namespace

void Motion::prepare(Size size) {
  if (last_.size() == size) return;
  last_ = PlaneBuffer(size);
  weights_ = PlaneBuffer(size);
  differences_.resize(count_of(size));
  magnitudes_.resize(count_of(size));
  activity_.resize(count_of(size));
  line_.resize(static_cast<std::size_t>(size.width + 2 * kMargin));
  wide_line_.resize(line_.size());
  seen_ = false;
}

void Motion::see(ConstPlane luma) {
  prepare(luma.size());
  std::int64_t sum = 0;
  for (int y = 0; y < luma.height; ++y)
    sum +=
        take_differences(luma.row(y), last_.view().row(y), differences_.data() + at(y), luma.width);
  cut_ = seen_ && static_cast<double>(sum) > kCut * static_cast<double>(count_of(luma.size()));
  if (seen_)
    weigh();
  else
    fill(weights_.view(), 0);
  seen_ = true;
}

/// From differences to weights.
void Motion::weigh() {
  const auto [width, height] = last_.size();
  const auto clamped = [this, bottom = height - 1](int y) { return at(std::clamp(y, 0, bottom)); };
  std::int16_t* line = line_.data() + kMargin;
  std::uint16_t* wide = wide_line_.data() + kMargin;
  for (int y = 0; y < height; ++y) {
    const std::int16_t* rows = differences_.data();
    add_three(rows + clamped(y - 1), rows + at(y), rows + clamped(y + 1), line, width);
    repeat_ends(line, width, 1);
    magnitude_of_three(line, wide, width);
    repeat_ends(wide, width, kMargin);
    half_of_seven(wide, magnitudes_.data() + at(y), width);
  }
  for (int y = 0; y < height; ++y) {
    std::array<const std::uint16_t*, 7> rows;
    for (int i = 0; i < 7; ++i)
      rows[static_cast<std::size_t>(i)] = magnitudes_.data() + clamped(y + i - 3);
    add_seven(rows, activity_.data() + at(y), width);
  }
  const auto noise = static_cast<std::uint16_t>(std::min(median() * 3 / 2, 65535));
  for (int y = 0; y < height; ++y)
    weigh_row(activity_.data() + at(y), noise, weights_.view().row(y), width);
}

/// Of activity, rounded down to a bin.
int Motion::median() const {
  std::array<int, (65536 >> kBinShift)> histogram{};
  int count = 0;
  for (int y = 0; y < last_.size().height; y += kSparse)
    for (int x = 0; x < last_.size().width; x += kSparse, ++count)
      ++histogram[static_cast<std::size_t>(activity_[static_cast<std::size_t>(at(y) + x)] >>
                                           kBinShift)];
  int seen = 0, bin = 0;
  while (seen + histogram[static_cast<std::size_t>(bin)] <= count / 2)
    seen += histogram[static_cast<std::size_t>(bin++)];
  return bin << kBinShift;
}

}  // namespace scrim
