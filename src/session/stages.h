// Opens everything that a run needs, in the order in which failing costs least: what can be wrong
// in the request first, outputs last.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "backgrounds/background.h"
#include "base/error.h"
#include "base/spec.h"
#include "pipeline/composer.h"
#include "pipeline/look_request.h"
#include "pipeline/pipeline.h"
#include "sources/source.h"

namespace scrim {

/// A Look made real, with the files that it names. As Composer::make().
Expected<Composer> make_composer(const Look& look, Size size, const Playback& playback);

/// What segmenters get of the rest of the program.
SegmenterNeeds segmenter_needs(const Playback& playback);

/// As the request says; `still`: pictures have nothing to do with each other. What segmenters fail
/// with.
Expected<NewMatting> make_matting(const LookRequest& request, const Playback& playback,
                                  bool still = false);

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
