// libmicrohttpd calls `on_request` once for a request's head, once per piece of its body, once at
// its end, and, since the connection is then put to sleep, once more when the answer is there.
#include "control/http_server.h"

#include <microhttpd.h>
#include <strings.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <mutex>

#include "base/clock.h"
#include "control/http_feed.h"
#include "control/http_patience.h"

namespace scrim {

struct HttpServer::Call {
  State* state;
  MHD_Connection* connection;
  HttpRequest request;
  std::size_t most = 0;     // bytes of the body
  std::size_t counted = 0;  // bytes of the body, in the sum of all
  bool in_memory = true;    // else in a file
  bool too_much = false;    // of bytes: what follows is not kept
  bool disk_full = false;   // the same, for another reason
  bool asked = false;       // the handler
  HttpResponse response;    // valid once the connection is awake again
};

struct HttpServer::State {
  UniqueFd listening;
  HttpLimits limits;
  Handler handler;
  Admit admit;
  Patience patience{limits.connections / 2};
  MHD_Daemon* daemon = nullptr;
  std::atomic<std::size_t> bytes = 0;
  std::mutex mutex;
  std::condition_variable changed;
  int calls = 0;          // guarded by mutex: requests that have begun
  bool draining = false;  // guarded by mutex
  bool closed = false;    // guarded by mutex: the handler may be gone

  State(UniqueFd socket, const HttpLimits& limits_, Handler handler_, Admit admit_)
      : listening(std::move(socket)),
        limits(limits_),
        handler(std::move(handler_)),
        admit(std::move(admit_)) {}
  ~State() {
    if (!daemon) return;
    MHD_quiesce_daemon(daemon);  // so that the socket stays ours to close
    MHD_stop_daemon(daemon);
  }
  void count(int difference) {
    {
      std::lock_guard lock(mutex);
      calls += difference;
    }
    changed.notify_all();
  }
  bool is_draining() {
    std::lock_guard lock(mutex);
    return draining;
  }
};

namespace {

using Call = HttpServer::Call;
using State = HttpServer::State;

int fd_of(MHD_Connection* connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

/// What the connection is at may take so long, from now on.
void allow(State& state, MHD_Connection* connection, std::chrono::seconds patience) {
  state.patience.allow(fd_of(connection), Clock::now() + patience);
}

void on_connection(void* server, MHD_Connection* connection, void**,
                   MHD_ConnectionNotificationCode code) {
  auto& state = *static_cast<State*>(server);
  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    state.patience.entered(fd_of(connection), Clock::now() + state.limits.idle);
  else
    state.patience.left(fd_of(connection));
}

MHD_Result add(void* list, MHD_ValueKind, const char* name, const char* value) {
  static_cast<NameValues*>(list)->emplace_back(name, value ? value : "");
  return MHD_YES;
}

MHD_Result send(MHD_Connection* connection, const HttpResponse& answer, bool last) {
  MHD_Response* response =
      answer.feed
          ? answer.feed->respond_to(connection)
          : MHD_create_response_from_buffer(
                answer.body.size(), const_cast<char*>(answer.body.data()), MHD_RESPMEM_MUST_COPY);
  if (!response) return MHD_NO;
  const std::string& type = answer.feed ? answer.feed->type() : answer.type;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type.c_str());
  MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : answer.headers)
    MHD_add_response_header(response, name.c_str(), value.c_str());
  if (last) MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
  const auto result =
      MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
  MHD_destroy_response(response);
  return result;
}

std::size_t announced_length(MHD_Connection* connection) {
  const char* text =
      MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  std::size_t length = 0;
  if (text) std::from_chars(text, text + std::string_view(text).size(), length);
  return length;
}

HttpResponse too_large(std::size_t most) {
  const bool small = most < 1 << 20;
  return {.status = 413,
          .body = fmt::format("the body is larger than {} {}\n", most >> (small ? 10 : 20),
                              small ? "KiB" : "MiB")};
}

/// Keeps a piece of the body, as long as it and all others fit.
void keep(Call& call, const char* data, std::size_t size) {
  State& state = *call.state;
  HttpRequest& request = call.request;
  if (call.too_much) return;
  call.counted += size;
  if (request.file) {
    call.too_much = call.counted > call.most;
    call.disk_full = !call.too_much && !write_all(request.file.get(), data, size);
    call.too_much |= call.disk_full;
    if (call.too_much) request.file = UniqueFd();
    return;
  }
  call.too_much = (state.bytes += size) > state.limits.all_bodies || call.counted > call.most;
  if (call.too_much)
    request.body = {};
  else
    request.body.insert(request.body.end(), data, data + size);
}

void ask(Call& call) {
  call.asked = true;
  MHD_suspend_connection(call.connection);
  HttpServer::Exchange exchange(&call);
  State& state = *call.state;
  state.patience.allow(fd_of(call.connection), Patience::kNoEnd);  // it is our turn
  if (call.disk_full)
    return exchange.answer({.status = 507, .body = "there is no room on the disk\n"});
  if (call.counted > call.most) return exchange.answer(too_large(call.most));
  std::lock_guard lock(state.mutex);
  if (call.too_much || state.closed)
    return exchange.answer({.status = 503, .body = "busy\n", .headers = {{"Retry-After", "1"}}});
  state.handler(std::move(call.request), std::move(exchange));
}

/// The head has come.
MHD_Result begin(State& state, MHD_Connection* connection, const char* method, const char* path,
                 void** slot) {
  HttpRequest head{.method = method, .path = path};
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &add, &head.query);
  MHD_get_connection_values(connection, MHD_HEADER_KIND, &add, &head.headers);
  HttpAdmission admission = state.admit ? state.admit(head) : HttpAdmission{};
  if (admission.refusal) return send(connection, *admission.refusal, true);
  const bool in_memory = !admission.file;
  const std::size_t most = in_memory ? state.limits.body : admission.most;
  if (announced_length(connection) > most) return send(connection, too_large(most), true);
  state.patience.welcome(fd_of(connection));
  allow(state, connection, in_memory ? state.limits.request : admission.patience);
  head.file = std::move(admission.file);
  // on_end frees it
  *slot = new Call{.state = &state,
                   .connection = connection,
                   .request = std::move(head),
                   .most = most,
                   .in_memory = in_memory};
  state.count(1);
  return MHD_YES;
}

MHD_Result on_request(void* server, MHD_Connection* connection, const char* path,
                      const char* method, const char*, const char* data, size_t* size,
                      void** slot) {
  auto& state = *static_cast<State*>(server);
  if (!*slot) return begin(state, connection, method, path, slot);
  auto& call = *static_cast<Call*>(*slot);
  if (*size > 0) {
    keep(call, data, std::exchange(*size, 0));
    return MHD_YES;
  }
  if (call.asked) {
    if (!call.response.feed) allow(state, connection, state.limits.request);
    return send(connection, call.response, state.is_draining());
  }
  ask(call);
  return MHD_YES;
}

void on_end(void*, MHD_Connection* connection, void** slot, MHD_RequestTerminationCode) {
  const std::unique_ptr<Call> call(static_cast<Call*>(*slot));
  if (!call) return;
  allow(*call->state, connection, call->state->limits.idle);
  if (call->in_memory) call->state->bytes -= call->counted;
  call->state->count(-1);
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  const auto same = [&](const auto& pair) {
    return pair.first.size() == name.size() &&
           ::strncasecmp(pair.first.data(), name.data(), name.size()) == 0;
  };
  const auto found = std::ranges::find_if(headers, same);
  return found == headers.end() ? std::string_view() : found->second;
}

void HttpServer::Exchange::answer(HttpResponse response) {
  Call* call = call_.release();
  call->response = std::move(response);
  MHD_resume_connection(call->connection);
}

void HttpServer::Exchange::AnswerForgotten::operator()(Call* call) const {
  Exchange(call).answer({.status = 500, .body = "no answer\n"});
}

Expected<HttpServer> HttpServer::start(UniqueFd listening, const HttpLimits& limits,
                                       Handler handler, Admit admit) {
  auto state =
      std::make_unique<State>(std::move(listening), limits, std::move(handler), std::move(admit));
  state->daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr, &on_request,
      state.get(), MHD_OPTION_LISTEN_SOCKET, state->listening.get(), MHD_OPTION_CONNECTION_LIMIT,
      limits.connections, MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(limits.idle.count()),
      MHD_OPTION_NOTIFY_COMPLETED, &on_end, nullptr, MHD_OPTION_NOTIFY_CONNECTION, &on_connection,
      state.get(), MHD_OPTION_END);
  if (!state->daemon) return fail_errno("start the HTTP server");
  return HttpServer(std::move(state));
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

void HttpServer::drain(std::chrono::seconds patience) {
  MHD_quiesce_daemon(state_->daemon);
  state_->listening = {};  // clients are refused now, instead of waiting
  std::unique_lock lock(state_->mutex);
  state_->draining = true;
  state_->changed.wait_for(lock, patience, [this] { return state_->calls == 0; });
  state_->closed = true;
}

}  // namespace scrim
