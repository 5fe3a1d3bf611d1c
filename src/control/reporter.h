// Makes what streams to those who watch: previews of a run, and its figures. A thread that waits
// while nobody does.
#pragma once

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "control/http_feed.h"
#include "image/image.h"
#include "session/session.h"

namespace scrim {

class Reporter {
 public:
  static constexpr Size kPreview{640, 360};
  static constexpr Clock::duration kBetweenPreviews = std::chrono::milliseconds(100);
  static constexpr Clock::duration kBetweenFigures = std::chrono::seconds(1);
  static constexpr int kMostWatchers = 12;  // of all feeds

  explicit Reporter(Session& session);
  /// The feeds must be closed, and their server gone, before it goes.
  ~Reporter() = default;

  /// Null while there are too many watchers.
  HttpFeed* preview(Viewfinder::View view);
  HttpFeed* events();
  /// Tells the figures at once, as something has been changed. Thread-safe.
  void hurry();
  void close();

 private:
  int watchers() const;
  HttpFeed* unless_crowded(HttpFeed& feed);
  void run(const std::stop_token& stop);
  void tell();
  void show(Viewfinder::View view, HttpFeed& feed);

  Session& session_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool hurried_ = false;  // guarded by mutex_
  std::array<HttpFeed, 3> previews_;
  HttpFeed events_;
  Image picture_{kPreview};  // the thread's
  std::jthread thread_;      // last: it uses all of the above
};

}  // namespace scrim
