#include "control/listener.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <charconv>
#include <memory>

#include "control/unix_address.h"

namespace scrim {
namespace {

constexpr int kBacklog = 256;
constexpr int kMostAttempts = 16;

std::string print(const ListenAddress& address) {
  if (!address.path.empty()) return "unix:" + address.path;
  const bool v6 = address.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", address.host, v6 ? "]" : "", address.port);
}

/// Whether a program answers there.
bool is_served(const sockaddr_un& address) {
  const UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

Expected<UniqueFd> listen_unix(const std::string& path) {
  const auto address = unix_address(path);
  if (!address)
    return fail(Errc::kRequest, "listen on unix:{}: the name is longer than {} bytes", path,
                kLongestUnixPath);
  struct stat info {};
  if (::lstat(path.c_str(), &info) == 0) {
    if (!S_ISSOCK(info.st_mode))
      return fail(Errc::kSystem, "listen on unix:{}: there is a file of that name", path);
    if (is_served(*address))
      return fail(Errc::kSystem, "listen on unix:{}: another program listens there", path);
    ::unlink(path.c_str());
  }
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // Made for nobody first: between bind and chmod no other user can slip in.
  const mode_t before = ::umask(0177);
  const int bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address);
  const int error = errno;
  ::umask(before);
  if (bound != 0) return fail_errno("listen on unix:" + path, error);
  if (::listen(fd.get(), kBacklog) != 0) return fail_errno("listen on unix:" + path);
  return fd;
}

Expected<UniqueFd> listen_tcp(const ListenAddress& address) {
  const addrinfo hints{.ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM};
  addrinfo* list = nullptr;
  const int rc =
      ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &list);
  if (rc != 0) return fail(Errc::kSystem, "listen on {}: {}", print(address), ::gai_strerror(rc));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
  UniqueFd fd(::socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(fd.get(), list->ai_addr, list->ai_addrlen) == 0 && ::listen(fd.get(), kBacklog) == 0)
    return fd;
  auto error = fail_errno("listen on " + print(address)).error();
  if (errno == EADDRINUSE) error.what += "; another program has it: choose another port";
  return std::unexpected(std::move(error));
}

int port_of(const UniqueFd& listening) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  ::getsockname(listening.get(), reinterpret_cast<sockaddr*>(&storage), &size);
  return ntohs(storage.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(storage).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(storage).sin_port);
}

/// Whether this computer has the address ::1.
bool has_loopback6() {
  return listen_tcp({.host = "::1", .port = 0}).has_value();
}

}  // namespace

bool ListenAddress::is_loopback() const {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

bool ListenAddress::is_local() const {
  in_addr four{};
  const bool loopback = ::inet_pton(AF_INET, host.c_str(), &four) == 1 && host.starts_with("127.");
  return !path.empty() || loopback || host == "::1" || host == "localhost";
}

Expected<ListenAddress> parse_listen_address(std::string_view text) {
  constexpr std::string_view kUnix = "unix:";
  if (text.starts_with(kUnix) && text.size() > kUnix.size())
    return ListenAddress{.path = std::string(text.substr(kUnix.size()))};
  const auto colon = text.rfind(':');
  if (colon != text.npos && colon > 0) {
    std::string_view host = text.substr(0, colon), digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    int port = -1;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), port);
    if (error == std::errc{} && end == digits.end() && port >= 0 && port <= 65535)
      return ListenAddress{.host = std::string(host), .port = port};
  }
  return fail(Errc::kRequest, "listen address '{}': expected HOST:PORT, [HOST]:PORT or unix:PATH",
              text);
}

Expected<UniqueFd> listen_on(const ListenAddress& address) {
  return address.path.empty() ? listen_tcp(address) : listen_unix(address.path);
}

Expected<std::vector<UniqueFd>> listen_on_loopback(int port) {
  for (int attempt = 0;; ++attempt) {
    auto four = listen_tcp({.host = "127.0.0.1", .port = port});
    if (!four) return std::unexpected(four.error());
    auto six = listen_tcp({.host = "::1", .port = port_of(*four)});
    std::vector<UniqueFd> both;
    both.push_back(*std::move(four));
    if (six) both.push_back(*std::move(six));
    if (six || !has_loopback6()) return both;
    // A port that the system chose may be taken there.
    if (port != 0 || attempt == kMostAttempts) return std::unexpected(six.error());
  }
}

std::string url_of(const ListenAddress& address, const UniqueFd& listening) {
  if (!address.path.empty()) return print(address);
  ListenAddress real = address;
  real.port = port_of(listening);
  return "http://" + print(real);
}

}  // namespace scrim
