#include "command.h"
#include "interrupt.h"
#include "look_options.h"
#include "report.h"
#include "session/session.h"
#include "sinks/sink.h"
#include "spec_argument.h"
#include "stages.h"

namespace scrim {
namespace {

class Run : public Command {
 public:
  explicit Run(CLI::App& parser) {
    parser
        .add_option("--camera,-c", camera_,
                    "Where pictures come from: v4l2:/dev/video0, a file, presenter, ...")
        ->capture_default_str()
        ->envname("SCRIM_CAMERA");
    parser
        .add_option("--output,-o", outputs_,
                    "Where pictures go: v4l2:/dev/video9, a file, ...; repeatable")
        ->capture_default_str()
        ->envname("SCRIM_OUTPUT");
    look_.add_look(parser);
    look_.add_matte(parser);
    parser.add_option("--size", size_, "Picture size")
        ->capture_default_str()
        ->envname("SCRIM_SIZE");
    parser.add_option("--fps", fps_, "Pictures per second")
        ->capture_default_str()
        ->check(CLI::Range(1.0, 240.0))
        ->envname("SCRIM_FPS");
    parser
        .add_option("--pause-picture", pause_picture_,
                    "Shown while the camera is gone: image:FILE, colour:RRGGBB, ...; default: the "
                    "background with a sign")
        ->envname("SCRIM_PAUSE_PICTURE");
    parser.add_option("--seconds", seconds_, "Stop after so long: seconds or H:MM:SS");
  }

  Expected<void> run() override {
    auto request = parse();
    if (!request) return std::unexpected(request.error());
    const auto& interrupted = watch_interrupts();
    auto session = Session::open(
        *request, [](const std::string& line) { fmt::print(stderr, "scrim: {}\n", line); });
    if (!session) return std::unexpected(session.error());
    const Meter meter;
    if (auto ok = session->run(interrupted); !ok) return ok;
    fmt::print(stderr, "{}\n", summary(session->stats(), session->size(), meter));
    return {};
  }

 private:
  Expected<Session::Request> parse() const {
    Session::Request request;
    auto look = look_.parse();
    if (!look) return std::unexpected(look.error());
    request.look = *std::move(look);
    auto size = size_argument(size_);
    if (!size) return std::unexpected(size.error());
    request.wanted = {.size = *size, .fps = fps_, .pacing = Pacing::kLive};
    auto seconds = time_argument("--seconds", seconds_);
    if (!seconds) return std::unexpected(seconds.error());
    request.seconds = *seconds;
    auto camera = source_argument(camera_);
    if (!camera) return fail_in("--camera", camera.error());
    request.camera = *std::move(camera);
    if (auto ok = parse_outputs(request); !ok) return std::unexpected(ok.error());
    if (auto ok = parse_pause(request); !ok) return std::unexpected(ok.error());
    return request;
  }

  Expected<void> parse_outputs(Session::Request& request) const {
    for (const std::string& text : outputs_) {
      auto sink = sink_argument(text);
      if (!sink) return fail_in("--output", sink.error());
      if (auto kind = choose(sink_kinds(), *sink, "output"); !kind)
        return fail_in("--output", kind.error());
      request.outputs.push_back(*std::move(sink));
    }
    return {};
  }

  Expected<void> parse_pause(Session::Request& request) const {
    if (pause_picture_.empty()) return {};
    auto pause = chain_argument("--pause-picture", pause_picture_);
    if (!pause) return std::unexpected(pause.error());
    if (pause->size() != 1)
      return fail(Errc::kRequest, "--pause-picture: one background, such as image:FILE");
    request.pause_picture = pause->front();
    return {};
  }

  std::string camera_ = "v4l2", pause_picture_;
  std::vector<std::string> outputs_ = {"v4l2"};
  LookOptions look_;
  std::string size_ = "1280x720", seconds_;
  double fps_ = 30;
};

}  // namespace

std::unique_ptr<Command> add_run(CLI::App& parser) {
  return std::make_unique<Run>(parser);
}

}  // namespace scrim
