// Pictures and mattes into the AVFrames that encoders take. For the .cpp files of src/media alone.
// Reentrant; cannot fail.
#pragma once

#include "image/image.h"
#include "media/ffmpeg.h"

namespace scrim {

/// Fills `frame`, which is writable and of `picture`'s or `matte`'s size, or that made even:
/// GRAY8: the matte. YUV420P: the picture or, if that is empty, the matte as grey in limited range.
/// RGB24: the picture. RGBA, BGRA, YUVA420P: the picture with the matte as its transparency, black
/// where the matte is 0.
void fill_frame(ConstImageView picture, ConstPlane matte, AVFrame& frame);

}  // namespace scrim
