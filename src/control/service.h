// A run as a service of systemd: tells the service manager that it is ready, how it is, that it
// goes on (the watchdog) and that it ends, as sd_notify(3) describes the protocol. Without a
// service manager that listens ($NOTIFY_SOCKET) nothing happens.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "session/session.h"

namespace scrim {

/// What people read of it: "asleep: nobody looks".
std::string_view words_of(Session::State state);

/// One datagram to the service manager, such as "READY=1". False where none takes it. Thread-safe.
bool tell_service_manager(std::string_view message);

/// Whether standard error ends in the journal, which others may read and which keeps it.
bool errors_go_to_journal();

/// What there is to tell, as seen now and then. Reentrant.
class ServiceTale {
 public:
  /// Without a watchdog: nobody waits for signs of life.
  explicit ServiceTale(std::optional<Clock::duration> watchdog) : watchdog_(watchdog) {}

  /// The next datagram, or "". READY=1 once something has been shown; WATCHDOG=1, four times in the
  /// watchdog's time, only while every thread of the pipeline comes round.
  std::string next(Clock::time_point now, Session::State state, const Pipeline::Progress& progress);

 private:
  bool goes_on(const Pipeline::Progress& progress) const;

  std::optional<Clock::duration> watchdog_;
  std::optional<Session::State> told_;
  bool ready_ = false;
  Clock::time_point looked_{};
  Pipeline::Progress seen_;  // when last looked at
};

/// Tells the tale of a session, in a thread of its own, as long as it lives.
class ServiceReport {
 public:
  /// The session must outlive it.
  explicit ServiceReport(const Session& session);
  /// Tells that the run ends.
  ~ServiceReport();

 private:
  void run(const std::stop_token& stop);

  const Session& session_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread thread_;  // last: it uses all of the above; none where nobody listens
};

}  // namespace scrim
