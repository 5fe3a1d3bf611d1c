#include <algorithm>

#include "command.h"
#include "interrupt.h"
#include "look_options.h"
#include "media/video_writer.h"
#include "report.h"
#include "sources/span.h"
#include "spec_argument.h"
#include "stages.h"

namespace scrim {
namespace {

class Render : public Command {
 public:
  explicit Render(CLI::App& parser) {
    parser.add_option("INPUT", input_, "A video, a picture, or a drawn source such as presenter")
        ->required();
    parser
        .add_option("--output,-o", outputs_,
                    "By extension: .mp4, .webm, .mkv (lossless), .y4m, NAME%06d.png; or hash, "
                    "sheet:FILE.png; repeatable")
        ->required();
    look_.add_look(parser);
    look_.add_matte(parser);
    parser.add_option("--size", size_, "Picture size (default: the input's)");
    parser.add_option("--from", from_, "Begin at this time of the input: seconds or H:MM:SS");
    parser.add_option("--to", to_, "End before this time");
    auto* matte =
        parser.add_flag("--matte-only", matte_only_, "Write the matte, white where the person is");
    parser.add_flag("--alpha", alpha_, "Write the person alone, the rest transparent")
        ->excludes(matte);
    parser.add_flag("--no-audio", no_audio_, "Leave the input's sound out");
  }

  Expected<void> run() override {
    auto request = look_.parse();
    if (!request) return std::unexpected(request.error());
    auto size = size_argument(size_);
    if (!size) return std::unexpected(size.error());
    auto sinks = parse_outputs();
    if (!sinks) return std::unexpected(sinks.error());
    auto source = open_input(*size);
    if (!source) return std::unexpected(source.error());
    auto stages = open_stages(*std::move(source), *sinks, *request, Pacing::kOffline);
    if (!stages) return std::unexpected(stages.error());
    return carry(*std::move(stages));
  }

 private:
  Expected<std::vector<Spec>> parse_outputs() const {
    std::vector<Spec> sinks;
    for (const std::string& text : outputs_) {
      auto sink = sink_argument(text);
      if (!sink) return fail_in("--output", sink.error());
      if (auto ok = check_content(*sink); !ok) return fail_in("--output", ok.error());
      if (sink->kind == "file") add_file_options(*sink);
      if (auto kind = choose(sink_kinds(), *sink, "output"); !kind)
        return fail_in("--output", kind.error());
      if (std::ranges::find(sinks, *sink) != sinks.end())
        return fail(Errc::kRequest, "--output: '{}' is named twice", text);
      sinks.push_back(*std::move(sink));
    }
    return sinks;
  }

  Expected<void> check_content(const Spec& sink) const {
    const Content content = alpha_        ? Content::kCutout
                            : matte_only_ ? Content::kMatte
                                          : Content::kPicture;
    if (sink.kind == "file") return check_output_name(sink.argument, content);
    if (content == Content::kPicture) return {};
    return fail(Errc::kRequest, "{}: takes no {}; name a file instead, such as out.webm or out/",
                print(sink), alpha_ ? "cut-out (--alpha)" : "matte (--matte-only)");
  }

  void add_file_options(Spec& sink) const {
    if (matte_only_) sink.options.emplace_back("matte", "on");
    if (alpha_) sink.options.emplace_back("alpha", "on");
    const auto input = source_argument(input_);
    if (no_audio_ || matte_only_ || !input || input->kind != "file") return;
    if (input->argument == "-") return;  // can be read only once
    sink.options.emplace_back("sound", input->argument);
    sink.options.emplace_back("sound-from", from_);
  }

  Expected<std::unique_ptr<Source>> open_input(std::optional<Size> size) const {
    auto from = time_argument("--from", from_);
    if (!from) return std::unexpected(from.error());
    auto to = time_argument("--to", to_);
    if (!to) return std::unexpected(to.error());
    auto spec = source_argument(input_);
    if (!spec) return std::unexpected(spec.error());
    auto source = open_source(*spec, {.size = size, .pacing = Pacing::kOffline});
    if (!source) return source;
    return std::make_unique<Span>(*std::move(source), from->value_or(0), *to);
  }

  Expected<void> carry(Stages stages) const {
    const Size size = stages.source->size();
    const auto& interrupted = watch_interrupts();
    Pipeline pipeline(std::move(stages), Pacing::kOffline);
    const Meter meter;
    if (auto ok = pipeline.run(interrupted); !ok) return ok;
    const auto stats = pipeline.stats();
    if (stats.frames == 0) return fail(Errc::kSystem, "{}: no picture to render", input_);
    fmt::print(stderr, "{}\n", summary(stats, size, meter));
    if (interrupted) fmt::print(stderr, "interrupted: the output ends here\n");
    return {};
  }

  std::string input_;
  std::vector<std::string> outputs_;
  LookOptions look_;
  std::string size_, from_ = "0", to_;
  bool matte_only_ = false, alpha_ = false, no_audio_ = false;
};

}  // namespace

std::unique_ptr<Command> add_render(CLI::App& parser) {
  return std::make_unique<Render>(parser);
}

}  // namespace scrim
