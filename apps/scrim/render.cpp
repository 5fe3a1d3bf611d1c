#include <algorithm>

#include "command.h"
#include "interrupt.h"
#include "media/video_writer.h"
#include "part.h"
#include "progress.h"
#include "report.h"
#include "say.h"
#include "session/arguments.h"
#include "session/requests.h"
#include "setting_options.h"

namespace scrim {
namespace {

class Render : public Command {
 public:
  explicit Render(CLI::App& parser) {
    parser
        .add_option("INPUT", input_,
                    "A video, a picture, - (standard input), or a drawn source such as presenter")
        ->required();
    parser
        .add_option("--output,-o", outputs_,
                    "By extension: .mp4, .mov (ProRes), .webm, .mkv (lossless), .nut, .y4m (raw), "
                    ".gif, NAME%06d.png; - is "
                    "standard output (y4m; nut with --alpha); or hash, "
                    "sheet:FILE.png; repeatable")
        ->required();
    options_.add(parser, kLookSettings);
    options_.add(parser, kMatteSettings);
    parser.add_option("--size", size_, "Picture size (default: the input's)");
    parser.add_option("--from", from_, "Begin at this time of the input: seconds or H:MM:SS");
    parser.add_option("--to", to_, "End before this time");
    auto* matte =
        parser.add_flag("--matte-only", matte_only_, "Write the matte, white where the person is");
    parser.add_flag("--alpha", alpha_, "Write the person alone, the rest transparent")
        ->excludes(matte);
    parser
        .add_option("--workers", workers_,
                    "Make mattes on so many threads ahead of the pictures; the output is the same. "
                    "Only for inputs that can be read twice, and mattes that are made here")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    parser.add_flag("--no-audio", no_audio_, "Leave the input's sound out");
  }

  Expected<void> run() override {
    outlive_failed_writes();
    const auto given = options_.read();
    if (!given) return std::unexpected(given.error());
    auto ok = render(*given);
    return ok ? ok : fail_as_given(*given, ok.error());
  }

 private:
  Expected<void> render(const GivenSettings& given) const {
    auto request = look_request(given);
    if (!request) return std::unexpected(request.error());
    auto size = size_argument(size_);
    if (!size) return std::unexpected(size.error());
    auto part = parse_part(from_, to_);
    if (!part) return std::unexpected(part.error());
    auto input = source_argument(input_);
    if (!input) return std::unexpected(input.error());
    auto sinks = sink_arguments(outputs_, content());
    if (!sinks) return std::unexpected(sinks.error());
    if (auto ok = check_not_replaced(*input, *sinks); !ok) return ok;
    if (auto ok = add_sound(*input, *part, *sinks); !ok) return ok;
    const OpenAgain open = [&, request = SourceRequest{.size = *size, .pacing = Pacing::kOffline}] {
      return open_part(*input, *part, request);
    };
    auto source = open();
    if (!source) return std::unexpected(source.error());
    auto stages = open_stages(*std::move(source), *sinks, *request, {Pacing::kOffline, tell});
    if (!stages) return std::unexpected(stages.error());
    if (auto ok = make_in_spans(*stages, *request, workers_, open); !ok) return ok;
    stages->sinks.push_back(make_progress(stages->source->size(), stages->source->length()));
    return carry(*std::move(stages));
  }

  Content content() const {
    if (alpha_) return Content::kCutout;
    return matte_only_ ? Content::kMatte : Content::kPicture;
  }

  /// What is heard with the part of the input; "-" can be read only once.
  Expected<void> add_sound(const Spec& input, const Part& part, std::vector<Spec>& sinks) const {
    if (no_audio_ || matte_only_ || input.kind != "file" || input.argument == "-") return {};
    const auto start = start_in_file(input, part);
    if (!start) return std::unexpected(start.error());
    for (Spec& sink : sinks) {
      if (sink.kind != "file") continue;
      sink.options.emplace_back("sound", input.argument);
      sink.options.emplace_back("sound-from", fmt::format("{}", *start));
    }
    return {};
  }

  Expected<void> carry(Stages stages) const {
    const Size size = stages.source->size();
    const auto& interrupted = watch_interrupts();
    Pipeline pipeline(std::move(stages), Pacing::kOffline);
    const Meter meter;
    if (auto ok = pipeline.run(interrupted); !ok) return ok;
    const auto stats = pipeline.stats();
    if (stats.frames == 0) return fail(Errc::kSystem, "{}: no picture to render", input_);
    say(summary(stats, size, meter) + "\n");
    return {};
  }

  std::string input_;
  std::vector<std::string> outputs_;
  SettingOptions options_;
  std::string size_, from_, to_;
  int workers_ = 1;
  bool matte_only_ = false, alpha_ = false, no_audio_ = false;
};

}  // namespace

std::unique_ptr<Command> add_render(CLI::App& parser) {
  return std::make_unique<Render>(parser);
}

}  // namespace scrim
