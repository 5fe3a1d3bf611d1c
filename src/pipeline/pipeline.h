// The threads that carry frames from a Source through Matting and a Composer to Sinks.
//
//   capture --mailbox--> matte --mailbox--> compose      each arrow hands over a whole Frame
//
// A Frame has one owner at a time, so a matte is only ever applied to the picture it was made from.
// Live: one slot per mailbox, the newest wins, and compose repeats the last picture when no new one
// comes in time, so that readers see a steady rate; after kPauseAfter without a new one it shows
// the pause picture. Offline: hand-over waits, no frame is dropped. A frame without a matte is
// shown with nobody in it, never with the bare room.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "base/error.h"
#include "matte/matting.h"
#include "pipeline/composer.h"
#include "pipeline/stats.h"
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
};

class Pipeline {
 public:
  static constexpr Clock::duration kPauseAfter = std::chrono::seconds(1);

  Pipeline(Stages stages, Pacing pacing);
  ~Pipeline();

  /// Carries frames until the stream ends, `stop` turns true (looked at before every capture, at
  /// least once a second; a signal handler may set it) or a stage fails for good; then closes the
  /// sinks. An error of the source or a sink; the sinks are then not closed, so nothing
  /// half-written stays. Blocks; call once.
  Expected<void> run(const std::atomic<bool>& stop);

  /// Thread-safe.
  Stats::Snapshot stats() const;

 private:
  struct Frame;
  struct Belt;

  void capture(Belt& belt, const std::atomic<bool>& stop);
  void matte(Belt& belt);
  void compose(Belt& belt);
  ConstPlane show(const Frame& frame);
  ConstPlane show_pause();
  void write(Belt& belt, const Frame& frame, ConstPlane matte);

  struct Output;  // one distinct size of sinks, and the picture scaled to it

  Stages stages_;
  const Pacing pacing_;
  Stats stats_;
  Image picture_;                 // the last finished one
  std::unique_ptr<Frame> pause_;  // stages_.pause as if it had been captured, with nobody in it
  Image person_;                  // the same without a background; empty unless a sink cuts out
  std::vector<Output> outputs_;
};

}  // namespace scrim
