// Where a server listens, as people write it: "127.0.0.1:9000", "[::1]:9000", "localhost:9000" or
// "unix:/run/scrim.sock". Reentrant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"

namespace scrim {

struct ListenAddress {
  std::string host;  // numeric or "localhost"; empty for a unix socket
  int port = 0;      // 0 lets the system choose
  std::string path;  // of a unix socket
  /// 127.0.0.1, ::1 or localhost.
  bool is_loopback() const;
  /// Only programs on this computer can reach it.
  bool is_local() const;
};

/// kRequest.
Expected<ListenAddress> parse_listen_address(std::string_view text);

/// A listening socket. A unix socket is made for its owner alone (0600); one that a dead program
/// left behind is replaced. kSystem: "listen on 127.0.0.1:9000: Address already in use; ...".
Expected<UniqueFd> listen_on(const ListenAddress& address);

/// On 127.0.0.1 and, where there is such a thing, on ::1, the same port, so that no other user's
/// program is met at the other one. kSystem.
Expected<std::vector<UniqueFd>> listen_on_loopback(int port);

/// As a client writes it, with the port that the system chose: "http://127.0.0.1:9000".
std::string url_of(const ListenAddress& address, const UniqueFd& listening);

}  // namespace scrim
