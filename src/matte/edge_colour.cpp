// Colours are compared as (Y, U, V) of blocks of 2x2 pixels, in floats, without instruction sets of
// their own: the edge is a few hundred cells. Tested by tests/matte/edge_colour_test.cpp.
#include "matte/edge_colour.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/dispatch.h"

namespace scrim {
namespace {

constexpr int kCell = 8;       // pixels
constexpr int kRoom = 5;       // a matte at or below it: nobody
constexpr int kPerson = 242;   // at or above it: certainly a person
constexpr int kOpaque = 250;   // at or above it nothing is changed
constexpr int kEnough = 3;     // blocks, for a colour to be known
constexpr float kClear = 400;  // squared distance of colours from which on they tell all
constexpr float kNearby =
    400;  // squared distance from their line within which a pixel belongs to it

using Rows = std::array<const std::uint8_t*, kCell>;

/// Marks the columns of a row of cells where somebody may be, and where somebody may not.
SCRIM_CLONES void mark(const Rows& rows, int n, std::uint8_t* __restrict some,
                       std::uint8_t* __restrict lacking) {
  const auto [a, b, c, d, e, f, g, h] = rows;
  for (int x = 0; x < n; ++x) {
    const std::uint8_t high = std::max(std::max(std::max(a[x], b[x]), std::max(c[x], d[x])),
                                       std::max(std::max(e[x], f[x]), std::max(g[x], h[x])));
    const std::uint8_t low = std::min(std::min(std::min(a[x], b[x]), std::min(c[x], d[x])),
                                      std::min(std::min(e[x], f[x]), std::min(g[x], h[x])));
    some[x] = high > kRoom ? 255 : 0;
    lacking[x] = low < kOpaque ? 255 : 0;
  }
}

/// Calls `see` with the place of each mark; few cells are marked.
template <class See>
void for_each_mark(const std::vector<std::uint8_t>& marks, See see) {
  for (auto at = marks.begin(); (at = std::find(at, marks.end(), 1)) != marks.end(); ++at)
    see(static_cast<std::size_t>(at - marks.begin()));
}

bool any(const std::uint8_t* marks) {
  static_assert(kCell == sizeof(std::uint64_t));
  std::uint64_t eight;
  std::memcpy(&eight, marks, sizeof eight);
  return eight != 0;
}

/// The pixels of a block of 2x2, fewer at the picture's right and lower borders.
struct Block {
  int left, top, right, bottom;
  int count() const { return (right - left) * (bottom - top); }
};

Block block_at(int x, int y, ConstPlane plane) {
  return {2 * x, 2 * y, std::min(2 * x + 2, plane.width), std::min(2 * y + 2, plane.height)};
}

int mean(ConstPlane plane, const Block& block) {
  if (block.count() == 4) {
    const std::uint8_t *above = plane.row(block.top) + block.left, *below = above + plane.stride;
    return (above[0] + above[1] + below[0] + below[1] + 2) / 4;
  }
  int sum = 0;
  for (int y = block.top; y < block.bottom; ++y)
    for (int x = block.left; x < block.right; ++x) sum += plane.row(y)[x];
  return (sum + block.count() / 2) / block.count();
}

struct Extremes {
  int low, high;
};
Extremes extremes(ConstPlane plane, const Block& block) {
  const std::uint8_t *above = plane.row(block.top), *below = plane.row(block.bottom - 1);
  const int a = above[block.left], b = above[block.right - 1];
  const int c = below[block.left], d = below[block.right - 1];
  return {std::min(std::min(a, b), std::min(c, d)), std::max(std::max(a, b), std::max(c, d))};
}

std::uint8_t moved(int value, float by) {
  return static_cast<std::uint8_t>(std::clamp(static_cast<float>(value) + by + 0.5f, 0.0f, 255.0f));
}

/// The sum of a square of `side` samples, 4 or 8, whose corner is there.
template <int side>
int sum_square(ConstPlane plane, int left, int top) {
  int sum = 0;
  for (int y = top; y < top + side; ++y)
    for (int x = left; x < left + side; ++x) sum += plane.row(y)[x];
  return sum;
}

float square(float x) {
  return x * x;
}

}  // namespace

void EdgeColour::Sum::add(const Sum& other) {
  count += other.count;
  y += other.y;
  u += other.u;
  v += other.v;
}

void EdgeColour::prepare(Size picture) {
  if (picture == picture_) return;
  picture_ = picture;
  cells_ = {(picture.width + kCell - 1) / kCell, (picture.height + kCell - 1) / kCell};
  const std::size_t count = at(0, cells_.height);
  for (auto* line : {&some_, &lacking_})
    line->assign(static_cast<std::size_t>(kCell * cells_.width), 0);
  for (auto* marks : {&edge_, &wanted_}) marks->resize(count);
  sums_.resize(count);
  passages_.reserve(count);
}

/// Marks the cells whose matte is not all room nor all person.
void EdgeColour::find_edge(ConstPlane matte) {
  std::ranges::fill(wanted_, std::uint8_t{0});
  for (int y = 0; y < cells_.height; ++y) {
    Rows rows;
    for (int i = 0; i < kCell; ++i)
      rows[static_cast<std::size_t>(i)] = matte.row(std::min(kCell * y + i, matte.height - 1));
    mark(rows, matte.width, some_.data(), lacking_.data());
    for (int x = 0; x < cells_.width; ++x) {
      const bool passes = any(some_.data() + kCell * x) && any(lacking_.data() + kCell * x);
      edge_[at(x, y)] = passes;
      if (!passes) continue;
      for (int j = std::max(y - 1, 0); j < std::min(y + 2, cells_.height); ++j)
        for (int i = std::max(x - 1, 0); i < std::min(x + 2, cells_.width); ++i)
          wanted_[at(i, j)] = 1;
    }
  }
}

/// Cells beside the edge's are of one kind, and quickly done.
EdgeColour::Cell EdgeColour::sum_up(ConstImageView picture, ConstPlane matte, int x, int y) const {
  const int left = kCell * x, top = kCell * y;
  const bool whole = left + kCell <= picture_.width && top + kCell <= picture_.height;
  if (edge_[at(x, y)] || !whole) return sum_up_edge(picture, matte, x, y);
  constexpr int kBlocks = kCell / 2;
  const Sum sum{kBlocks * kBlocks, (sum_square<kCell>(picture.y, left, top) + 2) / 4,
                sum_square<kBlocks>(picture.u, left / 2, top / 2),
                sum_square<kBlocks>(picture.v, left / 2, top / 2)};
  return matte.row(top)[left] <= kRoom ? Cell{.room = sum} : Cell{.person = sum};
}

EdgeColour::Cell EdgeColour::sum_up_edge(ConstImageView picture, ConstPlane matte, int x,
                                         int y) const {
  Cell cell;
  constexpr int kBlocks = kCell / 2;
  for (int j = kBlocks * y; j < std::min(kBlocks * (y + 1), picture.u.height); ++j)
    for (int i = kBlocks * x; i < std::min(kBlocks * (x + 1), picture.u.width); ++i) {
      const Block block = block_at(i, j, matte);
      const auto [low, high] = extremes(matte, block);
      if (high > kRoom && low < kPerson) continue;
      (high <= kRoom ? cell.room : cell.person)
          .add({1, mean(picture.y, block), picture.u.row(j)[i], picture.v.row(j)[i]});
    }
  return cell;
}

/// What the cell and those around it know.
void EdgeColour::find_passage(int x, int y) {
  Cell near;
  for (int j = std::max(y - 1, 0); j < std::min(y + 2, cells_.height); ++j)
    for (int i = std::max(x - 1, 0); i < std::min(x + 2, cells_.width); ++i) {
      near.room.add(sums_[at(i, j)].room);
      near.person.add(sums_[at(i, j)].person);
    }
  if (near.room.count < kEnough || near.person.count < kEnough) return;
  Passage passage{x, y, {}, {}, 0, 0};
  const int rooms[] = {near.room.y, near.room.u, near.room.v};
  const int persons[] = {near.person.y, near.person.u, near.person.v};
  float length = 0;
  for (int c = 0; c < 3; ++c) {
    passage.room[c] = static_cast<float>(rooms[c]) / static_cast<float>(near.room.count);
    passage.way[c] =
        static_cast<float>(persons[c]) / static_cast<float>(near.person.count) - passage.room[c];
    length += square(passage.way[c]);
  }
  if (length < 1) return;
  passage.per_length = 1 / length;
  passage.trust = std::min(length / kClear, 1.0f);
  passages_.push_back(passage);
}

void EdgeColour::see(ConstImageView picture, ConstPlane matte) {
  prepare(picture.size());
  find_edge(matte);
  const auto width = static_cast<std::size_t>(cells_.width);
  for_each_mark(wanted_, [&](std::size_t cell) {
    sums_[cell] =
        sum_up(picture, matte, static_cast<int>(cell % width), static_cast<int>(cell / width));
  });
  passages_.clear();
  for_each_mark(edge_, [&](std::size_t cell) {
    find_passage(static_cast<int>(cell % width), static_cast<int>(cell / width));
  });
}

void EdgeColour::apply(ConstImageView picture, ConstPlane matte, Share share, ImageView out) const {
  constexpr int kBlocks = kCell / 2;
  for (const Passage& passage : passages_) {
    const int right = std::min(kBlocks * (passage.x + 1), out.u.width);
    const int bottom = std::min(kBlocks * (passage.y + 1), out.u.height);
    for (int y = kBlocks * passage.y; y < bottom; ++y)
      for (int x = kBlocks * passage.x; x < right; ++x)
        correct_block(passage, {picture, matte, share, out}, x, y);
  }
}

/// Pixels go by their own luma, all with the block's chroma; how far it is to be trusted is the
/// block's.
void EdgeColour::correct_block(const Passage& passage, const Task& task, int x, int y) {
  const auto& [picture, matte, share, out] = task;
  const auto& room = passage.room;
  const auto& way = passage.way;
  const Block block = block_at(x, y, matte);
  const auto [low, high] = extremes(matte, block);
  if (high <= kRoom || low >= kOpaque) return;
  const float blue = static_cast<float>(picture.u.row(y)[x]) - room[1];
  const float red = static_cast<float>(picture.v.row(y)[x]) - room[2];
  const float by_chroma = blue * way[1] + red * way[2];
  const auto place_of = [&](float light) {
    return std::clamp((light * way[0] + by_chroma) * passage.per_length, 0.0f, 1.0f);
  };
  const float light = static_cast<float>(mean(picture.y, block)) - room[0];
  const float place = place_of(light);
  const float off =
      square(light - place * way[0]) + square(blue - place * way[1]) + square(red - place * way[2]);
  if (off >= kNearby) return;
  const float trust = passage.trust * square(1 - off / kNearby);
  float steps = 0;
  for (int j = block.top; j < block.bottom; ++j)
    for (int i = block.left; i < block.right; ++i) {
      const int alpha = matte.row(j)[i];
      if (alpha <= kRoom || alpha >= kOpaque) continue;
      const float cover = static_cast<float>(alpha) / 255;
      const float shown = place_of(static_cast<float>(picture.y.row(j)[i]) - room[0]);
      const float lacking = trust * (1 - std::max(shown, cover));
      const float step = share == Share::kByMatte ? lacking * cover : lacking;
      out.y.row(j)[i] = moved(out.y.row(j)[i], step * way[0]);
      steps += step;
    }
  const float step = steps / static_cast<float>(block.count());
  out.u.row(y)[x] = moved(out.u.row(y)[x], step * way[1]);
  out.v.row(y)[x] = moved(out.v.row(y)[x], step * way[2]);
}

}  // namespace scrim
