// Geometry of pictures and planes: cropping, scaling, turning.
//
// Scaling keeps centres: place (x + 0.5) / width of one size is the same place of the other, so
// nothing shifts, whatever the sizes. Upwards it is bilinear, downwards a box or bilinear.
// Reentrant; no view may overlap another unless said; cannot fail.
#pragma once

#include "image/image.h"

namespace scrim {

/// The largest centred part of `from` that has the aspect of `to`; x and y are even, so that chroma
/// stays aligned; never empty.
Rect cover_crop(Size from, Size to);

/// The part inside `r`, which lies within the image and has even x and y.
ConstImageView crop(ConstImageView in, Rect r);
ImageView crop(ImageView in, Rect r);

/// Any size to any other.
void scale(ConstPlane in, Plane out);
void scale(ConstImageView in, ImageView out);

/// Fills `out`, cutting the overhang evenly.
void scale_to_cover(ConstImageView in, ImageView out);

/// Bilinear only, upwards or (aliasing beyond 2:1) downwards: smooth and quick, for mattes.
void scale_linear(ConstPlane in, Plane out);

/// Clockwise.
enum class Rotation { k0, k90, k180, k270 };

/// A size with its sides exchanged for 90 and 270 degrees.
Size turned(Size size, Rotation rotation);

/// `out` has the size of `in`, turned.
void rotate(ConstImageView in, Rotation rotation, ImageView out);

/// In place: left becomes right.
void mirror(ImageView image);
void mirror(Plane plane);

}  // namespace scrim
