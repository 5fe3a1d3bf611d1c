// Stretches a region of a picture to a network's input: area-averaged where it shrinks, bilinear
// where it grows, as RGB floats.
//
// Each plane is averaged by itself, chroma at its own resolution, and only the result is turned
// into RGB (BT.601, limited range): no full-size RGB picture ever exists. Owns tables and row
// buffers for its size; sample() takes no memory unless a wider picture than ever before comes
// along. Reentrant.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "image/image.h"

namespace scrim {

/// For each output place along one side: the inputs it is made of. All have `taps` weights, which
/// add up to 256; unused ones are zero, and may lie beyond the input's end. `taps` and the number
/// of places are rounded up to multiples of four.
struct Taps {
  int taps = 0;
  int last = 0;  // inputs from here on have no weight
  std::vector<int> firsts;
  std::vector<std::uint16_t> weights;
};

/// Outputs `i` of `count` cover start + [i, i + 1) * length / count of `size` inputs.
void make_taps(double start, double length, int size, int count, Taps& out);

class Sampler {
 public:
  /// `low` and `high`: what black and white become.
  Sampler(Size size, float low, float high);

  /// Writes size().width * size().height RGB triples. `region` lies within `picture`, not empty.
  void sample(ConstImageView picture, Rect region, std::span<float> out);

 private:
  struct Channel {
    Taps right, down;
    std::vector<float> right_weights;  // of Taps, as the inner loop wants them
    std::vector<float> columns;        // one row of inputs, 256 times too large
    std::vector<float> row;            // one output row, 0..255
  };
  void prepare(ConstPlane plane, Rect region, double part, Channel& channel) const;
  static void sample_row(ConstPlane plane, int y, Channel& channel);

  Size size_;
  float low_, high_;
  Channel y_, u_, v_;
};

}  // namespace scrim
