// What can go wrong, as a value: every function that can fail returns Expected<T>.
//
// `what` is one line for a person and names the thing, the cause and the cure:
//   "open /dev/video0: Permission denied; add yourself to the group video: ..."
// `code` exists for callers that branch on it. Reentrant; no function here throws on its own.
#pragma once

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <expected>
#include <string>
#include <utility>

namespace scrim {

enum class Errc {
  kRequest,       // the request itself is wrong (option, Spec, value): exit code 2
  kSystem,        // the world fails (file, device, disk, network file): exit code 1
  kTimeout,       // nothing came in time; trying again makes sense
  kDisconnected,  // the device is gone; it may come back
  kEndOfStream,   // there is no more; not a failure
};

struct Error {
  Errc code = Errc::kSystem;
  std::string what;
};

template <class T = void>
using Expected = std::expected<T, Error>;

/// return fail(Errc::kRequest, "size '{}': expected WIDTHxHEIGHT", text);
template <class... Args>
std::unexpected<Error> fail(Errc code, fmt::format_string<Args...> format, Args&&... args) {
  return std::unexpected(Error{code, fmt::format(format, std::forward<Args>(args)...)});
}

/// return fail_errno("open " + path);  gives "open /dev/video0: No such file or directory"
inline std::unexpected<Error> fail_errno(const std::string& what, int error = errno) {
  return std::unexpected(Error{Errc::kSystem, what + ": " + std::strerror(error)});
}

/// Passes an error on, with what was being done put in front.
inline std::unexpected<Error> fail_in(const std::string& doing, Error error) {
  return std::unexpected(Error{error.code, doing + ": " + std::move(error.what)});
}

}  // namespace scrim
