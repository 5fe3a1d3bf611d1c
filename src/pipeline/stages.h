// What a Pipeline runs, and what may take a stage's place while it does.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "image/image.h"
#include "matte/matting.h"
#include "pipeline/attention.h"
#include "pipeline/composer.h"
#include "pipeline/span_mattes.h"
#include "segmenters/segmenter.h"
#include "sinks/sink.h"
#include "sources/source.h"

namespace scrim {

/// The stages of one run, all made for the Source's size.
struct Stages {
  std::unique_ptr<Source> source;
  std::unique_ptr<Segmenter> segmenter;
  Matting matting;
  Composer composer;
  std::vector<std::unique_ptr<Sink>> sinks;
  Image pause = {};  // live: what is shown while no picture comes; of the Source's size
  Attention* attention = nullptr;  // live: whether pictures are wanted; must outlive the pipeline
  bool always_on = true;           // live: never asleep, whoever looks
  /// Live: takes the segmenter's place, with plainer edges, while the computer is too slow for it.
  std::unique_ptr<Segmenter> lighter = {};
  /// Offline: makes the mattes instead of `matting`, which needs no segmenter then; its failures
  /// end the run.
  std::unique_ptr<SpanMattes> spans = {};
};

/// What a Look became, both of the pipeline's size.
struct NewLook {
  Composer composer;
  Image pause;
};

/// Other outputs: a sink of each place, or the index of the present one that stays there.
struct NewSink {
  std::unique_ptr<Sink> sink;
  std::size_t kept = 0;  // if `sink` is null; each at most once
};

/// What takes its place between two pictures, all at once; the rest stays.
struct NewStages {
  std::optional<NewLook> look = {};
  std::optional<std::vector<NewSink>> sinks = {};
  std::optional<bool> always_on = {};
};

/// Another way to make mattes; as in Stages.
struct NewMatting {
  std::unique_ptr<Segmenter> segmenter;
  Matting matting;
  std::unique_ptr<Segmenter> lighter = {};
};

}  // namespace scrim
