// Keeps a live run alive: opens camera, stages and outputs, and carries pictures until it is told
// to stop, the recording ends or an output fails for good. When the camera goes, outputs go on at
// their steady rate with the pause picture until it is back. While it is paused, or nobody looks at
// any output, the camera is closed.
//
// The one face of a running Scrim: run() blocks one thread; everything else is thread-safe. Changes
// are carried out one after the other, and may take seconds; a pause, and whoever asks how things
// are, never waits for one.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "session/reopening.h"
#include "session/settings.h"
#include "session/stages.h"
#include "session/viewfinder.h"

namespace scrim {

class Session {
 public:
  struct Request {
    Spec camera;
    SourceRequest wanted;
    std::optional<double> seconds;  // how long it goes on
    std::vector<Spec> outputs;
    LookRequest look;
    std::optional<Spec> pause_picture;  // a Background; else the look with nobody, and a sign
    bool always_on = false;             // goes on when nobody looks
    GivenSettings given = {};           // the texts that all of this was read from
  };
  struct NewChain {
    Role role;
    Chain chain;
  };
  /// kWaiting: the camera is gone, or gives nothing.
  enum class State { kLive, kPaused, kAsleep, kWaiting };
  struct Status {
    State state;
    Look look;
    std::string camera;  // which, in which mode
    std::vector<Spec> outputs;
    Spec segmenter;
    Size size;
    Stats::Snapshot stats;
    Clock::duration age;  // since it was opened
  };

  /// `tell` hears one line for each thing that people may want to know, on any thread.
  /// kRequest, kSystem, kDisconnected: what the camera, the look or an output fails with.
  static Expected<std::unique_ptr<Session>> open(const Request& request, Reopening::Tell tell);

  /// As Pipeline::run; ends after Request::seconds as well.
  Expected<void> run(const std::atomic<bool>& stop);

  /// At once, whatever else is going on.
  void pause(bool paused);
  void toggle();
  /// While it is held nobody else changes anything: for who makes a change of what there is.
  std::unique_lock<std::recursive_mutex> take_turn() { return std::unique_lock(turn_); }
  /// Another look: these chains, in place of what they are. What is wrong with it is said as the
  /// command line says it, and nothing changes. kRequest.
  Expected<void> change(const std::vector<NewChain>& chains);
  /// The same for all settings: those that differ from settings() change, all or none, and count as
  /// said by `who`. kRequest, too, for what takes effect at the next start; kSystem, kDisconnected:
  /// a camera or an output cannot be opened.
  Expected<void> change(const Settings& wanted, Origin who);
  /// What it runs with, and who said so.
  GivenSettings settings() const;
  Status status() const;
  State state() const;
  Pipeline::Progress progress() const { return pipeline_->progress(); }
  Viewfinder& viewfinder() { return viewfinder_; }

 private:
  explicit Session(const Request& request) : request_(request) {}
  struct Plan;
  Expected<void> carry_out(Plan plan);
  void note(Plan plan);
  Expected<std::vector<NewSink>> open_outputs(const std::vector<Spec>& outputs) const;
  std::unique_ptr<Sink> beside_call(const Spec& spec, std::unique_ptr<Sink> sink) const;
  Expected<void> turn_to_camera(const Spec& camera);

  Attention attention_;  // these first: the pipeline's threads look at them
  Viewfinder viewfinder_;
  std::atomic<bool> has_call_ = false;  // an output that is no recording
  const Clock::time_point opened_ = Clock::now();
  Request request_;  // as it is now; changed by who has both turn_ and mutex_, read with either
  Playback playback_;
  std::string camera_;  // as request_
  Size size_;
  double fps_ = 0;
  std::unique_ptr<Pipeline> pipeline_;
  Reopening* reopening_ = nullptr;  // the pipeline's
  std::recursive_mutex turn_;       // one change at a time
  mutable std::mutex mutex_;        // never held for long
};

}  // namespace scrim
