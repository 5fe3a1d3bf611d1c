// Connected regions of a plane: which samples hang together, side by side or one above the other.
//
// Made of runs, the unbroken stretches of rows; runs of neighbouring rows are joined in a
// union-find forest (Rosenfeld and Pfaltz, "Sequential operations in digital picture processing",
// 1966). Cost: a glance at each sample, and a little per run, of which mattes have few. Reentrant;
// allocates only when the plane grows.
#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"

namespace scrim {

class Regions {
 public:
  /// Samples begin..end of a row, and the number of their region, from 0 on.
  struct Run {
    int y, begin, end;
    int region;
  };

  /// The most runs, and so regions, there can be.
  static std::size_t most(Size size) {
    return static_cast<std::size_t>((size.width + 1) / 2) * static_cast<std::size_t>(size.height);
  }

  /// Splits the samples with low <= value < high into regions.
  void find(ConstPlane plane, int low, int high);

  /// From top to bottom, each row from left to right.
  const std::vector<Run>& runs() const { return runs_; }
  /// Regions there are.
  int count() const { return count_; }

 private:
  void add_row(int y, int width);
  void join_rows(std::size_t above, std::size_t row);
  int root(int run);
  void join(int a, int b);
  void number();

  int count_ = 0;
  std::vector<Run> runs_;          // `region` is the parent until number()
  std::vector<std::uint8_t> row_;  // 255 for the samples in hand that belong to regions
};

}  // namespace scrim
