// Lets the owner's browser in to a page on this computer, and nobody else: neither other users, nor
// pages from elsewhere that the same browser shows (cross-site requests, DNS rebinding).
//
// Every request needs the run's token: as a cookie that only this page's requests carry, or as
// "Authorization: Bearer TOKEN"; the link to "/" carries it once, in exchange for the cookie.
// Reentrant, immutable.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "control/http_server.h"

namespace scrim {

class Door {
 public:
  /// `wide`: other computers may come, too, by a numeric address; else names of this one alone.
  Door(std::string token, int port, bool wide);

  /// What to answer instead, to who may not come in, or comes with the link; empty: welcome.
  std::optional<HttpResponse> answer(const HttpRequest& request) const;

 private:
  bool is_own_host(std::string_view host) const;
  bool comes_from_elsewhere(const HttpRequest& request) const;
  bool has_token(const HttpRequest& request) const;

  const std::string token_, port_, cookie_;
  const bool wide_;
};

/// 32 random hexadecimal digits. kSystem.
Expected<std::string> make_token();

/// {"ok": false, "error": why, "exit": the command line's exit code}, as the unix socket says it.
HttpResponse refuse(int status, std::string_view why);

/// What every answer tells the browser to do, and not to do, with it.
void add_rules(HttpResponse& response);

}  // namespace scrim
