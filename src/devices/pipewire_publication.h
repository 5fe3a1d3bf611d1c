// A camera that PipeWire shows to every program: a node that Scrim feeds and any number of them
// read, in whichever of three formats they take.
//
// There while the daemon is, and again when that has been restarted. write() belongs to one thread
// and never waits for a reader: a picture for which readers have left no buffer is counted as
// missed; when none is left for seconds, the node is made anew. The node is the driver of its
// graph: a picture goes out at once. What was found to work with which client stands in
// docs/decisions.md.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "devices/pipewire_connection.h"
#include "devices/pipewire_format.h"
#include "image/image.h"

struct pw_stream;

namespace scrim {

class PipewirePublication {
 public:
  struct Node {
    std::string name;   // what it is known by; the same in every run
    std::string label;  // what people see
    Size size;          // even
    double fps;
  };
  explicit PipewirePublication(Node node);
  ~PipewirePublication();

  /// Whether anybody reads it now. Thread-safe.
  bool watched() const { return streaming_; }
  /// `tell` is called on the loop's thread when somebody begins to read.
  void when_watched(std::function<void()> tell);
  /// `picture` is of the node's size, or one less where that was made even. Nothing happens while
  /// nobody reads.
  void write(ConstImageView picture);
  std::uint64_t missed() const { return missed_; }

 private:
  struct Events;

  void make_stream(pw_core* core);
  void drop_stream();
  void take_format(const spa_pod* format);
  bool fill(ConstImageView picture);

  const Node node_;
  const std::unique_ptr<Events> events_;
  pw_stream* stream_ = nullptr;           // guarded by the connection's lock
  std::function<void()> tell_;            // guarded by the connection's lock
  std::optional<PipewireFormat> format_;  // guarded by the connection's lock
  Clock::time_point taken_at_;            // a picture, last; guarded by the connection's lock
  std::uint64_t count_ = 0, missed_ = 0;  // of the writing thread
  std::atomic<bool> streaming_ = false;
  PipewireConnection connection_;  // last: its thread uses all of the above
};

}  // namespace scrim
