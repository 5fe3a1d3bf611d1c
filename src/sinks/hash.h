// A 64-bit name for the visible samples of a picture: the same picture, the same hash, on every
// machine. Reentrant.
#pragma once

#include <cstdint>

#include "image/image.h"

namespace scrim {

/// Over Y, then U, then V, row by row, without the padding.
std::uint64_t hash_of(ConstImageView picture);

}  // namespace scrim
