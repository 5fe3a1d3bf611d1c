// Pull and push: means of known cells go down a pyramid until every cell knows something, then come
// back up where nothing was known (Gortler et al., "The Lumigraph", 1996, 3.4). All but the last
// step is done on 1/64 of the pixels. Tested by tests/effects/blur_test.cpp.
#include "effects/vacancy.h"

#include <algorithm>
#include <utility>

#include "effects/presence.h"
#include "image/kernels.h"
#include "image/scale.h"

namespace scrim {
namespace {

// Of 255, the mean of a cell: less is no colour that could be seen.
constexpr int kNothing = 1;

/// The largest of 3x3 cells; `line` is scratch of the same size.
void widen(Plane cells, Plane line) {
  const int last_x = cells.width - 1;
  const int last_y = cells.height - 1;
  for (int y = 0; y < cells.height; ++y)
    for (int x = 0; x < cells.width; ++x) {
      const std::uint8_t* row = cells.row(y);
      line.row(y)[x] = row[std::max(x - 1, 0)] | row[x] | row[std::min(x + 1, last_x)];
    }
  for (int y = 0; y < cells.height; ++y)
    for (int x = 0; x < cells.width; ++x)
      cells.row(y)[x] =
          line.row(std::max(y - 1, 0))[x] | line.row(y)[x] | line.row(std::min(y + 1, last_y))[x];
}

}  // namespace

Size Vacancy::grid(Size size) {
  return {(size.width + kCell - 1) / kCell, (size.height + kCell - 1) / kCell};
}

Vacancy::Vacancy(Size size, Role role) : role_(role) {
  if (role == Role::kPicture) return;
  const Size cells = grid(size);
  for (Size level = cells;; level = chroma_size(level)) {
    levels_.emplace_back(level);
    if (level == Size{1, 1}) break;
  }
  taken_ = PlaneBuffer(cells);
  line_ = PlaneBuffer(cells);
  quarter_ = PlaneBuffer({2 * cells.width, 2 * cells.height});
  filled_ = Image(size);
  mask_ = PlaneBuffer(size);
}

/// Which cells are to be filled, with one more around them; false: none, or all of them.
bool Vacancy::mark(ConstPlane matte) {
  const Plane taken = taken_.view();
  shrink(matte, taken);
  bool some = false;
  for (int y = 0; y < taken.height; ++y)
    for (int x = 0; x < taken.width; ++x) {
      std::uint8_t& cell = taken.row(y)[x];
      const int share = role_ == Role::kPerson ? 255 - cell : cell;
      cell = share > kNothing ? 255 : 0;
      some |= cell != 0;
    }
  if (!some) return false;
  if (role_ == Role::kBackground) widen(taken, line_.view());
  bool left = false;
  for (int y = 0; y < taken.height; ++y)
    for (int x = 0; x < taken.width; ++x) {
      const bool known = taken.row(y)[x] == 0;
      levels_[0].known.view().row(y)[x] = known;
      left |= known;
    }
  return left;
}

void Vacancy::gather(Level& fine, Level& coarse) {
  const Plane known = coarse.known.view();
  const Plane below = fine.known.view();
  for (int y = 0; y < known.height; ++y)
    for (int x = 0; x < known.width; ++x) {
      int count = 0;
      int sums[3] = {};
      for (int j = 2 * y; j < std::min(2 * y + 2, below.height); ++j)
        for (int i = 2 * x; i < std::min(2 * x + 2, below.width); ++i) {
          if (!below.row(j)[i]) continue;
          ++count;
          for (int c = 0; c < 3; ++c) sums[c] += fine.colours[c].view().row(j)[i];
        }
      known.row(y)[x] = count > 0;
      for (int c = 0; c < 3 && count; ++c)
        coarse.colours[c].view().row(y)[x] =
            static_cast<std::uint8_t>((sums[c] + count / 2) / count);
    }
}

/// Bilinear: three parts of the nearest coarse cell, one of the next, in each direction.
void Vacancy::spread(Level& coarse, Level& fine) {
  const Plane known = fine.known.view();
  const int last_x = coarse.known.view().width - 1;
  const int last_y = coarse.known.view().height - 1;
  for (int y = 0; y < known.height; ++y)
    for (int x = 0; x < known.width; ++x) {
      if (known.row(y)[x]) continue;
      const int beside_x = std::clamp(x / 2 + (x % 2 ? 1 : -1), 0, last_x);
      const int beside_y = std::clamp(y / 2 + (y % 2 ? 1 : -1), 0, last_y);
      for (int c = 0; c < 3; ++c) {
        const Plane from = coarse.colours[c].view();
        const int near = 3 * from.row(y / 2)[x / 2] + from.row(y / 2)[beside_x];
        const int far = 3 * from.row(beside_y)[x / 2] + from.row(beside_y)[beside_x];
        fine.colours[c].view().row(y)[x] = static_cast<std::uint8_t>((3 * near + far + 8) / 16);
      }
    }
}

PlaneBuffer* Vacancy::cells(Layer layer) {
  if (role_ == Role::kPicture || !mark(layer.matte)) return nullptr;
  const Plane planes[] = {layer.picture.y, layer.picture.u, layer.picture.v};
  for (int c = 0; c < 3; ++c) shrink(planes[c], levels_[0].colours[c].view());
  for (std::size_t i = 0; i + 1 < levels_.size(); ++i) gather(levels_[i], levels_[i + 1]);
  for (std::size_t i = levels_.size() - 1; i > 0; --i) spread(levels_[i], levels_[i - 1]);
  return levels_[0].colours;
}

void Vacancy::apply(Layer layer) {
  if (cells(layer)) fill_taken(layer.picture);
}

/// Only where cells are taken, if they fit the picture exactly, which all usual sizes do.
void Vacancy::fill_taken(ImageView picture) {
  const Size cells = taken_.size(), size = picture.size();
  Rect part = whole(cells), pixels = whole(size);
  if (size == Size{cells.width * kCell, cells.height * kCell}) {
    part = presence(taken_.view());
    const int x = std::max(part.x - 1, 0), y = std::max(part.y - 1, 0);
    part = {x, y, std::min(part.x + part.width + 1, cells.width) - x,
            std::min(part.y + part.height + 1, cells.height) - y};
    pixels = {part.x * kCell, part.y * kCell, part.width * kCell, part.height * kCell};
  }
  const ImageView filled = crop(filled_.view(), pixels), there = crop(picture, pixels);
  const Plane to[] = {filled.y, filled.u, filled.v};
  for (int c = 0; c < 3; ++c) scale_linear(levels_[0].colours[c].view().crop(part), to[c]);
  const Plane mask = mask_.view().crop(pixels);
  scale_linear(taken_.view().crop(part), mask);
  blend(filled, there, mask, there);
}

/// Exact quarters first, where there are any, are quicker than eighths at once.
void Vacancy::shrink(ConstPlane plane, Plane cells) {
  if (plane.width != cells.width * kCell || plane.height != cells.height * kCell)
    return scale(plane, cells);
  const Plane quarter = quarter_.view().crop({0, 0, 2 * cells.width, 2 * cells.height});
  scale(plane, quarter);
  scale(quarter, cells);
}

}  // namespace scrim
