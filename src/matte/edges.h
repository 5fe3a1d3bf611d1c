// Lays the matte's edge where the picture has one: hair, fingers, a headset's rim.
//
// A guided filter worked at a fraction of the size (He, Sun, "Fast Guided Filter", 2015): its
// coefficients are fitted on the grid, brought up to full size and applied to the full-size
// picture. Only near where the matte changes; elsewhere it is 0 or 255 as it was. Owns all its
// memory; allocates only when sizes change. Reentrant.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "image/image.h"
#include "image/kernels.h"
#include "matte/guided_fit.h"
#include "matte/levels.h"

namespace scrim {

class Edges {
 public:
  /// Fills `out`, of the picture's size, from `matte` on the grid; `luma` is the picture's on the
  /// grid, too. `levels` are applied on the way. Changes `matte`: what is nearly sure becomes so.
  void refine(ConstImageView picture, ConstPlane luma, Plane matte, Levels levels, Plane out);

 private:
  static constexpr std::size_t kCoefficients = GuidedFit::kCoefficients;
  /// Where the samples of a row lie between those of the grid's row.
  struct Places {
    std::vector<int> left;
    std::vector<float> share;  // of the sample to the right
  };
  /// Coefficients of one of the grid's rows at the picture's width: of U, V and b at half of it.
  struct WideRow {
    int grid_row = -1;
    std::array<std::vector<float>, kCoefficients> values;
  };

  void prepare(Size picture, Size grid);
  Rect find_active(ConstPlane matte);
  void widen(int grid_row, Levels levels, WideRow& out);
  void fill_row(ConstImageView picture, ConstPlane matte, Levels levels, int y, Plane out);
  void fill_active(ConstImageView picture, int y, const WideRow& above, const WideRow& below,
                   float share, int begin, int end, std::uint8_t* out);

  Size picture_, grid_;
  PlaneBuffer u_, v_;   // the picture's, on the grid
  PlaneBuffer active_;  // 255 near where the matte changes
  PlaneFilter spread_;
  Rect region_;    // of the grid, all that is active lies within
  GuidedFit fit_;  // of region_
  Places full_, half_;
  std::vector<int> starts_;      // by column of the grid: its first pixel, even
  std::array<WideRow, 2> wide_;  // the rows above and below the one in hand
  std::vector<float> chroma_;    // what U, V and b add to a row, at half its width
};

}  // namespace scrim
