// The person's own colour where the matte is soft: a camera's pixel there has some of the room in
// it, which before another background is a rim of the wrong colour on hair and shoulders.
//
// Person and room are averaged around each place, each from where it is sure to be alone (as in
// Forte, "Approximate Fast Foreground Colour Estimation", 2021). From a pixel as much of the room
// is taken as the matte says, but no more than its colour shows on the way from one to the other: a
// matte that doubts the middle of a sleeve must not paint it. Averages are over windows of two
// sizes, of which the larger counts where the smaller finds nothing. Works in the soft band only.
//
// Owns its memory, made once for a size; allocates nothing later. Reentrant. Cannot fail.
#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"
#include "image/kernels.h"

namespace scrim {

class EdgeColour {
 public:
  EdgeColour() = default;
  explicit EdgeColour(Size size);

  /// A place between a cell and the next, `share` of the way.
  struct Between {
    int cell;
    float share;
  };

  /// Looks at a camera's picture and its matte. The next two calls are about these.
  void look(ConstImageView camera, ConstPlane matte);
  /// `person` is the camera's picture: takes the room out of its soft parts.
  void clean(ConstImageView camera, ConstPlane matte, ImageView person) const;
  /// `out` is the camera's picture blended over something by `matte`: makes it what the clean
  /// person would have given.
  void clean_blended(ConstImageView camera, ConstPlane matte, ImageView out) const;

 private:
  /// Of a cell: person's and room's weight, and three sums of colours after each.
  static constexpr int kChannels = 8;
  enum class Target { kAlone, kBlended };

  void sum_up();
  void find_soft(int radius);
  void average(int x, int y);
  template <Target target>
  void correct(ConstImageView camera, ConstPlane matte, ImageView out) const;
  template <Target target>
  void correct_block(ConstImageView camera, ConstPlane matte, int x, int y, Between down,
                     ImageView out) const;
  std::ptrdiff_t at(int x, int y) const;
  bool soft(int x, int y) const;

  Size size_, grid_;
  std::vector<int> pixels_, chroma_;  // two columns of each cell
  std::vector<int> starts_;           // by column of cells: its first block
  std::vector<Between> places_;       // by block of 2x2 pixels
  PlaneBuffer y_, u_, v_, alpha_;     // samples of the cells
  PlaneBuffer least_, most_;          // of alpha around a cell
  PlaneFilter filter_;
  std::vector<std::int32_t> rows_, sums_;  // by cell and channel, with a margin around the grid
  std::vector<float> colours_;             // by cell: person's Y, U, V, 0, room's Y, U, V, 0
};

}  // namespace scrim
