// Tested by tests/control/door_test.cpp and tests/apps/panel.
#include "control/door.h"

#include <arpa/inet.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "control/describe.h"
#include "control/secret.h"

namespace scrim {
namespace {

constexpr std::string_view kBearer = "Bearer ";

std::string_view cookie_of(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view pair = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(header.size(), pair.size() + 1));
    pair.remove_prefix(std::min(pair.size(), pair.find_first_not_of(' ')));
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
      return pair.substr(name.size() + 1);
  }
  return {};
}

bool is_numeric(const std::string& host) {
  std::array<std::byte, 16> address;
  if (host.starts_with('[') && host.ends_with(']'))
    return ::inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), address.data()) == 1;
  return ::inet_pton(AF_INET, host.c_str(), address.data()) == 1;
}

std::string_view query_value(const HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.query)
    if (key == name) return value;
  return {};
}

}  // namespace

HttpResponse refuse(int status, std::string_view why) {
  const Json reason{{"ok", false}, {"error", why}, {"exit", status < 500 ? 2 : 1}};
  return {.status = status, .type = "application/json", .body = line_of(reason) + "\n"};
}

Door::Door(std::string token, int port, bool wide)
    : token_(std::move(token)),
      port_(fmt::format(":{}", port)),
      cookie_(fmt::format("scrim-{}", port)),  // cookies know no ports: two runs, two names
      wide_(wide) {}

/// Whoever points a name of their own at this computer is told by that name.
bool Door::is_own_host(std::string_view host) const {
  if (!host.ends_with(port_)) return false;
  const std::string name(host.substr(0, host.size() - port_.size()));
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]" ||
         (wide_ && is_numeric(name));
}

/// Browsers say which page asks. Following a link to "/" is no harm.
bool Door::comes_from_elsewhere(const HttpRequest& request) const {
  const std::string_view origin = request.header("Origin");
  if (!origin.empty() && origin != fmt::format("http://{}", request.header("Host"))) return true;
  const std::string_view site = request.header("Sec-Fetch-Site");
  const bool link = request.path == "/" && request.method == "GET";
  return !link && !site.empty() && site != "same-origin" && site != "none";
}

bool Door::has_token(const HttpRequest& request) const {
  const std::string_view authorization = request.header("Authorization");
  if (authorization.starts_with(kBearer))
    return same_secret(authorization.substr(kBearer.size()), token_);
  return same_secret(cookie_of(request.header("Cookie"), cookie_), token_);
}

std::optional<HttpResponse> Door::answer(const HttpRequest& request) const {
  if (!is_own_host(request.header("Host")))
    return refuse(403, "this is not the address of the panel");
  if (comes_from_elsewhere(request)) return refuse(403, "a page from elsewhere may not ask");
  if (request.path == "/" && request.method == "GET" &&
      same_secret(query_value(request, "token"), token_))
    return HttpResponse{
        .status = 303,
        .headers = {{"Location", "/"},
                    {"Set-Cookie",
                     fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_, token_)}}};
  if (has_token(request)) return std::nullopt;
  return refuse(401, "the link's token is missing or old; `scrim panel` opens the panel");
}

Expected<std::string> make_token() {
  std::array<unsigned char, 16> random;
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
    return fail_errno("get random bytes");
  std::string token;
  for (unsigned char byte : random) token += fmt::format("{:02x}", byte);
  return token;
}

void add_rules(HttpResponse& response) {
  constexpr std::pair<const char*, const char*> kRules[] = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "
       "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"X-Frame-Options", "DENY"},
  };
  for (const auto& [name, value] : kRules) response.headers.emplace_back(name, value);
  const auto keeps = [](const auto& header) { return header.first == "Cache-Control"; };
  if (std::ranges::none_of(response.headers, keeps))
    response.headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace scrim
