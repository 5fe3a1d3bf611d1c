// Any bytes at all sent to `scrim serve`: as they are, or, after a first byte below 128, a target,
// a header and a body, with the length that it has. What comes back is answers of HTTP, or nothing.
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "control/listener.h"
#include "control/mask_service.h"

namespace {

sockaddr_un start_service() {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  fmt::format_to_n(address.sun_path, sizeof address.sun_path - 1, "/tmp/scrim-fuzz-{}", getpid());
  static const auto kService =
      *scrim::MaskService::open({.segmenters = {{"oval", "", {}}}, .matte = {}, .pixels = 4096});
  static const auto kServer = *scrim::HttpServer::start(
      *scrim::listen_on({.path = address.sun_path}), {.body = 1 << 16},
      [](auto request, auto way) { kService->handle(std::move(request), std::move(way)); });
  std::atexit([] { ::unlink(fmt::format("/tmp/scrim-fuzz-{}", getpid()).c_str()); });
  return address;
}

std::string request_of(std::string_view text) {
  if (text.empty() || static_cast<unsigned char>(text[0]) >= 128)
    return std::string(text) + "\r\n\r\n";
  const std::size_t line = text.find('\n'), header = text.find('\n', line + 1);
  if (line == text.npos || header == text.npos) return std::string(text);
  return fmt::format("POST /{} HTTP/1.1\r\nHost: a\r\n{}\r\nContent-Length: {}\r\n\r\n{}",
                     text.substr(1, line - 1), text.substr(line + 1, header - line - 1),
                     text.size() - header - 1, text.substr(header + 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sockaddr_un kAddress = start_service();
  const std::string text = request_of({reinterpret_cast<const char*>(data), size});
  const scrim::UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&kAddress), sizeof kAddress) != 0)
    std::abort();
  ::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL);
  ::shutdown(client.get(), SHUT_WR);
  const timeval patience{.tv_sec = 0, .tv_usec = 20'000};  // with what never becomes a request
  ::setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string answer(1 << 14, '\0');
  const ssize_t count = ::recv(client.get(), answer.data(), answer.size(), MSG_WAITALL);
  answer.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (!answer.empty() && !answer.starts_with("HTTP/1.")) std::abort();
  return 0;
}
