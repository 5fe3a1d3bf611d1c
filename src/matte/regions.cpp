// Tested by tests/matte/regions_test.cpp.
#include "matte/regions.h"

#include <algorithm>

namespace scrim {

int Regions::root(int label) {
  auto& parents = parents_;
  while (parents[static_cast<std::size_t>(label)] != label) {
    int& parent = parents[static_cast<std::size_t>(label)];
    parent = parents[static_cast<std::size_t>(parent)];  // halves the path for next time
    label = parent;
  }
  return label;
}

void Regions::join(int a, int b) {
  const int ra = root(a), rb = root(b);
  parents_[static_cast<std::size_t>(std::max(ra, rb))] = std::min(ra, rb);
}

int Regions::label(int x, int y, bool left, bool above) {
  const int west = left ? at(x - 1, y) : 0;
  const int north = above ? at(x, y - 1) : 0;
  if (west && north && west != north) join(west, north);
  if (west || north) return west ? west : north;
  const int fresh = static_cast<int>(parents_.size());
  parents_.push_back(fresh);
  return fresh;
}

void Regions::find(ConstPlane plane, int low, int high) {
  width_ = plane.width;
  labels_.assign(static_cast<std::size_t>(plane.width) * static_cast<std::size_t>(plane.height), 0);
  parents_.reserve(most_numbers(plane.size()));
  parents_.assign(1, 0);
  for (int y = 0; y < plane.height; ++y) {
    const std::uint8_t* row = plane.row(y);
    for (int x = 0; x < plane.width; ++x)
      if (row[x] >= low && row[x] < high)
        labels_[static_cast<std::size_t>(y * width_ + x)] = label(x, y, x > 0, y > 0);
  }
  renumber();
}

/// Roots become 1, 2, 3, ...; a parent is never larger than its child, so it comes first.
void Regions::renumber() {
  count_ = 0;
  for (std::size_t i = 1; i < parents_.size(); ++i) {
    const auto parent = static_cast<std::size_t>(parents_[i]);
    parents_[i] = parent == i ? ++count_ : parents_[parent];
  }
  for (int& label : labels_) label = parents_[static_cast<std::size_t>(label)];
}

}  // namespace scrim
