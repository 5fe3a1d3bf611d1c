// The address of a unix socket. Reentrant.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <optional>
#include <string>

namespace scrim {

constexpr std::size_t kLongestUnixPath = sizeof(sockaddr_un::sun_path) - 1;

/// None if the path is longer than that.
inline std::optional<sockaddr_un> unix_address(const std::string& path) {
  if (path.size() > kLongestUnixPath) return std::nullopt;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  return address;
}

}  // namespace scrim
