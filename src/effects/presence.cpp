// Tested by tests/effects/person_test.cpp.
#include "effects/presence.h"

#include <algorithm>
#include <array>

#include "base/dispatch.h"

namespace scrim {
namespace {

/// Adds the row's bits to the columns'; whether it had any.
SCRIM_CLONES bool gather_bits(const std::uint8_t* row, std::uint8_t* columns, int n) {
  std::uint8_t any = 0;
  for (int x = 0; x < n; ++x) any |= row[x];
  if (any == 0) return false;
  for (int x = 0; x < n; ++x) columns[x] |= row[x];
  return true;
}

}  // namespace

Rect presence(ConstPlane matte, int grid) {
  std::array<std::uint8_t, kMaxSide> columns;
  std::fill_n(columns.begin(), matte.width, std::uint8_t{0});
  int top = matte.height, bottom = -1;
  for (int y = 0; y < matte.height; ++y)
    if (gather_bits(matte.row(y), columns.data(), matte.width)) {
      top = std::min(top, y);
      bottom = y;
    }
  if (bottom < 0) return {};
  int left = 0, right = matte.width - 1;
  while (columns[static_cast<std::size_t>(left)] == 0) ++left;
  while (columns[static_cast<std::size_t>(right)] == 0) --right;
  const int x = left / grid * grid, y = top / grid * grid;
  const auto end = [grid](int last, int side) { return std::min((last / grid + 1) * grid, side); };
  return {x, y, end(right, matte.width) - x, end(bottom, matte.height) - y};
}

}  // namespace scrim
