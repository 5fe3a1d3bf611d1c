// A connection to the PipeWire daemon that comes back: made when the daemon starts, made anew when
// it has gone and started again.
//
// Owns a loop with a thread of its own, on which everything of this connection happens: the two
// handlers and all events of what they make. Other threads touch that under a Lock, which the loop
// holds only while it keeps its books; wake() alone is thread-safe without. No daemon is no error.
#pragma once

#include <functional>
#include <memory>

struct pw_context;
struct pw_core;
struct pw_loop;
struct pw_thread_loop;
struct spa_source;

namespace scrim {

class PipewireConnection {
 public:
  struct Handlers {
    std::function<void(pw_core* core)> connected;
    /// What was made on the core must be destroyed now.
    std::function<void()> lost;
    /// After a wake().
    std::function<void()> woken = {};
  };
  /// All handlers run on the loop's thread, none before start() and none after stop().
  explicit PipewireConnection(Handlers handlers);
  ~PipewireConnection();
  PipewireConnection(const PipewireConnection&) = delete;
  PipewireConnection& operator=(const PipewireConnection&) = delete;

  void start();
  /// Calls `lost` if it is connected. Idempotent.
  void stop();
  void wake();
  /// Loses the connection soon, and makes it anew. On the loop's thread, or under a Lock.
  void restart();
  pw_thread_loop* loop() const { return loop_; }

  class Lock {
   public:
    explicit Lock(const PipewireConnection& connection);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

   private:
    pw_thread_loop* const loop_;
  };

 private:
  struct Listener;

  void attend();
  void connect();
  void disconnect();
  void attend_in(long milliseconds);

  Handlers handlers_;
  pw_thread_loop* loop_ = nullptr;
  spa_source* timer_ = nullptr;
  spa_source* wake_ = nullptr;
  // Touched on the loop's thread, or when it does not run.
  pw_context* context_ = nullptr;
  pw_core* core_ = nullptr;
  std::unique_ptr<Listener> listener_;  // to core_
  bool broken_ = false;                 // core_ is to be given up
  bool running_ = false;
};

}  // namespace scrim
