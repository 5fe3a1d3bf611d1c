// Large square pixels: over everything (pixelate), or over the person or their face (mosaic).
// Tested by tests/effects/person_test.cpp.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/dispatch.h"
#include "effects/head.h"
#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/presence.h"
#include "effects/vacancy.h"
#include "image/kernels.h"
#include "image/scale.h"

namespace scrim {
namespace {

SCRIM_CLONES void add_row(const std::uint8_t* row, std::uint32_t* sums, int n) {
  for (int x = 0; x < n; ++x) sums[x] += row[x];
}

/// The same of samples that count as much as the square of their alpha, so that what the person and
/// the room share counts little; `step`: columns of alpha to one of the row.
template <int step>
inline void add_weighted_row(const std::uint8_t* __restrict row,
                             const std::uint8_t* __restrict alpha, std::uint32_t* __restrict sums,
                             std::uint32_t* __restrict weights, int n) {
  for (int x = 0; x < n; ++x) {
    const std::uint32_t a = alpha[step * x];
    const std::uint32_t weight = (a * a + 255) >> 8;
    sums[x] += row[x] * weight;
    weights[x] += weight;
  }
}
SCRIM_CLONES void add_luma_row(const std::uint8_t* row, const std::uint8_t* alpha,
                               std::uint32_t* sums, std::uint32_t* weights, int n) {
  add_weighted_row<1>(row, alpha, sums, weights, n);
}
SCRIM_CLONES void add_chroma_row(const std::uint8_t* row, const std::uint8_t* alpha,
                                 std::uint32_t* sums, std::uint32_t* weights, int n) {
  add_weighted_row<2>(row, alpha, sums, weights, n);
}

/// Each block becomes its mean. Blocks are even, so that chroma has whole ones.
class Blocks {
 public:
  Blocks(Size size, int side)
      : side_(std::max(side / 2 * 2, 2)),
        sums_(static_cast<std::size_t>(size.width)),
        weights_(sums_.size()) {}
  int side() const { return side_; }

  /// With alpha, the mean of what it says is there; blocks where nothing is have no colour of use.
  void apply(ImageView picture, ConstPlane alpha = {}) {
    apply(picture.y, side_, alpha, 1);
    apply(picture.u, side_ / 2, alpha, 2);
    apply(picture.v, side_ / 2, alpha, 2);
  }

 private:
  /// The last blocks of a row or column may be cut off: their means are of what there is.
  void apply(Plane plane, int side, ConstPlane alpha, int step) {
    const auto width = static_cast<std::size_t>(plane.width);
    for (int top = 0; top < plane.height; top += side) {
      const int rows = std::min(side, plane.height - top);
      std::fill_n(sums_.begin(), width, 0);
      std::fill_n(weights_.begin(), width, alpha.data ? 0 : rows);
      for (int y = top; y < top + rows; ++y) add(plane, y, alpha, step);
      write_means(plane.row(top), plane.width, side);
      for (int y = top + 1; y < top + rows; ++y) std::memcpy(plane.row(y), plane.row(top), width);
    }
  }

  void add(ConstPlane plane, int y, ConstPlane alpha, int step) {
    if (!alpha.data) return add_row(plane.row(y), sums_.data(), plane.width);
    const auto weigh = step == 1 ? add_luma_row : add_chroma_row;
    weigh(plane.row(y), alpha.row(step * y), sums_.data(), weights_.data(), plane.width);
  }

  void write_means(std::uint8_t* row, int width, int side) {
    for (int left = 0; left < width; left += side) {
      const int columns = std::min(side, width - left);
      std::uint64_t sum = 0, weight = 0;
      for (int x = left; x < left + columns; ++x) {
        sum += sums_[static_cast<std::size_t>(x)];
        weight += weights_[static_cast<std::size_t>(x)];
      }
      if (weight > 0)
        std::memset(row + left, static_cast<int>((sum + weight / 2) / weight),
                    static_cast<std::size_t>(columns));
    }
  }

  int side_;
  std::vector<std::uint32_t> sums_, weights_;  // of the columns of one row of blocks
};

class Pixelate : public Effect {
 public:
  Pixelate(const EffectRequest& request, int side)
      : vacancy_(request.size, request.role), blocks_(request.size, side) {}
  void apply(Layer layer, const Scene&) override {
    vacancy_.apply(layer);
    blocks_.apply(layer.picture);
  }
  bool steady() const override { return true; }

 private:
  Vacancy vacancy_;
  Blocks blocks_;
};

/// Works on the blocks that hold some of what is hidden. In the person chain the room has no part
/// in their means; over a finished picture the matte says where they are seen.
class Mosaic : public Effect {
 public:
  Mosaic(const EffectRequest& request, int side, bool face)
      : role_(request.role), face_(face), blocks_(request.size, side), head_(request.size) {
    if (face || role_ == Role::kPicture) original_ = Image(request.size);
    if (face) oval_ = Matte(request.size);
  }

  void apply(Layer layer, const Scene&) override {
    if (face_) draw_head(layer.matte);
    const ConstPlane mask = face_ ? oval_.view() : layer.matte;
    const Rect part = presence(mask, blocks_.side());
    if (part.width == 0) return;
    const ImageView picture = crop(layer.picture, part);
    const bool mixed = original_.size() == layer.picture.size();
    if (mixed) copy(picture, crop(original_.view(), part));
    if (role_ == Role::kPerson)
      blocks_.apply(picture, layer.matte.crop(part));
    else
      blocks_.apply(picture);
    if (mixed) blend(picture, crop(original_.view(), part), mask.crop(part), picture);
  }

 private:
  /// A matte of the head: an ellipse around its box, and more where its corners are hair.
  void draw_head(ConstPlane matte) {
    fill(oval_.view(), 0);
    const auto head = head_.find(matte);
    if (!head) return;
    const double rx = 0.62 * head->width, ry = 0.62 * head->height;
    const double cx = head->x + 0.5 * head->width, cy = head->y + 0.5 * head->height;
    const Plane oval = oval_.view();
    for (int y = std::max(0, static_cast<int>(cy - ry)); y < std::min<double>(oval.height, cy + ry);
         ++y) {
      const double dy = (y + 0.5 - cy) / ry;
      if (std::abs(dy) >= 1) continue;
      const double half = rx * std::sqrt(1 - dy * dy);
      const int first = std::clamp(static_cast<int>(std::lround(cx - half)), 0, oval.width);
      const int last = std::clamp(static_cast<int>(std::lround(cx + half)), first, oval.width);
      std::memset(oval.row(y) + first, 255, static_cast<std::size_t>(last - first));
    }
  }

  Role role_;
  bool face_;
  Blocks blocks_;
  HeadFinder head_;
  Image original_;
  Matte oval_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_pixelate(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Pixelate>(request,
                                    whole_at_720_lines(number(spec, kPixelateSize), request.size));
}

Expected<std::unique_ptr<Effect>> make_mosaic(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Mosaic>(request,
                                  whole_at_720_lines(number(spec, kMosaicSize), request.size),
                                  text(spec, kMosaicPart) == "face");
}

}  // namespace scrim
