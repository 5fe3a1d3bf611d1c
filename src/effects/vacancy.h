// What an effect that mixes neighbours needs first: a picture without those whose colours must not
// spread. In the background chain the person is taken out, so that none of them shines beside
// themselves once the room is blurred; in the person chain the room is, so that it does not leak
// into the person. Their place is filled with what is around it.
//
// Works on cells of 8x8 pixels, so it is for effects that leave no detail near an edge. Reentrant;
// allocates nothing after it was made.
#pragma once

#include <cstdint>
#include <vector>

#include "effects/effect.h"
#include "image/image.h"

namespace scrim {

class Vacancy {
 public:
  static constexpr int kCell = 8;
  /// How many cells a picture of that size has.
  static Size grid(Size size);

  /// Role::kPicture: there is nothing to take out, and no memory taken.
  Vacancy(Size size, Role role);
  void apply(Layer layer);
  /// Only the cells: Y, U and V, each a mean of kCell luma pixels each way, filled. For effects
  /// that leave nothing smaller, and may change them. Null: nothing has to be taken out, or all of
  /// it.
  PlaneBuffer* cells(Layer layer);

 private:
  /// Mean colours of cells; where `known` is 0 they are yet to be found.
  struct Level {
    explicit Level(Size size)
        : colours{PlaneBuffer(size), PlaneBuffer(size), PlaneBuffer(size)}, known(size) {}
    PlaneBuffer colours[3];
    PlaneBuffer known;
  };
  static void gather(Level& fine, Level& coarse);
  static void spread(Level& coarse, Level& fine);
  bool mark(ConstPlane matte);
  void fill_taken(ImageView picture);
  void shrink(ConstPlane plane, Plane cells);

  Role role_;
  std::vector<Level> levels_;  // each half the size of the one before
  PlaneBuffer taken_;          // 255: to be filled; cells
  PlaneBuffer line_;           // scratch of mark()
  PlaneBuffer quarter_;        // scratch of shrink()
  Image filled_;
  PlaneBuffer mask_;
};

}  // namespace scrim
