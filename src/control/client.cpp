#include "control/client.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <array>

#include "base/unique_fd.h"
#include "control/place.h"

namespace scrim {
namespace {

// Another camera may take 8 s and the next picture 5, and others may have asked before.
constexpr timeval kPatience{30, 0};

Expected<UniqueFd> connect_to(const std::string& path) {
  const auto address = control_address(path);
  if (!address) return std::unexpected(address.error());
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return fail_errno("make a socket");
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0)
    return fd;
  if (errno == ENOENT || errno == ECONNREFUSED)
    return fail(Errc::kSystem, "no Scrim is running here ({}); start one with `scrim run`", path);
  return fail_errno("reach " + path);
}

Expected<void> send_to(int fd, const std::string& request, const std::string& path) {
  const std::string line = request + "\n";
  if (::send(fd, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
    return fail_errno("send to " + path);
  return {};
}

}  // namespace

Expected<std::string> ask_running(const std::string& path, const std::string& request) {
  auto fd = connect_to(path);
  if (!fd) return std::unexpected(fd.error());
  // Who is one too many is told so, and hung up on, before having asked.
  const auto sent = send_to(fd->get(), request, path);
  std::string answer;
  for (std::array<char, 4096> bytes; !answer.ends_with('\n');) {
    const ssize_t count = ::recv(fd->get(), bytes.data(), bytes.size(), 0);
    if (count <= 0 && !sent) return std::unexpected(sent.error());
    if (count <= 0)
      return fail(Errc::kSystem, "{}: the running Scrim does not answer{}{}", path,
                  count < 0 ? ": " : "", count < 0 ? std::strerror(errno) : "");
    answer.append(bytes.data(), static_cast<std::size_t>(count));
  }
  answer.pop_back();
  return answer;
}

Expected<void> follow_running(const std::string& path, const std::string& request,
                              const std::function<void(const std::string& line)>& hear) {
  auto fd = connect_to(path);
  if (!fd) return std::unexpected(fd.error());
  constexpr timeval kEver{};
  ::setsockopt(fd->get(), SOL_SOCKET, SO_RCVTIMEO, &kEver, sizeof kEver);
  const auto sent = send_to(fd->get(), request, path);
  std::string received;
  std::array<char, 4096> bytes;
  for (ssize_t count; (count = ::recv(fd->get(), bytes.data(), bytes.size(), 0)) > 0;) {
    received.append(bytes.data(), static_cast<std::size_t>(count));
    for (std::size_t end; (end = received.find('\n')) != received.npos; received.erase(0, end + 1))
      hear(received.substr(0, end));
  }
  return sent;
}

int process_at(const std::string& path) {
  const auto fd = connect_to(path);
  ucred peer{};
  socklen_t size = sizeof peer;
  if (!fd || ::getsockopt(fd->get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return 0;
  return peer.pid;
}

}  // namespace scrim
