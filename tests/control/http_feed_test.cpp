#include "control/http_feed.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <semaphore>
#include <string>

#include "control/http_server.h"
#include "control/listener.h"
#include "support/read_until.h"

namespace scrim {
namespace {

/// A feed behind a server of its own.
class HttpFeedTest : public testing::Test {
 protected:
  HttpFeedTest() {
    auto listening = listen_on({.host = "127.0.0.1", .port = 0}).value();
    socklen_t size = sizeof address_;
    ::getsockname(listening.get(), reinterpret_cast<sockaddr*>(&address_), &size);
    server_.emplace(HttpServer::start(std::move(listening), {},
                                      [this](HttpRequest, HttpServer::Exchange exchange) {
                                        exchange.answer({.feed = &feed_});
                                      })
                        .value());
  }
  ~HttpFeedTest() override {
    feed_.close();
    server_->drain(std::chrono::seconds(5));
  }

  /// Somebody who watches, once the feed knows of them.
  UniqueFd watch() {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM, 0));
    const timeval patience{20, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
    const std::string request = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
    ::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL);
    arrived_.acquire();
    return fd;
  }

  sockaddr_in address_{};
  std::counting_semaphore<> arrived_{0};
  HttpFeed feed_{"text/event-stream", [this] { arrived_.release(); }};
  std::optional<HttpServer> server_;
};

TEST_F(HttpFeedTest, EveryWatcherGetsWhatIsPublished) {
  const UniqueFd one = watch(), other = watch();
  EXPECT_EQ(feed_.watchers(), 2);
  feed_.publish("first ");
  EXPECT_TRUE(read_until(one, "first").contains("text/event-stream"));
  EXPECT_TRUE(read_until(other, "first").contains("first"));
  feed_.publish("second ");
  EXPECT_FALSE(read_until(one, "second").contains("no more"));
}

TEST_F(HttpFeedTest, ASlowWatcherHoldsUpNobody) {
  const UniqueFd slow = watch(), quick = watch();
  const std::string large(1 << 20, 'x');
  for (int i = 0; i < 64; ++i) feed_.publish(large);  // more than any socket holds
  feed_.publish("newest ");
  EXPECT_FALSE(read_until(quick, "newest").contains("no more"));
}

TEST_F(HttpFeedTest, ItKnowsWhoHasGone) {
  watch();
  while (feed_.watchers() > 0) feed_.publish("anybody? ");
  SUCCEED();
}

TEST_F(HttpFeedTest, CloseEndsAll) {
  const UniqueFd one = watch();
  feed_.publish("last ");
  feed_.close();
  EXPECT_FALSE(read_until(one, "0\r\n\r\n").contains("no more"));  // the end of chunked bytes
}

}  // namespace
}  // namespace scrim
