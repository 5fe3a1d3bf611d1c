// Takes in what a page adds to the gallery: the body goes to a file without a name as it comes,
// then `scrim intake`, a process of its own, makes a background of it (media/intake.h). One at a
// time, on a thread that waits for it; nothing of it is looked at in this process.
//
// admit() and submit() belong to the server's thread; share() is thread-safe.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>

#include "base/worker.h"
#include "control/http_server.h"

namespace scrim {

class Uploading {
 public:
  static constexpr std::size_t kMostBytes = 256 << 20;
  static constexpr std::chrono::seconds kTimeForBytes{300};
  static constexpr std::chrono::seconds kMostWork{600};  // for one background
  static constexpr std::size_t kQueue = 4;

  Uploading();
  /// Ends the process that is at work.
  ~Uploading();

  /// For a request that adds a background: where its body goes, or why it may not come.
  HttpAdmission admit(const HttpRequest& head) const;
  /// Answers when the background is there, or cannot be.
  void submit(HttpRequest request, HttpServer::Exchange exchange);
  /// How much of the one at work is done, 0..1; -1: there is none.
  double share() const { return share_; }

 private:
  struct Job {
    HttpRequest request;
    std::optional<HttpServer::Exchange> exchange;
  };
  void work(Job& job);
  HttpResponse take_in(const HttpRequest& request);
  Expected<void> start(int file, const std::string& name);
  Expected<std::string> listen();
  void end_process();

  std::atomic<double> share_ = -1;
  UniqueFd lines_;  // the thread's: what the process says
  std::mutex mutex_;
  int process_ = 0;                    // guarded by mutex_; 0: none
  bool closing_ = false;               // guarded by mutex_
  std::optional<Worker<Job>> worker_;  // last: it uses all of the above
};

}  // namespace scrim
