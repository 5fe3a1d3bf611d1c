#include "command.h"
#include "interrupt.h"
#include "report.h"
#include "sources/span.h"
#include "spec_argument.h"
#include "stages.h"

namespace scrim {
namespace {

class Run : public Command {
 public:
  explicit Run(CLI::App& parser) {
    parser.add_option("--camera,-c", camera_, "Where pictures come from: presenter, a file, ...")
        ->envname("SCRIM_CAMERA");
    parser.add_option("--output,-o", outputs_, "Where pictures go: a file, hash, null; repeatable")
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
    parser.add_option("--seconds", seconds_, "Stop after so long: seconds or H:MM:SS");
  }

  Expected<void> run() override {
    auto request = look_.parse();
    if (!request) return std::unexpected(request.error());
    auto size = size_argument(size_);
    if (!size) return std::unexpected(size.error());
    if (camera_.empty())
      return fail(Errc::kRequest,
                  "run: no camera: name one with --camera, such as presenter or file:talk.mp4");
    if (outputs_.empty())
      return fail(Errc::kRequest,
                  "run: no output: name one with --output, such as call.mp4 or null");
    return carry(*request, {.size = *size, .fps = fps_, .pacing = Pacing::kLive});
  }

 private:
  Expected<void> carry(const LookRequest& request, const SourceRequest& wanted) const {
    auto camera = source_argument(camera_);
    if (!camera) return fail_in("--camera", camera.error());
    std::vector<Spec> sinks;
    for (const std::string& text : outputs_) {
      auto sink = sink_argument(text);
      if (!sink) return fail_in("--output", sink.error());
      sinks.push_back(*std::move(sink));
    }
    auto seconds = time_argument("--seconds", seconds_);
    if (!seconds) return std::unexpected(seconds.error());
    auto source = open_source(*camera, wanted);
    if (!source) return std::unexpected(source.error());
    auto stages = open_stages(std::make_unique<Span>(*std::move(source), 0, *seconds), sinks,
                              request, Pacing::kLive);
    if (!stages) return std::unexpected(stages.error());
    const Size size = stages->source->size();
    Pipeline pipeline(*std::move(stages), Pacing::kLive);
    const Meter meter;
    if (auto ok = pipeline.run(watch_interrupts()); !ok) return ok;
    fmt::print(stderr, "{}\n", summary(pipeline.stats(), size, meter));
    return {};
  }

  std::string camera_;
  std::vector<std::string> outputs_;
  LookOptions look_;
  std::string size_ = "1280x720", seconds_;
  double fps_ = 30;
};

}  // namespace

std::unique_ptr<Command> add_run(CLI::App& parser) {
  return std::make_unique<Run>(parser);
}

}  // namespace scrim
