// Finds the person in a picture. Kinds stand in the table in segmenters.cpp.
//
// A Segmenter is stateless between calls (time, smoothing and cropping belong to Matting): the same
// picture and region give the same probabilities. Reentrant. It keeps no view after a call.
#pragma once

#include <memory>
#include <span>

#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"

namespace scrim {

class Segmenter {
 public:
  virtual ~Segmenter() = default;
  /// The size of the planes that segment() fills for pictures of this size.
  virtual Size matte_size(Size picture) const = 0;
  /// Looks at `region` of `picture` (within it, stretched to the network's input) and writes each
  /// place's probability of being person, 0..255, into `out` (of matte_size()). Takes memory only
  /// for the first picture of a size.
  virtual Expected<void> segment(ConstImageView picture, Rect region, Plane out) = 0;
  /// Whether its answer is a matte already, with the edges that the picture has, and steady.
  virtual bool exact() const { return false; }
};

struct SegmenterKind : Kind {
  Expected<std::unique_ptr<Segmenter>> (*make)(const Spec&);
};

std::span<const SegmenterKind> segmenter_kinds();
Expected<std::unique_ptr<Segmenter>> make_segmenter(const Spec&);

}  // namespace scrim
