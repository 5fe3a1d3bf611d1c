// Lays the matte's edge where the picture has one: hair, fingers, a headset's rim.
//
// A guided filter worked at a fraction of the size (He, Sun, "Fast Guided Filter", 2015): its
// coefficients are fitted on the grid, brought up to blocks of 2x2 pixels and applied to the
// pixels. Only near where the matte changes; elsewhere it is 0 or 255 as it was, or nearly. Owns
// all its memory; allocates only when sizes change. Reentrant.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "image/filter.h"
#include "image/image.h"
#include "matte/guided_fit.h"
#include "matte/levels.h"

namespace scrim {

/// How fine the grid of the fit is: kFine the matte's own; kQuick half of it, at a third of the
/// cost, and hardly worse.
enum class Detail { kQuick, kFine };

struct EdgeOptions {
  Levels levels;  // applied on the way
  Detail detail = Detail::kQuick;
};

class Edges {
 public:
  /// Fills `out`, of the picture's size, from `matte` on the grid; `luma` is the picture's on the
  /// grid, too.
  void refine(ConstImageView picture, ConstPlane luma, ConstPlane matte, EdgeOptions options,
              Plane out);

 private:
  static constexpr std::size_t kCoefficients = GuidedFit::kCoefficients;
  /// Coefficients of one of the grid's rows at the width of blocks of 2x2 pixels.
  struct WideRow {
    int grid_row = -1;
    std::array<std::vector<float>, kCoefficients> values;
    std::array<const float*, kCoefficients> pointers() const {
      return {values[0].data(), values[1].data(), values[2].data(), values[3].data()};
    }
  };
  /// Blocks begin..end of a row: all active, or all of one value.
  struct Run {
    int begin, end;
    bool active;
    std::uint8_t value;
  };

  void prepare(Size picture, Size grid);
  Rect find_active(ConstPlane matte, int reach);
  void widen(int grid_row, WideRow& out);
  void find_runs(int above, int below);
  void fill_rows(ConstImageView picture, int block_row, Plane out);

  Size picture_, grid_;
  Levels levels_{};
  PlaneBuffer y_, u_, v_, matte_;  // on the grid of the fit
  PlaneBuffer active_;             // 255 near where the matte changes
  PlaneFilter spread_;
  Rect region_;                      // of the grid, all that is active lies within
  GuidedFit fit_;                    // of region_
  std::vector<int> left_;            // by block: the grid's sample to the left
  std::vector<float> share_;         // by block: of the sample to the right
  std::vector<int> starts_;          // by column of the grid: its first block
  std::vector<float> line_;          // a row of the grid, all coefficients of a sample side by side
  std::array<WideRow, 2> wide_;      // the rows above and below the one in hand
  std::vector<float> slope_, base_;  // of the row in hand, by pixel
  std::vector<Run> runs_;
  int runs_row_ = -1;  // the grid's row they are of
};

}  // namespace scrim
