#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "command.h"
#include "control/listener.h"
#include "control/mask_service.h"
#include "interrupt.h"
#include "report.h"
#include "say.h"
#include "segmenters/segmenter.h"
#include "session/requests.h"
#include "setting_options.h"

namespace scrim {
namespace {

constexpr std::chrono::seconds kPatience{10};  // with requests that have begun, at the end

class Serve : public Command {
 public:
  explicit Serve(CLI::App& parser) {
    parser.add_option("--listen", listen_, "HOST:PORT, or unix:PATH for a socket file")
        ->capture_default_str();
    options_.add(parser, kMatteSettings);
    parser.add_option("--offer", offers_, "Another segmenter that requests may choose; repeatable");
    parser
        .add_option("--workers", workers_, "Pictures worked on at a time (default: one per core)")
        ->check(CLI::Range(1, 256));
    parser.add_option("--queue", queue_, "Requests that may wait (default: four per worker)")
        ->check(CLI::Range(1, 4096));
    parser.add_option("--token-file", token_file_,
                      "Requests must carry its first line: 'Authorization: Bearer LINE'");
  }

  Expected<void> run() override {
    outlive_failed_writes();
    const auto address = parse_listen_address(listen_);
    if (!address) return fail_in("--listen", address.error());
    auto settings = parse();
    if (!settings) return std::unexpected(settings.error());
    if (!address->is_local() && settings->token.empty())
      return fail(
          Errc::kRequest,
          "--listen {}: other computers could reach it; add --token-file FILE, or listen on "
          "127.0.0.1 or unix:PATH",
          listen_);
    for (const Spec& spec : settings->segmenters)
      if (const std::string warning = warning_of_segmenter(spec); !warning.empty()) tell(warning);
    hold_interrupts();
    auto service = MaskService::open(*settings);
    if (!service) return std::unexpected(service.error());
    auto listening = listen_on(*address);
    if (!listening) return std::unexpected(listening.error());
    const std::string url = url_of(*address, *listening);
    auto server = HttpServer::start(
        *std::move(listening), {},
        [&service = **service](HttpRequest request, HttpServer::Exchange exchange) {
          service.handle(std::move(request), std::move(exchange));
        },
        [&service = **service](const HttpRequest& head) { return service.admit(head); });
    if (!server) return std::unexpected(server.error());
    say(fmt::format("masks at {}, {} at a time\n", url, settings->workers));
    wait_for_interrupt();
    (*service)->retire();
    server->drain(kPatience);
    service->reset();  // answers what is left, before the server goes
    if (!address->path.empty()) ::unlink(address->path.c_str());
    return {};
  }

 private:
  Expected<MaskServiceSettings> parse() const {
    auto given = options_.read();
    if (!given) return std::unexpected(given.error());
    auto request = look_request(*given);
    if (!request) return std::unexpected(request.error());
    MaskServiceSettings settings{.segmenters = {request->segmenter}, .matte = request->matte};
    for (const std::string& offer : offers_) {
      auto spec = parse_spec(offer);
      if (!spec) return fail_in("--offer", spec.error());
      settings.segmenters.push_back(*std::move(spec));
    }
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    settings.workers = workers_ > 0 ? workers_ : cores;
    settings.queue = static_cast<std::size_t>(queue_ > 0 ? queue_ : 4 * settings.workers);
    if (token_file_.empty()) return settings;
    std::ifstream file(token_file_);
    if (!(file >> settings.token))
      return fail(Errc::kRequest, "--token-file {}: no token in its first line", token_file_);
    return settings;
  }

  std::string listen_ = "127.0.0.1:9000";
  SettingOptions options_;
  std::vector<std::string> offers_;
  int workers_ = 0, queue_ = 0;
  std::string token_file_;
};

}  // namespace

std::unique_ptr<Command> add_serve(CLI::App& parser) {
  return std::make_unique<Serve>(parser);
}

}  // namespace scrim
