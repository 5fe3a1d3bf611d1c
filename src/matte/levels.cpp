// Tested by tests/matte/levels_test.cpp.
#include "matte/levels.h"

#include <algorithm>
#include <cassert>

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr int kFraction = 8;  // bits

SCRIM_CLONES void stretch_row(std::uint8_t* row, int width, int low, int scale) {
  for (int x = 0; x < width; ++x) {
    const int stretched = ((row[x] - low) * scale + (1 << (kFraction - 1))) >> kFraction;
    row[x] = static_cast<std::uint8_t>(std::clamp(stretched, 0, 255));
  }
}

}  // namespace

void apply(Levels levels, Plane matte) {
  assert(levels.low < levels.high);
  const int range = levels.high - levels.low;
  const int scale = ((255 << kFraction) + range - 1) / range;  // rounded up: `high` gives 255
  for (int y = 0; y < matte.height; ++y) stretch_row(matte.row(y), matte.width, levels.low, scale);
}

}  // namespace scrim
