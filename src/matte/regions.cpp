// Tested by tests/matte/regions_test.cpp.
#include "matte/regions.h"

#include <algorithm>
#include <cstring>

#include "base/dispatch.h"

namespace scrim {
namespace {

SCRIM_CLONES void mark(const std::uint8_t* row, int low, int high, std::uint8_t* out, int n) {
  const auto least = static_cast<std::uint8_t>(low), most = static_cast<std::uint8_t>(high - 1);
  for (int x = 0; x < n; ++x) out[x] = (row[x] >= least && row[x] <= most) ? 255 : 0;
}

/// The first place from `x` on whose mark is not `value`; `n` if there is none.
int end_of_stretch(const std::uint8_t* marks, int x, int n, std::uint8_t value) {
  std::uint64_t same, eight;
  std::memset(&same, value, sizeof same);
  for (; x + 8 <= n; x += 8) {
    std::memcpy(&eight, marks + x, sizeof eight);
    if (eight != same) break;
  }
  while (x < n && marks[x] == value) ++x;
  return x;
}

}  // namespace

int Regions::root(int run) {
  const auto parent = [this](int i) -> int& { return runs_[static_cast<std::size_t>(i)].region; };
  while (parent(run) != run) {
    parent(run) = parent(parent(run));  // halves the path for next time
    run = parent(run);
  }
  return run;
}

void Regions::join(int a, int b) {
  const int ra = root(a), rb = root(b);
  runs_[static_cast<std::size_t>(std::max(ra, rb))].region = std::min(ra, rb);
}

void Regions::add_row(int y, int width) {
  for (int x = 0; x < width;) {
    const int begin = end_of_stretch(row_.data(), x, width, 0);
    x = end_of_stretch(row_.data(), begin, width, 255);
    if (x > begin) runs_.push_back({y, begin, x, static_cast<int>(runs_.size())});
  }
}

/// The runs of two rows; the upper ones end where the lower ones begin.
void Regions::join_rows(std::size_t above, std::size_t row) {
  for (std::size_t a = above, b = row; a < row && b < runs_.size();) {
    if (runs_[a].begin < runs_[b].end && runs_[b].begin < runs_[a].end)
      join(static_cast<int>(a), static_cast<int>(b));
    runs_[a].end < runs_[b].end ? ++a : ++b;
  }
}

void Regions::find(ConstPlane plane, int low, int high) {
  runs_.clear();
  runs_.reserve(most(plane.size()));
  row_.resize(static_cast<std::size_t>(plane.width));
  std::size_t above = 0;
  for (int y = 0; y < plane.height; ++y) {
    const std::size_t row = runs_.size();
    mark(plane.row(y), low, high, row_.data(), plane.width);
    add_row(y, plane.width);
    join_rows(above, row);
    above = row;
  }
  number();
}

/// Roots become 0, 1, 2, ...; a parent is never behind its child, so it has its number by then.
void Regions::number() {
  count_ = 0;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const auto parent = static_cast<std::size_t>(runs_[i].region);
    runs_[i].region = parent == i ? count_++ : runs_[parent].region;
  }
}

}  // namespace scrim
