// Takes out of a matte what can be no person, and closes what can be no hole.
//
// Regions much smaller than the largest go, with their soft rims; small gaps that are enclosed by
// the person close; what lies well inside is solid; and if nothing of a person's size is left,
// nobody is there. Works on the small grid. Reentrant; allocates only when the grid grows.
#pragma once

#include <vector>

#include "image/filter.h"
#include "image/image.h"
#include "matte/regions.h"

namespace scrim {

class Cleaning {
 public:
  void apply(Plane matte);
  /// What is fainter than the rim of a region. In a still picture it is a mistake; in a moving one
  /// it may be a person who comes, and tells the edges where to look.
  void drop_faint(Plane matte);

 private:
  void drop_specks(Plane matte);
  void close_gaps(Plane matte);
  void make_solid(Plane matte);
  int& area_of(const Regions::Run& run) { return areas_[static_cast<std::size_t>(run.region)]; }

  Regions regions_;
  std::vector<int> areas_;  // by region
  PlaneBuffer core_;        // what lies well inside
  PlaneFilter filter_;
};

}  // namespace scrim
