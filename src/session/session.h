// Keeps a live run alive: opens camera, stages and outputs, and carries pictures until it is told
// to stop, the recording ends or an output fails for good. When the camera goes, outputs go on at
// their steady rate with the pause picture until it is back.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "session/reopening.h"
#include "session/stages.h"

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
  };

  /// `tell` hears one line for each thing that people may want to know, on any thread.
  /// kRequest, kSystem, kDisconnected: what the camera, the look or an output fails with.
  static Expected<Session> open(const Request& request, Reopening::Tell tell);

  /// As Pipeline::run.
  Expected<void> run(const std::atomic<bool>& stop) { return pipeline_->run(stop); }

  /// Thread-safe.
  Stats::Snapshot stats() const { return pipeline_->stats(); }
  Size size() const { return size_; }

 private:
  Session(std::unique_ptr<Pipeline> pipeline, Size size)
      : pipeline_(std::move(pipeline)), size_(size) {}

  std::unique_ptr<Pipeline> pipeline_;
  Size size_;
};

}  // namespace scrim
