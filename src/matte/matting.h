// Turns a segmenter's probabilities into the matte of a picture.
//
// Steps, all but the last on a grid kGridWidth wide: the network's answer on a box around the
// person (found by a look at the whole of a still picture, the first of a row or after a cut);
// smoothing in time that leaves motion alone; what is known of the room; cleaning; edges laid where
// the picture has them, at its own size; a hard threshold when asked for. The matte always belongs
// to the very picture it was made from. A segmenter that is exact gets only the steps that were
// asked for.
//
// Owns all its memory; after the first picture of a size, make() allocates nothing. Reentrant.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "image/filter.h"
#include "image/image.h"
#include "matte/cleaning.h"
#include "matte/edges.h"
#include "matte/person_box.h"
#include "matte/room.h"
#include "matte/smoothing.h"
#include "segmenters/segmenter.h"

namespace scrim {

/// kLow: the edge where the network says it is; kNormal: laid where the picture has it; kHigh: on
/// a finer grid, what a recording can afford.
enum class Effort { kLow, kNormal, kHigh };

struct MatteSettings {
  bool raw = false;                 // the network's answer on the whole picture, only scaled
  std::optional<double> threshold;  // 0..1: at or above it person, below it none
  double smooth = 0.8;              // 0 off .. 1 steadiest
  bool edges = true;                // laid where the picture has them
  bool room = true;                 // learn what the room looks like, and correct by it
  int dilate = 0, erode = 0;        // pixels of the picture that the edge moves out or in by
  int blur = 0;                     // pixels its softness grows by; dilating comes first
  Effort effort = Effort::kNormal;
  bool still = false;  // an unrelated picture each time: looked at twice
};

/// The keys of `--matte KEY=V,...`, for help texts.
std::span<const Option> matte_options();
/// "threshold=0.7,smooth=0"; a key without a value is on ("raw"). kRequest.
Expected<MatteSettings> parse_matte_settings(std::string_view text);

class Matting {
 public:
  explicit Matting(MatteSettings settings = {});

  /// Fills `out` (of the picture's size) for `picture`, taken at `now`. What the segmenter fails
  /// with; `out` is then undefined.
  Expected<void> make(ConstImageView picture, Clock::time_point now, Segmenter& segmenter,
                      Plane out);
  /// make() in two halves, for mattes that something is done to in between; of pictures of a row,
  /// when neither `raw` is set nor the segmenter is exact. The first: the matte on the grid, steady
  /// in time; it lies in here until the next call.
  Expected<ConstPlane> see(ConstImageView picture, Clock::time_point now, Segmenter& segmenter);
  /// The second: `out` from `seen`, the picture's matte on the grid. Needs nothing of earlier
  /// calls.
  void finish(ConstImageView picture, ConstPlane seen, Plane out);
  /// From the next picture on.
  void take_effort(Effort effort) { settings_.effort = effort; }
  /// Forgets earlier pictures: after a pause, or for an unrelated picture. A cut is noticed.
  void reset();

 private:
  static constexpr int kGridWidth = 320;

  void prepare(Size picture, Size answer);
  Expected<void> look_at(ConstImageView picture, Clock::time_point now, Segmenter& segmenter);
  void lay_edges(ConstImageView picture, Plane out);
  void treat(Plane out);
  void forget_person();
  Expected<void> look(ConstImageView picture, Rect box, Segmenter& segmenter, Plane grid);
  Expected<void> find_person(ConstImageView picture, Segmenter& segmenter);
  Expected<void> look_twice(ConstImageView picture, Segmenter& segmenter);
  Expected<void> look_again(ConstImageView picture, Clock::time_point now, Segmenter& segmenter);

  MatteSettings settings_;
  Motion motion_;
  Smoothing smoothing_;
  Cleaning cleaning_;
  Edges edges_;
  PersonBox box_;
  Room room_;
  PlaneFilter treatment_;                  // only made when asked for
  PlaneBuffer answer_;                     // the segmenter's
  PlaneBuffer current_, surveyed_, luma_;  // on the grid
  Size picture_size_;
  std::optional<Clock::time_point> last_time_;
};

}  // namespace scrim
