// Tested by tests/matte/person_box_test.cpp.
#include "matte/person_box.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace scrim {
namespace {

constexpr int kPerson = 128;        // a sample of a matte from which on it counts
constexpr double kSpeck = 0.02;     // of a side: fewer samples in a column or row are none
constexpr double kMargin = 0.12;    // of the person's longer side
constexpr double kDeadZone = 0.04;  // of the grid's width
constexpr int kSurveyEvery = 30;    // pictures

struct Interval {
  int begin = 0, end = 0;
};

/// From the first to behind the last entry that is at least `least`.
Interval extent(const std::vector<int>& counts, int least) {
  const auto enough = [least](int n) { return n >= least; };
  const auto first = std::find_if(counts.begin(), counts.end(), enough);
  const auto last = std::find_if(counts.rbegin(), counts.rend(), enough);
  if (first == counts.end()) return {};
  return {static_cast<int>(first - counts.begin()), static_cast<int>(counts.rend() - last)};
}

/// Grows [begin, end) to `wanted`, evenly where there is room in 0..limit.
Interval widened(Interval s, int wanted, int limit) {
  const int length = std::min(std::max(wanted, s.end - s.begin), limit);
  const int begin = std::clamp(s.begin - (length - (s.end - s.begin)) / 2, 0, limit - length);
  return {begin, begin + length};
}

Rect united(Rect a, Rect b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x,
          std::max(a.y + a.height, b.y + b.height) - y};
}

int furthest_edge(Rect a, Rect b) {
  return std::max({std::abs(a.x - b.x), std::abs(a.y - b.y),
                   std::abs(a.x + a.width - b.x - b.width),
                   std::abs(a.y + a.height - b.y - b.height)});
}

}  // namespace

void PersonBox::reset(Size grid) {
  grid_ = grid;
  box_ = whole(grid);
  pictures_ = 0;
  per_column_.resize(static_cast<std::size_t>(grid.width));
  per_row_.resize(static_cast<std::size_t>(grid.height));
}

Rect PersonBox::bounds(ConstPlane matte) {
  assert(matte.size() == grid_);
  std::ranges::fill(per_column_, 0);
  for (int y = 0; y < matte.height; ++y) {
    const std::uint8_t* row = matte.row(y);
    int in_row = 0;
    for (int x = 0; x < matte.width; ++x) {
      const int person = row[x] >= kPerson;
      per_column_[static_cast<std::size_t>(x)] += person;
      in_row += person;
    }
    per_row_[static_cast<std::size_t>(y)] = in_row;
  }
  const auto least = [](int side) { return std::max(1, static_cast<int>(kSpeck * side)); };
  const Interval x = extent(per_column_, least(grid_.height));
  const Interval y = extent(per_row_, least(grid_.width));
  return {x.begin, y.begin, x.end - x.begin, y.end - y.begin};
}

Rect PersonBox::grown(Rect r) const {
  if (r.width <= 0 || r.height <= 0) return whole(grid_);
  const int margin = static_cast<int>(kMargin * std::max(r.width, r.height));
  const Interval x{std::max(0, r.x - margin), std::min(grid_.width, r.x + r.width + margin)};
  const Interval y{std::max(0, r.y - margin), std::min(grid_.height, r.y + r.height + margin)};
  const int side = std::max(x.end - x.begin, y.end - y.begin);
  const Interval wide = widened(x, side, grid_.width), high = widened(y, side, grid_.height);
  return {wide.begin, high.begin, wide.end - wide.begin, high.end - high.begin};
}

void PersonBox::follow(ConstPlane matte) {
  ++pictures_;
  const Rect next = grown(bounds(matte));
  if (furthest_edge(next, box_) > kDeadZone * grid_.width) box_ = next;
}

bool PersonBox::survey_due() const {
  return pictures_ % kSurveyEvery == 0 && box_ != whole(grid_);
}

void PersonBox::include(ConstPlane matte) {
  const Rect seen = bounds(matte);
  if (seen.width > 0 && seen.height > 0) box_ = united(box_, grown(seen));
}

}  // namespace scrim
