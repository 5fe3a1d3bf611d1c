// Where things lie in BodyPix's chain: which size its network is shown a picture in, and which
// samples of one step each sample of the next is made of.
//
// The arithmetic is that of `@tensorflow-models/body-pix` 2.x (util.ts) and of the TensorFlow.js
// operators under it (resizeBilinear, cropAndResize), in double as theirs, so that each sample
// comes from the same place. Reentrant. Tested by body_pix_geometry_test and, with the library
// itself, by tests/apps/body_pix.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "image/image.h"
#include "network/kernels.h"

namespace scrim {

/// low, medium, high, full or a number from 0.1 to 2: parts of the picture's own resolution.
std::optional<double> body_pix_resolution(std::string_view text);

/// The sides of the network's input: multiples of the stride, and one.
Size body_pix_input(Size picture, double resolution, int stride);

/// Black on both sides of a picture, which gives it the aspect of the network's input.
struct BodyPixPadding {
  int vertical = 0;    // rows above, and as many below
  int horizontal = 0;  // columns left, and as many right
};
BodyPixPadding body_pix_padding(Size picture, Size input);

/// For each of `count` input samples along a side: what of the `size` samples of the picture it
/// lies between, -1 standing for the black of `padding` on either end.
void place_in_picture(int size, int padding, int count, std::vector<Lerp>& out);

/// For each of `count` samples of the matte: what it lies between of the network's `input` samples
/// along that side, which are those of a picture of `size` samples with padding.
void place_in_input(int input, int size, int padding, int count, std::vector<Lerp>& out);

}  // namespace scrim
