// Tested by tests/matte/both_ways_test.cpp.
#include "matte/both_ways.h"

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr float kLeastSure = .1F;  // what a matte of one half weighs

SCRIM_CLONES void add_row(const std::uint8_t* matte, float* sum, float* weight,
                          const float* reached, int n) {
  for (int x = 0; x < n; ++x) {
    const auto value = static_cast<float>(matte[x]);
    const float sure = value * (2 / 255.F) - 1;
    const float counts = reached[x] * (kLeastSure + (1 - kLeastSure) * sure * sure);
    sum[x] += counts * value;
    weight[x] += counts;
  }
}

/// What is left of the way to a picture beyond one that moved so.
SCRIM_CLONES void reach_row(const std::uint8_t* moving, float strength, float* reached, int n) {
  for (int x = 0; x < n; ++x)
    reached[x] *= strength * static_cast<float>(255 - moving[x]) * (1 / 255.F);
}

SCRIM_CLONES void divide_row(const float* sum, const float* weight, std::uint8_t* out, int n) {
  for (int x = 0; x < n; ++x) out[x] = static_cast<std::uint8_t>(sum[x] / weight[x] + .5F);
}

}  // namespace

/// The pictures on one side.
void BothWays::add(std::span<const Glance> row, std::size_t at, int y, int step) {
  const int width = row[at].matte.width;
  reached_.assign(static_cast<std::size_t>(width), 1);
  for (std::size_t i = 1; i <= kReach; ++i) {
    const std::size_t other = step > 0 ? at + i : at - i;  // wraps where there is none
    if (other >= row.size()) return;
    reach_row(row[step > 0 ? other : other + 1].moving.row(y), strength_, reached_.data(), width);
    add_row(row[other].matte.row(y), sum_.data(), weight_.data(), reached_.data(), width);
  }
}

void BothWays::steady(std::span<const Glance> row, std::size_t at, Plane out) {
  const auto width = static_cast<std::size_t>(out.width);
  for (int y = 0; y < out.height; ++y) {
    sum_.assign(width, 0);
    weight_.assign(width, 0);
    reached_.assign(width, 1);
    add_row(row[at].matte.row(y), sum_.data(), weight_.data(), reached_.data(), out.width);
    add(row, at, y, 1);
    add(row, at, y, -1);
    divide_row(sum_.data(), weight_.data(), out.row(y), out.width);
  }
}

}  // namespace scrim
