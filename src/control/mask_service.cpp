#include "control/mask_service.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>

#include "base/text.h"
#include "control/metrics.h"
#include "control/secret.h"
#include "media/jpeg.h"
#include "media/picture.h"
#include "session/stages.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;

constexpr Clock::duration kLongestWait = 5s;  // in the queue; whoever asked has given up by then
constexpr int kJpegQuality = 90;

enum class Format { kMask, kAlpha8, kPng, kJpeg };
constexpr std::array<std::string_view, 4> kFormats{"mask", "alpha8", "png", "jpeg"};

struct Wish {
  Format format = Format::kMask;
  double threshold = .5;
  std::size_t segmenter = 0;
};

struct Job {
  Wish wish;
  std::vector<std::uint8_t> body;
  HttpServer::Exchange exchange;
  Clock::time_point arrived = Clock::now();
};

/// One segmenter with the memory that its mattes need.
struct Engine {
  std::unique_ptr<Segmenter> segmenter;
  Matting matting;
};
using Engines = std::vector<Engine>;

HttpResponse failure(int status, std::string what) {
  return {.status = status, .body = std::move(what) + "\n"};
}

HttpResponse busy() {
  return {.status = 503, .body = "busy\n", .headers = {{"Retry-After", "1"}}};
}

std::string as_string(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

HttpResponse in_format(const Wish& wish, ConstPlane alpha) {
  if (wish.format == Format::kPng || wish.format == Format::kJpeg) {
    const bool png = wish.format == Format::kPng;
    auto bytes = png ? encode_png(alpha) : encode_jpeg(alpha, kJpegQuality);
    if (!bytes) return failure(500, bytes.error().what);
    return {.type = png ? "image/png" : "image/jpeg", .body = as_string(*bytes)};
  }
  HttpResponse answer{.type = "application/octet-stream"};
  answer.body.reserve(static_cast<std::size_t>(alpha.width) *
                      static_cast<std::size_t>(alpha.height));
  for (int y = 0; y < alpha.height; ++y)
    answer.body.append(reinterpret_cast<const char*>(alpha.row(y)),
                       static_cast<std::size_t>(alpha.width));
  if (wish.format == Format::kMask)
    for (char& sample : answer.body)
      sample = static_cast<unsigned char>(sample) >= wish.threshold * 255;
  answer.headers = {{"X-Format", std::string(kFormats[static_cast<std::size_t>(wish.format)])},
                    {"X-Width", std::to_string(alpha.width)},
                    {"X-Height", std::to_string(alpha.height)}};
  return answer;
}

HttpResponse mask(const Job& job, Engines& engines, std::int64_t pixels) {
  auto picture = decode_picture(job.body, pixels);
  if (!picture) {
    const bool large = picture.error().code == Errc::kRequest;
    return failure(large ? 413 : 400, picture.error().what);
  }
  PlaneBuffer alpha(picture->size());
  Engine& engine = engines[job.wish.segmenter];
  if (auto ok = engine.matting.make(picture->view(), kStart, *engine.segmenter, alpha.view()); !ok)
    return failure(ok.error().code == Errc::kDisconnected ? 503 : 500, ok.error().what);
  return in_format(job.wish, alpha.view());
}

Expected<Engines> make_engines(const MaskServiceSettings& settings) {
  MatteSettings matte = settings.matte;
  matte.still = true;
  Engines engines;
  for (const Spec& spec : settings.segmenters) {
    auto segmenter = make_segmenter(spec, segmenter_needs({.pacing = Pacing::kLive}));
    if (!segmenter) return std::unexpected(segmenter.error());
    engines.push_back({*std::move(segmenter), Matting(matte)});
  }
  return engines;
}

}  // namespace

struct MaskService::Shared {
  MaskServiceSettings settings;
  Metrics metrics;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job> queue;              // guarded by mutex
  bool retired = false;               // guarded by mutex
  bool ending = false;                // guarded by mutex
  std::vector<std::jthread> workers;  // last: they use all of the above

  void work(Engines engines);
  void answer(Job& job, HttpResponse response);
  void enqueue(Job job);
  Expected<Wish> parse(const NameValues& query) const;
  HttpResponse get(const std::string& path);
  bool is_welcome(const HttpRequest& request) const;
};

void MaskService::Shared::answer(Job& job, HttpResponse response) {
  metrics.count(response.status, Clock::now() - job.arrived);
  job.exchange.answer(std::move(response));
}

void MaskService::Shared::work(Engines engines) {
  std::unique_lock lock(mutex);
  for (;;) {
    changed.wait(lock, [this] { return ending || !queue.empty(); });
    if (queue.empty()) return;
    Job job = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    const bool late = Clock::now() - job.arrived > kLongestWait;
    answer(job, late ? busy() : mask(job, engines, settings.pixels));
    lock.lock();
  }
}

Expected<Wish> MaskService::Shared::parse(const NameValues& query) const {
  Wish wish;
  std::set<std::string_view> names;
  for (const auto& [name, value] : query) {
    if (!names.insert(name).second) return fail(Errc::kRequest, "'{}' is given twice", name);
    if (name == "format") {
      const auto found = std::ranges::find(kFormats, value);
      if (found == kFormats.end()) return fail_unknown("format", value, kFormats);
      wish.format = static_cast<Format>(found - kFormats.begin());
    } else if (name == "threshold") {
      const auto threshold = parse_number(value);
      if (!threshold || *threshold < 0 || *threshold > 1)
        return fail(Errc::kRequest, "threshold '{}': expected a number from 0 to 1", value);
      wish.threshold = *threshold;
    } else if (name == "segmenter") {
      const auto found = std::ranges::find(settings.segmenters, value,
                                           [](const Spec& spec) { return print(spec); });
      if (found == settings.segmenters.end())
        return fail(Errc::kRequest, "segmenter '{}': this service does not offer it", value);
      wish.segmenter = static_cast<std::size_t>(found - settings.segmenters.begin());
    } else {
      return fail_unknown("parameter", name,
                          std::array<std::string_view, 3>{"format", "threshold", "segmenter"});
    }
  }
  if (wish.format != Format::kMask && names.contains("threshold"))
    return fail(Errc::kRequest, "threshold: only the plain mask has one; leave out format={}",
                kFormats[static_cast<std::size_t>(wish.format)]);
  return wish;
}

void MaskService::Shared::enqueue(Job job) {
  {
    std::lock_guard lock(mutex);
    if (queue.size() < settings.queue) {
      queue.push_back(std::move(job));
      changed.notify_one();
      return;
    }
  }
  answer(job, busy());
}

HttpResponse MaskService::Shared::get(const std::string& path) {
  std::size_t queued = 0;
  bool leaving = false;
  {
    std::lock_guard lock(mutex);
    queued = queue.size();
    leaving = retired;
  }
  if (path == "/healthz") return {.body = "ok\n"};
  if (path == "/readyz") return leaving ? failure(503, "draining") : HttpResponse{.body = "ok\n"};
  if (path == "/metrics")
    return {.type = "text/plain; version=0.0.4", .body = metrics.print(queued, settings.workers)};
  return failure(404, "there is POST /, /healthz, /readyz and /metrics");
}

bool MaskService::Shared::is_welcome(const HttpRequest& request) const {
  if (settings.token.empty() || request.method == "GET" || request.method == "HEAD") return true;
  return same_secret(request.header("Authorization"), "Bearer " + settings.token);
}

MaskService::MaskService(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}

Expected<std::unique_ptr<MaskService>> MaskService::open(MaskServiceSettings settings) {
  auto shared = std::make_unique<Shared>();
  std::vector<Engines> all;
  for (int i = 0; i < settings.workers; ++i) {
    auto engines = make_engines(settings);
    if (!engines) return std::unexpected(engines.error());
    all.push_back(*std::move(engines));
  }
  shared->settings = std::move(settings);
  for (Engines& engines : all)
    shared->workers.emplace_back(
        [&shared = *shared, own = std::move(engines)]() mutable { shared.work(std::move(own)); });
  return std::unique_ptr<MaskService>(new MaskService(std::move(shared)));
}

MaskService::~MaskService() {
  {
    std::lock_guard lock(shared_->mutex);
    shared_->ending = true;
  }
  shared_->changed.notify_all();
}

HttpAdmission MaskService::admit(const HttpRequest& head) {
  if (shared_->is_welcome(head)) return {};
  shared_->metrics.count(401, Clock::duration::zero());
  return {.refusal = failure(401, "the header 'Authorization: Bearer TOKEN' is wrong")};
}

void MaskService::handle(HttpRequest request, HttpServer::Exchange exchange) {
  Shared& shared = *shared_;
  if (request.method == "GET" || request.method == "HEAD")
    return exchange.answer(shared.get(request.path));
  if (request.method != "POST" || request.path != "/")
    return exchange.answer(failure(request.path == "/" ? 405 : 404, "POST a picture to /"));
  Job job{.body = std::move(request.body), .exchange = std::move(exchange)};
  auto wish = shared.parse(request.query);
  if (!wish) return shared.answer(job, failure(400, wish.error().what));
  job.wish = *wish;
  shared.enqueue(std::move(job));
}

void MaskService::retire() {
  std::lock_guard lock(shared_->mutex);
  shared_->retired = true;
}

}  // namespace scrim
