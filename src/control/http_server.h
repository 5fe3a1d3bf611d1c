// A small HTTP/1.1 server over libmicrohttpd: one thread moves the bytes of all connections, the
// handler answers, there and then or later from any thread. Slow, endless and too many clients are
// bounded here, so that handlers see whole requests only; who may not come in can be told so before
// the first byte of a body is taken.
//
// start() runs the thread; admit and handler are called on it, one request at a time, and must not
// block.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"

namespace scrim {

using NameValues = std::vector<std::pair<std::string, std::string>>;

class HttpFeed;

struct HttpRequest {
  std::string method, path;  // without the query
  NameValues query, headers;
  std::vector<std::uint8_t> body;
  UniqueFd file = {};  // holds the body in its place, where an HttpAdmission said so
  /// Names of headers know no case. Empty when there is none.
  std::string_view header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  NameValues headers = {};
  HttpFeed* feed = nullptr;  // in place of type and body
};

struct HttpLimits {
  std::size_t body = 32 << 20;         // bytes of one request
  std::size_t all_bodies = 256 << 20;  // of all requests being received or answered
  unsigned connections = 256;          // further ones wait in the kernel's queue
  std::chrono::seconds idle{15};       // without a byte; and for a whole head
  std::chrono::seconds request{30};    // for a whole body; and again for the whole answer
};

/// What becomes of a request whose head has come.
struct HttpAdmission {
  std::optional<HttpResponse> refusal = {};  // answered at once, and the connection ends
  UniqueFd file = {};                        // where there is one the body goes there,
  std::size_t most = 0;                      // so many bytes of it,
  std::chrono::seconds patience = {};        // which may take so long
};

class HttpServer {
 public:
  struct Call;   // one request on its way
  struct State;  // what the connections share

  /// The right to answer one request, once, from any thread. Let go unused, it answers 500.
  class Exchange {
   public:
    explicit Exchange(Call* call) : call_(call) {}
    void answer(HttpResponse response);

   private:
    struct AnswerForgotten {
      void operator()(Call* call) const;
    };
    std::unique_ptr<Call, AnswerForgotten> call_;
  };
  using Handler = std::function<void(HttpRequest, Exchange)>;
  using Admit = std::function<HttpAdmission(const HttpRequest& head)>;

  /// Takes requests from `listening`; without `admit`, everybody's. kSystem.
  static Expected<HttpServer> start(UniqueFd listening, const HttpLimits& limits, Handler handler,
                                    Admit admit = {});
  HttpServer(HttpServer&&) noexcept;
  /// Takes no more connections and lets requests that have begun end, at most for `patience`; the
  /// handler and admit are not called any more. Every Exchange must have answered before the server
  /// goes.
  void drain(std::chrono::seconds patience);
  ~HttpServer();

 private:
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrim
