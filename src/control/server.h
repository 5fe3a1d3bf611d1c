// Listens on a unix socket (0600) for lines, and answers each with a line.
//
// The place is taken when it is made, so that a second Scrim learns of the first before it touches
// any device; a lock, which ends with the process however that ends, tells a socket that was left
// behind from one in use. Only the same user, or root, is answered. One thread, for all who ask;
// who sends endless lines or takes no answers is dropped. Gone with it: the socket. Thread-bound.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"

namespace scrim {

/// For clients who want to hear of changes: a line at once, and one whenever it is another.
struct ControlNews {
  std::function<bool(std::string_view line)> asked = [](std::string_view) { return false; };
  std::function<std::string()> tell = {};  // looked at a few times a second while anybody wants it
};

class ControlServer {
 public:
  using Answer = std::function<std::string(std::string_view line)>;
  static constexpr std::size_t kLongestLine = 65536;
  static constexpr std::size_t kMostClients = 16;

  /// kSystem: another Scrim has it ("already running"), the folder can't be used.
  static Expected<std::unique_ptr<ControlServer>> take_place(const std::string& path);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

  /// Answers on a thread of its own from now on.
  void start(Answer answer, ControlNews news = {});
  /// No answer is being made any more once this returns.
  void stop();

 private:
  struct Client;
  explicit ControlServer(std::string path) : path_(std::move(path)) {}
  Expected<void> listen();
  void run();
  bool serve(Client& client) const;
  void tell_news(std::vector<Client>& clients) const;

  std::string path_;
  UniqueFd lock_, listening_, ending_;
  Answer answer_;
  ControlNews news_;
  std::jthread thread_;
};

}  // namespace scrim
