#include "control/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <string>

#include "control/listener.h"
#include "support/read_until.h"

namespace scrim {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Sends a request's head, and gives what has come once `end` is there.
std::string ask(const UniqueFd& fd, std::string_view end) {
  const std::string request = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
  EXPECT_EQ(::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL), std::ssize(request));
  return read_until(fd, end);
}

TEST(HttpServer, OnceDrainedItAsksNobodyAnyMore) {
  auto listening = listen_on({.host = "127.0.0.1", .port = 0}).value();
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(listening.get(), reinterpret_cast<sockaddr*>(&address), &size);
  std::atomic<bool> gone = false;
  auto server = HttpServer::start(
                    std::move(listening), {},
                    [&](HttpRequest, HttpServer::Exchange exchange) {
                      EXPECT_FALSE(gone);
                      exchange.answer({.body = "here\n"});
                    },
                    [&](const HttpRequest&) {
                      EXPECT_FALSE(gone);
                      return HttpAdmission{};
                    })
                    .value();
  const UniqueFd client(::socket(AF_INET, SOCK_STREAM, 0));
  const timeval patience{20, 0};
  ::setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ASSERT_EQ(::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
            0);
  EXPECT_THAT(ask(client, "here\n"), StartsWith("HTTP/1.1 200 "));
  server.drain(std::chrono::seconds(20));
  gone = true;
  const UniqueFd another(::socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_NE(::connect(another.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
            0)
      << "who comes then is refused";
  const std::string late = ask(client, "busy\n");
  EXPECT_THAT(late, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(late, HasSubstr("Connection: close"));
}

}  // namespace
}  // namespace scrim
