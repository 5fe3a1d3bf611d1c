// How a picture of any size is laid into the background: options that image, video and slides
// share. Reentrant.
#pragma once

#include <span>

#include "base/spec.h"
#include "image/image.h"

namespace scrim {

enum class Fit { kCover, kContain, kStretch, kTile };

struct Framing {
  Fit fit = Fit::kCover;
  double x = 0.5, y = 0.5;  // 0: its left or upper side is seen, 1: the other
  double zoom = 1;

  bool operator==(const Framing&) const = default;
};

inline constexpr std::string_view kFits[] = {"cover", "contain", "stretch", "tile"};
inline constexpr Option kFramingFit{"fit",
                                    "cover (cut to fit), contain (all of it), stretch, tile",
                                    Option::Type::kChoice,
                                    "cover",
                                    0,
                                    0,
                                    kFits};
inline constexpr Option kFramingX{
    "x", "which part is seen: 0 left, 1 right", Option::Type::kNumber, "0.5", 0, 1};
inline constexpr Option kFramingY{"y", "the same: 0 top, 1 bottom", Option::Type::kNumber, "0.5", 0,
                                  1};
inline constexpr Option kFramingZoom{
    "zoom", "how many times as large", Option::Type::kNumber, "1", 0.1, 10};
inline constexpr Option kFramingOptions[] = {kFramingFit, kFramingX, kFramingY, kFramingZoom};

/// The Spec passed check() with kFramingOptions.
Framing framing_of(const Spec& spec);

/// Lays `picture` into `out`; black where it doesn't reach.
void lay(ConstImageView picture, const Framing& framing, ImageView out);

}  // namespace scrim
