// What tests read from a socket.
#pragma once

#include <sys/socket.h>

#include <array>
#include <string>
#include <string_view>

#include "base/unique_fd.h"

namespace scrim {

/// All that comes until `end` does.
inline std::string read_until(const UniqueFd& fd, std::string_view end) {
  std::string all;
  for (std::array<char, 4096> bytes; !all.contains(end);) {
    const auto count = ::recv(fd.get(), bytes.data(), bytes.size(), 0);
    if (count <= 0) return all + " and no more";
    all.append(bytes.data(), static_cast<std::size_t>(count));
  }
  return all;
}

}  // namespace scrim
