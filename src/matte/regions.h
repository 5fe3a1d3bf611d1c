// Connected regions of a plane: which samples hang together, side by side or one above the other.
//
// Two passes over the plane with a union-find forest between them (Rosenfeld and Pfaltz,
// "Sequential operations in digital picture processing", 1966). Reentrant; allocates only when the
// plane grows.
#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"

namespace scrim {

class Regions {
 public:
  /// One more than there can be regions: room for a value for each number.
  static std::size_t most_numbers(Size size) {
    return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) / 2 + 2;
  }

  /// Splits the samples with low <= value < high into regions.
  void find(ConstPlane plane, int low, int high);

  /// The region of a sample, counted from 1; 0: in none.
  int at(int x, int y) const { return labels_[static_cast<std::size_t>(y * width_ + x)]; }
  /// Regions there are; their numbers go up to and with it.
  int count() const { return count_; }

 private:
  int label(int x, int y, bool left, bool above);
  int root(int label);
  void join(int a, int b);
  void renumber();

  int width_ = 0, count_ = 0;
  std::vector<int> labels_;   // by sample
  std::vector<int> parents_;  // by label; roots are their own
};

}  // namespace scrim
