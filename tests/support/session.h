// A session with a drawn source and nobody's device, running.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "session/requests.h"

namespace scrim {

class RunningSession {
 public:
  static Settings usual() {
    Settings settings;
    settings.camera = "pattern";
    settings.output = {"null"};
    settings.segmenter = "oval";
    settings.background = "colour:00b140";
    settings.size = "64x36";
    settings.fps = "60";
    return settings;
  }

  explicit RunningSession(const GivenSettings& given = {usual(), {}}) {
    Session::Request request = session_request(given.values).value();
    request.given = given;
    session_ = Session::open(request, [this](const std::string& line) { note(line); }).value();
    running_ = std::jthread([this] { EXPECT_TRUE(session_->run(stop_)); });
  }
  ~RunningSession() { stop_ = true; }

  Session& operator*() { return *session_; }
  Session* operator->() { return session_.get(); }
  void note(const std::string& line) {
    std::lock_guard lock(mutex_);
    told_.push_back(line);
  }
  /// What has been told so far.
  std::vector<std::string> told() const {
    std::lock_guard lock(mutex_);
    return told_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> told_;  // guarded by mutex_
  std::unique_ptr<Session> session_;
  std::atomic<bool> stop_ = false;
  std::jthread running_;  // last: it uses all of the above
};

}  // namespace scrim
