// Opens everything that a run needs, in the order in which failing costs least: what can be wrong
// in the request first, outputs last.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "backgrounds/background.h"
#include "base/error.h"
#include "base/spec.h"
#include "matte/matting.h"
#include "pipeline/composer.h"
#include "pipeline/pipeline.h"
#include "sources/source.h"

namespace scrim {

/// How pictures shall look, and how the matte is made.
struct LookRequest {
  Look look;
  Spec segmenter;
  std::optional<Spec> lighter;  // live: what takes its place while the computer is too slow
  MatteSettings matte;
};

/// A Look made real, with the files that it names. As Composer::make().
Expected<Composer> make_composer(const Look& look, Size size, const Playback& playback);

/// The look that is shown for one that is asked for: a screen shines on the person before it, which
/// is taken off first unless the person's chain says how.
Look with_despill(Look look, const Spec& segmenter);

/// As the request says; `still`: pictures have nothing to do with each other. What segmenters fail
/// with.
Expected<NewMatting> make_matting(const LookRequest& request, Pacing pacing, bool still = false);

/// The stages that carry `source` to `sinks`.
Expected<Stages> open_stages(std::unique_ptr<Source> source, const std::vector<Spec>& sinks,
                             const LookRequest& request, const Playback& playback);

/// Opens a recording once more, from its beginning.
using OpenAgain = std::function<Expected<std::unique_ptr<Source>>()>;

/// Lets the mattes of a recording be made in spans (pipeline/span_mattes.h): ahead of the run by
/// several workers, or by one with Effort::kHigh, where the source can be read more than once; else
/// as the pictures come. kSystem: Effort::kHigh, and it can't.
Expected<void> make_in_spans(Stages& stages, const LookRequest& request, int workers,
                             const OpenAgain& open);

}  // namespace scrim
