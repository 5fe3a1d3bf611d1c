// Tested by tests/backgrounds/framing_test.cpp.
#include "backgrounds/framing.h"

#include <algorithm>
#include <cmath>

#include "image/convert.h"
#include "image/scale.h"

namespace scrim {
namespace {

/// One direction of a picture on its way to a place: even places keep chroma aligned.
struct Reach {
  int from, length;  // of the picture, in its own pixels
  int to, placed;    // of the output
};

int even(double value) {
  return static_cast<int>(std::lround(value / 2)) * 2;
}

/// `at` is where the picture, grown to `grown`, begins; only what lies within 0..room is placed.
Reach reach(int own, double grown, double at, int room) {
  const double scale = own / grown;
  const int first = std::clamp(even(at), 0, std::max(0, (room - 1) & ~1));
  const int last = std::clamp(static_cast<int>(std::lround(at + grown)), first + 1, room);
  const int from = std::clamp(even((first - at) * scale), 0, (own - 1) & ~1);
  const int end = static_cast<int>(std::lround((last - at) * scale));
  return {from, std::clamp(end, from + 1, own) - from, first, last - first};
}

void place(ConstImageView picture, double x, double y, double width, double height, ImageView out) {
  const Size own = picture.size();
  const Reach h = reach(own.width, width, x, out.size().width);
  const Reach v = reach(own.height, height, y, out.size().height);
  scale(crop(picture, {h.from, v.from, h.length, v.length}),
        crop(out, {h.to, v.to, h.placed, v.placed}));
}

/// The first tile that is seen begins at or before 0; all begin at even places.
int first_tile(int room, int tile, double share) {
  const int at = even((room - tile) * share);
  return at > 0 ? at - (at + tile - 1) / tile * tile : at % tile;
}

void lay_tiles(ConstImageView picture, const Framing& framing, ImageView out) {
  const Size room = out.size();
  const auto side = [&](int own) { return std::clamp(even(own * framing.zoom), 2, kMaxSide); };
  Image tile({side(picture.size().width), side(picture.size().height)});
  scale(picture, tile.view());
  const auto [width, height] = tile.size();
  const ConstImageView whole_tile = std::as_const(tile).view();
  for (int top = first_tile(room.height, height, framing.y); top < room.height; top += height)
    for (int left = first_tile(room.width, width, framing.x); left < room.width; left += width) {
      const Rect seen{std::max(0, -left), std::max(0, -top),
                      std::min(width, room.width - left) - std::max(0, -left),
                      std::min(height, room.height - top) - std::max(0, -top)};
      copy(crop(whole_tile, seen),
           crop(out, {std::max(0, left), std::max(0, top), seen.width, seen.height}));
    }
}

}  // namespace

Framing framing_of(const Spec& spec) {
  const auto named = std::ranges::find(kFits, text(spec, kFramingFit)) - std::begin(kFits);
  return {static_cast<Fit>(named), number(spec, kFramingX), number(spec, kFramingY),
          number(spec, kFramingZoom)};
}

void lay(ConstImageView picture, const Framing& framing, ImageView out) {
  if (framing == Framing{}) return scale_to_cover(picture, out);
  if (framing.fit == Fit::kTile) return lay_tiles(picture, framing, out);
  const double room_width = out.size().width, room_height = out.size().height;
  const double across = room_width / picture.size().width;
  const double down = room_height / picture.size().height;
  const double one = framing.fit == Fit::kCover ? std::max(across, down) : std::min(across, down);
  const bool stretched = framing.fit == Fit::kStretch;
  const double width = picture.size().width * framing.zoom * (stretched ? across : one);
  const double height = picture.size().height * framing.zoom * (stretched ? down : one);
  fill(out, Yuv{});
  place(picture, (room_width - width) * framing.x, (room_height - height) * framing.y, width,
        height, out);
}

}  // namespace scrim
