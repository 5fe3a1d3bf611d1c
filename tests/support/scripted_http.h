// A mask service that does what a test tells it to: one function decides on the bytes that each
// request is answered with. Speaks just enough HTTP for that; knows nothing of the program's own.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "base/unique_fd.h"

namespace scrim {

class ScriptedHttp {
 public:
  struct Request {
    int index;  // counted over all connections
    std::string head, body;
  };
  /// What goes back, byte for byte; then the connection is kept, unless it is "".
  using Answer = std::function<std::string(const Request&)>;

  /// "HTTP/1.1 STATUS" with a body of that length.
  static std::string answer(int status, const std::string& body, const std::string& header = "") {
    return fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(),
                       header, body);
  }

  explicit ScriptedHttp(Answer answer, int port = 0)
      : answer_(std::move(answer)), listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{.sin_family = AF_INET,
                        .sin_port = htons(static_cast<std::uint16_t>(port)),
                        .sin_addr = {htonl(INADDR_LOOPBACK)},
                        .sin_zero = {}};
    const int on = 1;
    ::setsockopt(listening_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    EXPECT_EQ(::bind(listening_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listening_.get(), 16), 0);
    socklen_t size = sizeof address;
    ::getsockname(listening_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = std::jthread([this] { accept(); });
  }
  /// Hangs up on everybody.
  ~ScriptedHttp() {
    ending_ = true;
    ::shutdown(listening_.get(), SHUT_RDWR);
    accepting_.join();
    {
      std::lock_guard lock(mutex_);
      for (const UniqueFd& each : connections_) ::shutdown(each.get(), SHUT_RDWR);
    }
    serving_.clear();
  }

  int port() const { return port_; }
  std::string url() const { return fmt::format("http://127.0.0.1:{}", port_); }
  int requests() const { return requests_; }

 private:
  void accept() {
    while (!ending_) {
      UniqueFd connection(::accept(listening_.get(), nullptr, nullptr));
      if (!connection) return;
      std::lock_guard lock(mutex_);
      connections_.push_back(std::move(connection));
      serving_.emplace_back([this, fd = connections_.back().get()] { serve(fd); });
    }
  }

  void serve(int fd) {
    std::string bytes;
    for (;;) {
      const std::size_t end = bytes.find("\r\n\r\n");
      if (end != bytes.npos && bytes.size() >= end + 4 + length_of(bytes)) {
        const std::size_t length = length_of(bytes);
        const Request request{requests_++, bytes.substr(0, end), bytes.substr(end + 4, length)};
        bytes.erase(0, end + 4 + length);
        const std::string back = answer_(request);
        ::send(fd, back.data(), back.size(), MSG_NOSIGNAL);
        if (back.empty()) break;
        continue;
      }
      std::array<char, 4096> part{};
      const ssize_t count = ::recv(fd, part.data(), part.size(), 0);
      if (count <= 0) break;
      bytes.append(part.data(), static_cast<std::size_t>(count));
    }
    ::shutdown(fd, SHUT_RDWR);
  }

  static std::size_t length_of(const std::string& bytes) {
    constexpr std::string_view kName = "Content-Length: ";
    const std::size_t at = bytes.find(kName);
    std::size_t length = 0;
    if (at != bytes.npos)
      std::from_chars(bytes.data() + at + kName.size(), bytes.data() + bytes.size(), length);
    return length;
  }

  const Answer answer_;
  const UniqueFd listening_;
  int port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<int> requests_ = 0;
  std::mutex mutex_;
  std::list<UniqueFd> connections_;  // guarded by mutex_ while accepting_ runs
  std::list<std::jthread> serving_;
  std::jthread accepting_;
};

}  // namespace scrim
