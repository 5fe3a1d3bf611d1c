// libmicrohttpd asks for bytes as a client can take them; while there are none the connection is
// put to sleep, and publish() wakes it. Tested by tests/control/http_feed_test.cpp.
#include "control/http_feed.h"

#include <microhttpd.h>

#include <algorithm>
#include <memory>

namespace scrim {
namespace {

constexpr std::size_t kBlock = 64 << 10;  // bytes that are asked for at a time, at most

}  // namespace

/// One client on its way through the messages.
struct HttpFeed::Reader {
  HttpFeed& feed;
  MHD_Connection* connection;
  std::uint64_t number = 0;  // of the message being sent
  std::string message = {};
  std::size_t sent = 0;

  ssize_t read(char* out, std::size_t most) {
    if (sent == message.size()) {
      std::lock_guard lock(feed.mutex_);
      if (feed.closed_) return MHD_CONTENT_READER_END_OF_STREAM;
      if (feed.number_ == number) {
        MHD_suspend_connection(connection);
        feed.asleep_.push_back(connection);
        return 0;
      }
      number = feed.number_;
      message = feed.message_;
      sent = 0;
    }
    const std::size_t count = message.copy(out, most, sent);
    sent += count;
    return static_cast<ssize_t>(count);
  }
  ~Reader() {
    std::lock_guard lock(feed.mutex_);
    std::erase(feed.asleep_, connection);
    --feed.watchers_;
  }
};

MHD_Response* HttpFeed::respond_to(MHD_Connection* connection) {
  auto reader = std::make_unique<Reader>(*this, connection);
  {
    std::lock_guard lock(mutex_);
    ++watchers_;
    if (number_ > 0) reader->number = number_;  // what was told before is old
  }
  MHD_Response* response = MHD_create_response_from_callback(
      MHD_SIZE_UNKNOWN, kBlock,
      [](void* reader_of, std::uint64_t, char* out, std::size_t most) {
        return static_cast<Reader*>(reader_of)->read(out, most);
      },
      reader.get(), [](void* reader_of) { delete static_cast<Reader*>(reader_of); });
  if (!response) return nullptr;
  reader.release();
  on_watcher_();
  return response;
}

void HttpFeed::publish(std::string message) {
  std::lock_guard lock(mutex_);
  message_ = std::move(message);
  ++number_;
  wake();
}

int HttpFeed::watchers() const {
  std::lock_guard lock(mutex_);
  return watchers_;
}

void HttpFeed::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  wake();
}

void HttpFeed::wake() {
  for (MHD_Connection* connection : asleep_) MHD_resume_connection(connection);
  asleep_.clear();
}

}  // namespace scrim
