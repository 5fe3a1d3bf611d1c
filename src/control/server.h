// Listens on a unix socket (0600) for lines, and answers each with a line.
//
// The place is taken when it is made, so that a second Scrim learns of the first before it touches
// any device; a lock, which ends with the process however that ends, tells a socket that was left
// behind from one in use. Only the same user, or root, is answered. One thread moves the lines of
// all who ask, a second one, the desk, makes the answers that may take a moment, one after the
// other. Who sends endless lines or takes no answers is dropped; who is one too many is told so at
// once. Gone with it: the socket. Thread-bound.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "base/worker.h"

namespace scrim {

/// For clients who want to hear of changes: a line at once, and one whenever it is another.
struct ControlNews {
  std::function<bool(std::string_view line)> asked = [](std::string_view) { return false; };
  std::function<std::string()> tell = {};  // looked at a few times a second while anybody wants it
};

class ControlServer {
 public:
  using Answer = std::function<std::string(std::string_view line)>;
  using Choose = std::function<bool(std::string_view line)>;
  static constexpr std::size_t kLongestLine = 65536;
  static constexpr std::size_t kMostClients = 16;
  static constexpr std::ptrdiff_t kMostWatchers = kMostClients - 4;  // places stay for commands

  /// kSystem: another Scrim has it ("already running"), the folder can't be used.
  static Expected<std::unique_ptr<ControlServer>> take_place(const std::string& path);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

  /// Answers from now on; lines that `at_once` chooses never wait for the desk, so `answer` is
  /// called on two threads.
  void start(
      Answer answer, ControlNews news = {},
      Choose at_once = [](std::string_view) { return false; });
  /// No answer is being made any more once this returns.
  void stop();

 private:
  struct Client;
  /// A line that waits for its answer, or that answer; whose it is.
  struct Job {
    std::uint64_t client = 0;
    std::string line = {};
  };
  explicit ControlServer(std::string path) : path_(std::move(path)) {}
  Expected<void> listen();
  void run();
  bool admit(std::vector<Client>& clients);
  bool receive(Client& client, const std::vector<Client>& all);
  bool serve(Client& client, const std::vector<Client>& all);
  void hand_out(std::vector<Client>& clients);
  void tell_news(std::vector<Client>& clients) const;

  std::string path_;
  UniqueFd lock_, listening_, ending_, answered_;
  Answer answer_;
  ControlNews news_;
  Choose at_once_;
  std::uint64_t came_ = 0;
  std::mutex mutex_;
  std::vector<Job> answers_;  // guarded by mutex_: the desk's
  std::jthread thread_;
  std::optional<Worker<Job>> desk_;  // last: it uses all of the above
};

}  // namespace scrim
