// How long connections may take. A timeout between bytes lets who sends one byte a second stay for
// ever; here each connection has a moment by which what it is at must be done, or it is cut. Who
// has not shown yet that they may come in are strangers: of too many, the one that came first is
// cut, so that they can't take every place.
//
// Thread-safe; a thread of its own waits for the next moment. A descriptor is known from entered()
// to left(), and must stay open meanwhile.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "base/clock.h"

namespace scrim {

class Patience {
 public:
  static constexpr Clock::time_point kNoEnd = Clock::time_point::max();

  explicit Patience(std::size_t most_strangers);

  /// A stranger.
  void entered(int fd, Clock::time_point until);
  /// No stranger any more.
  void welcome(int fd);
  /// The connection must be done by then with what it is at now.
  void allow(int fd, Clock::time_point until);
  void left(int fd);

 private:
  struct Guest {
    Clock::time_point until;
    std::size_t number;  // in the order they came
    bool stranger = true;
  };
  void cut_first_stranger();  // mutex_ is held
  void run(const std::stop_token& stop);

  const std::size_t most_strangers_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::unordered_map<int, Guest> guests_;   // guarded by mutex_
  std::size_t strangers_ = 0;               // guarded by mutex_
  std::size_t came_ = 0;                    // guarded by mutex_
  Clock::time_point waits_until_ = kNoEnd;  // guarded by mutex_: the thread
  std::jthread thread_;                     // last: it uses all of the above
};

}  // namespace scrim
