// The threads that carry frames from a Source through Matting and a Composer to Sinks.
//
//   capture --mailbox--> matte --mailbox--> compose      each arrow hands over a whole Frame
//
// A Frame has one owner at a time, so a matte is only ever applied to the picture it was made from.
// Live: one slot per mailbox, the newest wins, and compose repeats the last picture when no new one
// comes in time, so that readers see a steady rate; after kPauseAfter without a new one it shows
// the pause picture. So it does at once when it is told to pause, or no sink is watched any more;
// then once a second. Offline: hand-over waits, no frame is dropped. A frame without a matte is
// shown with nobody in it, never with the bare room. While whoever makes mattes elsewhere is gone,
// there are no pictures; offline that ends the run.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/error.h"
#include "matte/matting.h"
#include "pipeline/attention.h"
#include "pipeline/composer.h"
#include "pipeline/effort_control.h"
#include "pipeline/span_mattes.h"
#include "pipeline/stats.h"
#include "pipeline/watch_schedule.h"
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

class Pipeline {
 public:
  /// How often each thread of a run has come round. Live, capture and compose do so every second,
  /// whatever the camera does; matte as often as it is given pictures.
  struct Progress {
    std::uint64_t captures = 0, captured = 0, matted = 0, shows = 0;
    bool operator==(const Progress&) const = default;
  };
  static constexpr Clock::duration kPauseAfter = std::chrono::seconds(1);
  /// Between two pause pictures when nobody looks.
  static constexpr Clock::duration kAsleepPeriod = std::chrono::seconds(1);

  Pipeline(Stages stages, Pacing pacing);
  ~Pipeline();

  /// Carries frames until the stream ends, `stop` turns true (looked at before every capture, at
  /// least once a second; a signal handler may set it) or a stage fails for good; then closes the
  /// sinks, each whatever becomes of the others. An error of the source or a sink, and offline a
  /// stop: half a recording is none, so offline no sink is closed then, and nothing half-written
  /// stays. Live only the broken one is not. Blocks; call once.
  Expected<void> run(const std::atomic<bool>& stop);

  /// Thread-safe.
  Stats::Snapshot stats() const;
  /// Thread-safe.
  Progress progress() const;
  /// Whether readers see the pause picture now, for whatever reason. Thread-safe.
  bool shows_pause() const { return shows_pause_; }
  /// Shows the new stages from the next picture on; parts of a look whose Spec has not changed go
  /// on. Gives the sinks that have gone, which nobody has closed; the old look dies on the caller's
  /// thread. Waits for that picture; kSystem: none comes, and nothing has changed. Any thread, one
  /// call at a time.
  Expected<std::vector<std::unique_ptr<Sink>>> change(NewStages stages);
  /// The next matte is made so. What was dies on the caller's thread. Any thread.
  void change(NewMatting matting);
  /// Lets a run that waits look at its Attention now. Thread-safe.
  void nudge();

 private:
  struct Frame;
  struct Belt;
  struct Show;
  struct Away;

  void capture(Belt& belt, const std::atomic<bool>& stop);
  void matte(Belt& belt);
  bool is_due(Belt& belt, Away& away);
  void send(Away& away, std::unique_ptr<Frame> frame);
  void send_again(Away& away, Relay& relay);
  void make_matte(Belt& belt, Away& away);
  void hand_on(Belt& belt, std::unique_ptr<Frame> frame, const Expected<void>& made);
  void make_room(Relay* relay);
  Relay* relay() const;
  void save_effort(bool saves);
  void compose(Belt& belt, const std::atomic<bool>& stop);
  void break_off(Belt& belt);
  ConstPlane show(const Frame& frame);
  ConstPlane show_pause();
  void ring();
  Attention::State attend();
  bool take_new_stages();
  void take_sinks(std::vector<NewSink>& sinks);
  void prepare(std::vector<NewSink>& sinks);
  bool update(Belt& belt, Show& show, std::unique_ptr<Frame> fresh);
  void write(Belt& belt, const Frame& frame, ConstPlane matte);
  Expected<void> close_sinks();

  struct Output;  // one distinct size of sinks, and the picture scaled to it
  /// What sinks need besides the picture itself.
  struct Outlets {
    std::vector<Output> scaled;
    Image person;  // the same without a background; empty unless a sink cuts out
  };
  static Outlets make_outlets(Size own, const std::vector<const Sink*>& sinks);

  Stages stages_;
  const Pacing pacing_;
  Stats stats_;
  Image picture_;                 // the last finished one
  std::unique_ptr<Frame> pause_;  // stages_.pause as if it had been captured, with nobody in it
  Outlets outlets_;
  const Sink* broken_ = nullptr;  // it could not be written to
  std::unique_ptr<Belt> belt_;
  WatchSchedule watch_schedule_;
  std::atomic<std::uint64_t> captures_ = 0, captured_ = 0, matted_ = 0, shows_ = 0;  // Progress
  std::atomic<bool> rung_ = false;  // somebody may have come
  std::atomic<bool> shows_pause_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<NewStages> new_stages_;           // guarded by mutex_; with taken_ the old ones
  std::vector<std::unique_ptr<Sink>> new_sinks_;  // guarded by mutex_; with taken_ those that go
  Outlets new_outlets_;                           // guarded by mutex_
  bool taken_ = false;                            // guarded by mutex_
  bool over_ = false;          // guarded by mutex_: no picture will come any more
  std::mutex matting_mutex_;   // held while a matte is made
  std::uint64_t matting_ = 0;  // guarded by matting_mutex_: how often its way has changed
  EffortControl effort_;       // guarded by matting_mutex_
  std::uint64_t changes_ = 0;  // guarded by matting_mutex_: of the source, at the last matte
};

}  // namespace scrim
