// Tested by tests/apps/panel.
#include "control/panel.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "base/worker.h"
#include "control/answers.h"
#include "control/backgrounds_api.h"
#include "control/describe.h"
#include "control/door.h"
#include "control/http_server.h"
#include "control/reporter.h"
#include "control/settings_routes.h"
#include "control/uploading.h"
#include "control/web_files.h"
#include "media/picture.h"

namespace scrim {
namespace {

constexpr std::chrono::seconds kPatience{1};  // with requests that have begun, at the end
constexpr HttpLimits kLimits{.body = 64 << 10,
                             .all_bodies = 1 << 20,
                             .connections = 512,
                             .idle = std::chrono::seconds(10),
                             .request = std::chrono::seconds(30)};
constexpr int kNiceness = 10;
constexpr std::size_t kQueue = 32;  // requests that may wait for the desk
constexpr std::string_view kProgress = "/api/backgrounds/progress";

bool adds_background(const HttpRequest& head) {
  return head.path == "/api/backgrounds" && head.method == "POST";
}

HttpResponse get_look(Session& session, const HttpRequest&) {
  return answer_json(describe(session.status().look));
}

HttpResponse put_look(Session& session, const HttpRequest& request) {
  const Json look = Json::parse(request.body.begin(), request.body.end(), nullptr, false);
  HttpResponse answer = told(session, {{"command", "look"}, {"value", look}});
  return answer.status == 200 ? get_look(session, request) : answer;
}

template <const char* command>
HttpResponse tell(Session& session, const HttpRequest&) {
  return told(session, {{"command", command}});
}
constexpr char kStatus[] = "status", kPause[] = "pause", kResume[] = "resume";

HttpResponse get_snapshot(Session& session, const HttpRequest&) {
  Image picture(session.status().size);
  if (!session.viewfinder().take(Viewfinder::View::kOutput, Clock::now() + std::chrono::seconds(3),
                                 picture.view()))
    return refuse(500, "no picture has come");
  return answer_bytes(encode_png(std::as_const(picture).view()), "image/png");
}

struct Route {
  std::string_view method, path;  // "/" at its end: and whatever follows
  HttpResponse (*answer)(Session&, const HttpRequest&);
};
constexpr Route kRoutes[] = {
    {"GET", "/api/stats", &tell<kStatus>},
    {"GET", "/api/look", &get_look},
    {"PUT", "/api/look", &put_look},
    {"GET", "/api/kinds",
     [](Session&, const HttpRequest&) { return answer_json(describe_kinds()); }},
    {"GET", "/api/devices",
     [](Session&, const HttpRequest&) { return answer_json(describe_devices()); }},
    {"GET", "/api/backgrounds", &get_backgrounds},
    {"GET", "/api/backgrounds/", &get_thumbnail},
    {"DELETE", "/api/backgrounds/", &delete_background},
    {"GET", "/api/settings", &get_settings_route},
    {"PUT", "/api/settings", &put_settings_route},
    {"GET", "/api/presets", &get_presets_route},
    {"POST", "/api/presets/", &post_preset_route},
    {"DELETE", "/api/presets/", &delete_preset_route},
    {"POST", "/api/pause", &tell<kPause>},
    {"POST", "/api/resume", &tell<kResume>},
    {"GET", "/snapshot.png", &get_snapshot},
};

bool is_at(const Route& route, std::string_view path) {
  return route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path;
}

Expected<void> keep_link(const std::string& path, const std::string& link) {
  if (path.empty()) return {};
  ::unlink(path.c_str());
  const UniqueFd file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file || !write_all(file.get(), link.data(), link.size())) return fail_errno("write " + path);
  return {};
}

Expected<std::vector<UniqueFd>> listen_for_panel(const ListenAddress& address) {
  if (address.is_loopback()) return listen_on_loopback(address.port);
  auto one = listen_on(address);
  if (!one) return std::unexpected(one.error());
  std::vector<UniqueFd> all;
  all.push_back(*std::move(one));
  return all;
}

/// From now on the calling thread leaves the processor to those that carry pictures.
void give_way() {
  thread_local bool given = false;
  if (!std::exchange(given, true))
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
}

struct Job {
  HttpRequest request;
  std::optional<HttpServer::Exchange> exchange;
};

}  // namespace

struct Panel::Shared {
  Shared(Session& session_, const PanelSettings& settings, std::string url, Door door_,
         const std::string& token)
      : session(session_),
        link_file(settings.link_file),
        link(url + "/?token=" + token),
        door(std::move(door_)),
        reporter(session_) {}

  /// On a server's thread: who may not come in is told so before anything is taken from them.
  HttpAdmission admit(const HttpRequest& head) {
    std::lock_guard lock(mutex);
    HttpAdmission admission;
    if (auto refused = door.answer(head))
      admission.refusal = *std::move(refused);
    else if (adds_background(head))
      admission = uploading->admit(head);
    if (admission.refusal) add_rules(*admission.refusal);
    return admission;
  }

  /// On a server's thread.
  void handle(HttpRequest request, HttpServer::Exchange exchange) {
    std::lock_guard lock(mutex);
    if (request.file) return uploading->submit(std::move(request), std::move(exchange));
    if (auto answer = answer_at_once(request)) {
      add_rules(*answer);
      return exchange.answer(*std::move(answer));
    }
    const bool taken = desk->submit(Pacing::kLive, [&](Job& job) {
      job = {std::move(request), std::move(exchange)};
    });
    if (!taken) exchange.answer(refuse(503, "too much is asked at once"));
  }

  std::optional<HttpResponse> answer_at_once(const HttpRequest& request) {
    const bool gets = request.method == "GET";
    if (request.path == "/api/events" && gets) return stream(reporter.events());
    if (request.path == "/preview.mjpeg" && gets) return preview(request);
    if (request.path == kProgress && gets) return answer_json({{"share", uploading->share()}});
    if (const WebFile* file = find_web_file(request.path); file && gets)
      return HttpResponse{.type = std::string(file->type), .body = std::string(file->bytes)};
    bool known = find_web_file(request.path) || request.path == "/api/events" ||
                 request.path == "/preview.mjpeg" || request.path == kProgress;
    for (const Route& route : kRoutes) {
      if (!is_at(route, request.path)) continue;
      if (route.method == request.method) return std::nullopt;
      known = true;
    }
    return known ? refuse(405, "not with " + request.method)
                 : refuse(404, "there is no such thing");
  }

  static HttpResponse stream(HttpFeed* feed) {
    if (!feed) return refuse(503, "too many watch already");
    return {.feed = feed};
  }

  HttpResponse preview(const HttpRequest& request) {
    constexpr std::array<std::string_view, 3> kViews{"output", "matte", "camera"};
    std::string_view name = kViews[0];
    for (const auto& [key, value] : request.query)
      if (key == "view") name = value;
    const auto found = std::ranges::find(kViews, name);
    if (found == kViews.end()) return refuse(400, fail_unknown("view", name, kViews).error().what);
    return stream(reporter.preview(static_cast<Viewfinder::View>(found - kViews.begin())));
  }

  /// On the desk's thread.
  void work(Job& job) {
    give_way();
    const auto route = std::ranges::find_if(kRoutes, [&](const Route& each) {
      return is_at(each, job.request.path) && each.method == job.request.method;
    });
    HttpResponse answer = route->answer(session, job.request);
    if (job.request.method != "GET") reporter.hurry();
    add_rules(answer);
    job.exchange->answer(std::move(answer));
    job.exchange.reset();
  }

  Session& session;
  const std::string link_file, link;
  const Door door;
  Reporter reporter;
  std::mutex mutex;                    // the servers take turns
  std::vector<HttpServer> servers;     // what follows must be gone before them
  std::optional<Worker<Job>> desk;     // guarded by mutex
  std::optional<Uploading> uploading;  // guarded by mutex
};

Expected<std::unique_ptr<Panel>> Panel::open(const PanelSettings& settings, Session& session) {
  auto token = make_token();
  if (!token) return std::unexpected(token.error());
  auto listening = listen_for_panel(settings.address);
  if (!listening) return std::unexpected(listening.error());
  const std::string url = url_of(settings.address, listening->front());
  const int port = std::stoi(url.substr(url.rfind(':') + 1));
  auto shared = std::make_unique<Shared>(session, settings, url,
                                         Door(*token, port, !settings.address.is_local()), *token);
  if (auto ok = keep_link(settings.link_file, shared->link); !ok)
    return std::unexpected(ok.error());
  shared->desk.emplace(std::vector<Job>(kQueue), [&s = *shared](Job& job) { s.work(job); });
  shared->uploading.emplace();
  for (UniqueFd& socket : *listening) {
    auto server = HttpServer::start(
        std::move(socket), kLimits,
        [&s = *shared](HttpRequest request, HttpServer::Exchange exchange) {
          s.handle(std::move(request), std::move(exchange));
        },
        [&s = *shared](const HttpRequest& head) { return s.admit(head); });
    if (!server) return std::unexpected(server.error());
    shared->servers.push_back(*std::move(server));
  }
  return std::unique_ptr<Panel>(new Panel(std::move(shared)));
}

Panel::Panel(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}

Panel::~Panel() {
  if (!shared_->link_file.empty()) ::unlink(shared_->link_file.c_str());
  shared_->reporter.close();
  for (HttpServer& server : shared_->servers) server.drain(kPatience);
  shared_->desk.reset();  // answers what is left, before the servers go
  shared_->uploading.reset();
  shared_->servers.clear();
}

const std::string& Panel::link() const {
  return shared_->link;
}

Expected<ListenAddress> parse_panel_address(std::string_view text) {
  const bool port_alone = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  auto address = parse_listen_address(port_alone ? fmt::format("127.0.0.1:{}", text) : text);
  if (!address) return fail_in("--panel", address.error());
  if (!address->path.empty())
    return fail(Errc::kRequest, "--panel '{}': expected PORT, HOST:PORT or off", text);
  return address;
}

}  // namespace scrim
