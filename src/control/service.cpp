// Tested by tests/control/service_test.cpp and tests/apps/service.
#include "control/service.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

#include "base/text.h"
#include "base/unique_fd.h"

namespace scrim {
namespace {

constexpr Clock::duration kBetweenLooks = std::chrono::milliseconds(500);
constexpr int kLooksPerWatchdog = 4;

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

/// $WATCHDOG_USEC, if it is meant for this process.
std::optional<Clock::duration> watchdog_time() {
  const auto process = environment("WATCHDOG_PID");
  if (!process.empty() && process != std::to_string(::getpid())) return {};
  const auto microseconds = parse_number(environment("WATCHDOG_USEC"));
  if (!microseconds || *microseconds <= 0) return {};
  return std::chrono::round<Clock::duration>(
      std::chrono::duration<double, std::micro>(*microseconds));
}

}  // namespace

std::string_view words_of(Session::State state) {
  constexpr std::string_view kTexts[] = {"live", "paused", "asleep: nobody looks",
                                         "no picture comes from the camera"};
  return kTexts[static_cast<std::size_t>(state)];
}

bool tell_service_manager(std::string_view message) {
  const auto path = environment("NOTIFY_SOCKET");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return false;
  path.copy(address.sun_path, path.size());
  if (path.front() == '@') address.sun_path[0] = '\0';  // an abstract name
  const UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  return socket && ::sendto(socket.get(), message.data(), message.size(), MSG_NOSIGNAL,
                            reinterpret_cast<const sockaddr*>(&address), size) >= 0;
}

bool errors_go_to_journal() {
  struct stat about {};
  return ::fstat(STDERR_FILENO, &about) == 0 &&
         environment("JOURNAL_STREAM") == fmt::format("{}:{}", about.st_dev, about.st_ino);
}

bool ServiceTale::goes_on(const Pipeline::Progress& progress) const {
  const bool idle = progress.captured == seen_.captured;
  return progress.captures != seen_.captures && progress.shows != seen_.shows &&
         (idle || progress.matted != seen_.matted);
}

std::string ServiceTale::next(Clock::time_point now, Session::State state,
                              const Pipeline::Progress& progress) {
  std::string message;
  if (!ready_ && progress.shows == 0) return message;
  if (!std::exchange(ready_, true)) message += "READY=1\n";
  if (told_ != state) message += fmt::format("STATUS={}\n", words_of(state));
  told_ = state;
  if (!watchdog_ || now - looked_ < *watchdog_ / kLooksPerWatchdog) return message;
  if (goes_on(progress)) message += "WATCHDOG=1\n";
  looked_ = now;
  seen_ = progress;
  return message;
}

ServiceReport::ServiceReport(const Session& session) : session_(session) {
  if (environment("NOTIFY_SOCKET").empty()) return;
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

ServiceReport::~ServiceReport() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
  tell_service_manager("STOPPING=1\nSTATUS=ends\n");
}

void ServiceReport::run(const std::stop_token& stop) {
  ServiceTale tale(watchdog_time());
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto message = tale.next(Clock::now(), session_.state(), session_.progress());
    if (!message.empty()) tell_service_manager(message);
    changed_.wait_for(lock, stop, kBetweenLooks, [] { return false; });
  }
}

}  // namespace scrim
