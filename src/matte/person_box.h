// Where the network should look: a box around the person of the last matte. A person who fills the
// network's input is seen at a finer scale, which gains more than any other step.
//
// Works on a small grid over the picture. The box is the mattes' bounding box without specks, grown
// by a margin and widened towards a square; it stays while the person moves little, since the
// network answers differently for every crop. Nobody found: the whole grid. Reentrant; allocates
// nothing after reset().
#pragma once

#include <vector>

#include "image/image.h"

namespace scrim {

class PersonBox {
 public:
  /// Starts anew on a grid of this size: the whole of it.
  void reset(Size grid);
  Rect box() const { return box_; }

  /// Moves to the person of `matte`, which covers the grid. Call once per picture.
  void follow(ConstPlane matte);
  /// Whether it is time to look at the whole picture, for who came in outside the box.
  bool survey_due() const;
  /// Widens the box to who else is in `matte`, seen by that look.
  void include(ConstPlane matte);

 private:
  Rect bounds(ConstPlane matte);
  Rect grown(Rect bounds) const;

  Size grid_;
  Rect box_;
  int pictures_ = 0;
  std::vector<int> per_column_, per_row_;  // person samples
};

}  // namespace scrim
