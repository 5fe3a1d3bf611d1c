// The sinks of a run, and the pictures that they get: the finished one, which is written in here,
// the same scaled once for each other size, and, where a sink cuts out, the person alone.
//
// Owns all of these. After the first picture write() allocates nothing. Reentrant: compose's
// thread, but for prepare().
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "image/image.h"
#include "pipeline/composer.h"
#include "pipeline/frame_pool.h"
#include "pipeline/stages.h"
#include "pipeline/stats.h"
#include "sinks/sink.h"

namespace scrim {

class Outputs {
  /// A size that some sinks want and the run does not have: scaled and cut once for all of them.
  struct Scaled {
    Size size;
    Image picture;
    Matte matte;
    Image person;  // empty unless a sink cuts out
  };
  /// What sinks need besides the picture itself.
  struct Extras {
    std::vector<Scaled> scaled;
    Image person;  // the same without a background; empty unless a sink cuts out
  };

 public:
  /// Other sinks, with all that they need. After exchange(): those that have gone, and nulls.
  struct Change {
    std::vector<NewSink> wanted;
    std::vector<std::unique_ptr<Sink>> sinks;
    Extras extras;
  };

  /// `size` is the run's. `ring`, if there is one, is what sinks call on any thread when somebody
  /// may have begun to look.
  Outputs(Size size, std::vector<std::unique_ptr<Sink>> sinks, std::function<void()> ring);

  /// Where the next picture goes; `person` is empty unless a sink cuts out.
  Composed canvas() { return {picture_.view(), extras_.person.view()}; }
  /// Gives every sink what lies on the canvas; `matte` is the canvas's. What the first one fails
  /// with: it is broken from then on.
  Expected<void> write(const Frame& frame, ConstPlane matte);
  /// For how long who looks now counts as looking; zero: nobody looks.
  Clock::duration linger();
  /// All that are sound, whatever became of the others; the first failure. Notes in `stats` what
  /// was left out.
  Expected<void> close(Stats& stats);

  /// The sinks that come begin to ring. On any thread, while nobody calls exchange().
  Change prepare(std::vector<NewSink> wanted) const;
  /// Allocates nothing. What is on the canvas stays, but for the person.
  void exchange(Change& change);

 private:
  static Extras extras_for(Size size, const std::vector<const Sink*>& sinks);

  const std::function<void()> ring_;
  Image picture_;  // the last finished one
  Extras extras_;
  const Sink* broken_ = nullptr;  // it could not be written to
  std::vector<std::unique_ptr<Sink>> sinks_;
};

}  // namespace scrim
