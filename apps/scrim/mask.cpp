#include <algorithm>
#include <filesystem>

#include "command.h"
#include "interrupt.h"
#include "report.h"
#include "say.h"
#include "session/arguments.h"
#include "session/requests.h"
#include "setting_options.h"

namespace scrim {
namespace {

struct Input {
  Spec spec;
  std::string name;  // of what is written
};

std::string name_of(const Spec& spec) {
  if (spec.kind != "file") return spec.kind;
  return spec.argument == "-" ? "stdin" : std::filesystem::path(spec.argument).stem().string();
}

class Mask : public Command {
 public:
  explicit Mask(CLI::App& parser) {
    parser.add_option("INPUT", inputs_, "Pictures and videos; - is standard input")->required();
    parser
        .add_option("--output,-o", directory_,
                    "Folder for DIR/NAME.png (pictures) and DIR/NAME/000000.png ... (videos)")
        ->required();
    options_.add(parser, kMatteSettings);
  }

  Expected<void> run() override {
    outlive_failed_writes();
    auto given = options_.read();
    if (!given) return std::unexpected(given.error());
    auto request = look_request(*given);
    if (!request) return std::unexpected(request.error());
    request->look.background = {{"room", "", {}}};  // nobody looks at the picture
    auto inputs = parse_inputs();
    if (!inputs) return std::unexpected(inputs.error());
    const auto& interrupted = watch_interrupts();
    Playback playback{Pacing::kOffline, tell};
    for (const Input& input : *inputs) {
      if (auto ok = mask(input, *request, playback, interrupted); !ok) return ok;
      playback.tell = Playback{}.tell;  // what there was to say has been said
      if (interrupted) return fail(Errc::kSystem, "interrupted at {}", input.name);
    }
    return {};
  }

 private:
  Expected<std::vector<Input>> parse_inputs() const {
    std::vector<Input> inputs;
    for (const std::string& text : inputs_) {
      auto spec = source_argument(text);
      if (!spec) return std::unexpected(spec.error());
      const std::string name = name_of(*spec);
      if (std::ranges::find(inputs, name, &Input::name) != inputs.end())
        return fail(Errc::kRequest,
                    "two inputs are named '{}'; their mattes would be the same file", name);
      inputs.push_back({*std::move(spec), name});
    }
    return inputs;
  }

  /// A picture is a source of one frame.
  Expected<void> mask(const Input& input, const LookRequest& request, const Playback& playback,
                      const std::atomic<bool>& interrupted) const {
    const OpenAgain open = [&] { return open_source(input.spec, {.pacing = Pacing::kOffline}); };
    auto source = open();
    if (!source) return std::unexpected(source.error());
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    if (error) return fail(Errc::kSystem, "create {}: {}", directory_, error.message());
    const Spec sink{"file", target(input, **source), {{"matte", "on"}}};
    if (auto ok = check_not_replaced(input.spec, {&sink, 1}); !ok) return ok;
    auto stages = open_stages(*std::move(source), {sink}, request, playback);
    if (!stages) return std::unexpected(stages.error());
    // Otherwise they are those of a call.
    if (request.matte.effort == Effort::kHigh)
      if (auto ok = make_in_spans(*stages, request, 1, open); !ok) return ok;
    Pipeline pipeline(*std::move(stages), Pacing::kOffline);
    return pipeline.run(interrupted);
  }

  std::string target(const Input& input, const Source& source) const {
    if (!source.still()) return directory_ + "/" + input.name + "/";
    std::string file;
    for (char c : input.name) file += c == '%' ? "%%" : std::string(1, c);  // else it were a number
    return directory_ + "/" + file + ".png";
  }

  std::vector<std::string> inputs_;
  std::string directory_;
  SettingOptions options_;
};

}  // namespace

std::unique_ptr<Command> add_mask(CLI::App& parser) {
  return std::make_unique<Mask>(parser);
}

}  // namespace scrim
