// A response without an end, for any number of clients: each gets the newest message that there is
// when it can take one, and misses what came while it was slow. Nobody waits for a client.
//
// Thread-safe. Must outlive the server that carries it, and be closed before that drains.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

struct MHD_Connection;
struct MHD_Response;

namespace scrim {

class HttpFeed {
 public:
  /// `on_watcher` hears of each new client, on the server's thread; it must not block.
  HttpFeed(std::string type, std::function<void()> on_watcher)
      : type_(std::move(type)), on_watcher_(std::move(on_watcher)) {}
  HttpFeed(const HttpFeed&) = delete;
  HttpFeed& operator=(const HttpFeed&) = delete;

  void publish(std::string message);
  /// Clients that are connected, as far as is known: those that went are noticed at the next
  /// message.
  int watchers() const;
  /// Ends all of them.
  void close();

  /// For HttpServer alone, on its thread.
  MHD_Response* respond_to(MHD_Connection* connection);
  const std::string& type() const { return type_; }

 private:
  struct Reader;
  void wake();

  const std::string type_;
  const std::function<void()> on_watcher_;
  mutable std::mutex mutex_;
  std::string message_;                  // guarded by mutex_
  std::uint64_t number_ = 0;             // guarded by mutex_: of the message; 0: none yet
  std::vector<MHD_Connection*> asleep_;  // guarded by mutex_: those that wait for the next message
  int watchers_ = 0;                     // guarded by mutex_
  bool closed_ = false;                  // guarded by mutex_
};

}  // namespace scrim
