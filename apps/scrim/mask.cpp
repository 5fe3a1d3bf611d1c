#include <algorithm>
#include <filesystem>

#include "command.h"
#include "interrupt.h"
#include "look_options.h"
#include "media/picture.h"
#include "media/video_reader.h"
#include "report.h"
#include "spec_argument.h"
#include "stages.h"

namespace scrim {
namespace {

struct Input {
  Spec spec;
  std::string name;  // of what is written
};

class Mask : public Command {
 public:
  explicit Mask(CLI::App& parser) {
    parser.add_option("INPUT", inputs_, "Pictures and videos")->required();
    parser
        .add_option("--output,-o", directory_,
                    "Folder for DIR/NAME.png (pictures) and DIR/NAME/000000.png ... (videos)")
        ->required();
    look_.add_matte(parser);
  }

  Expected<void> run() override {
    auto request = look_.parse();
    if (!request) return std::unexpected(request.error());
    request->look.background = {{"room", "", {}}};  // nobody looks at the picture
    auto inputs = parse_inputs();
    if (!inputs) return std::unexpected(inputs.error());
    const auto& interrupted = watch_interrupts();
    for (const Input& input : *inputs) {
      auto still = is_still(input.spec);
      if (!still) return std::unexpected(still.error());
      auto ok = *still ? mask_picture(input, *request) : mask_video(input, *request, interrupted);
      if (!ok) return ok;
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
      const std::string name =
          spec->kind == "file" ? std::filesystem::path(spec->argument).stem().string() : spec->kind;
      if (std::ranges::find(inputs, name, &Input::name) != inputs.end())
        return fail(Errc::kRequest,
                    "two inputs are named '{}'; their mattes would be the same file", name);
      inputs.push_back({*std::move(spec), name});
    }
    return inputs;
  }

  static Expected<bool> is_still(const Spec& spec) {
    if (spec.kind != "file") return false;
    auto reader = VideoReader::open(spec.argument, {});
    if (!reader) return std::unexpected(reader.error());
    return reader->info().still;
  }

  Expected<std::string> make_directory(const std::string& path) const {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return fail(Errc::kSystem, "create {}: {}", path, error.message());
    return path;
  }

  Expected<void> mask_picture(const Input& input, const LookRequest& request) {
    auto directory = make_directory(directory_);
    if (!directory) return std::unexpected(directory.error());
    auto picture = load_picture(input.spec.argument);
    if (!picture) return std::unexpected(picture.error());
    if (!segmenter_) {
      auto segmenter = make_segmenter(request.segmenter);
      if (!segmenter) return std::unexpected(segmenter.error());
      segmenter_ = *std::move(segmenter);
    }
    Matte matte(picture->size());
    Matting matting(request.matte);
    if (auto ok = matting.make(std::as_const(*picture).view(), kStart, *segmenter_, matte.view());
        !ok)
      return fail_in(input.spec.argument, ok.error());
    return save_png(*directory + "/" + input.name + ".png", std::as_const(matte).view());
  }

  Expected<void> mask_video(const Input& input, const LookRequest& request,
                            const std::atomic<bool>& interrupted) const {
    auto source = open_source(input.spec, {.pacing = Pacing::kOffline});
    if (!source) return std::unexpected(source.error());
    auto directory = make_directory(directory_ + "/" + input.name);
    if (!directory) return std::unexpected(directory.error());
    const Spec sink{"file", *directory + "/", {{"matte", "on"}}};
    auto stages = open_stages(*std::move(source), {sink}, request, Pacing::kOffline);
    if (!stages) return std::unexpected(stages.error());
    Pipeline pipeline(*std::move(stages), Pacing::kOffline);
    return pipeline.run(interrupted);
  }

  std::vector<std::string> inputs_;
  std::string directory_;
  LookOptions look_;
  std::unique_ptr<Segmenter> segmenter_;  // for pictures, made for the first one
};

}  // namespace

std::unique_ptr<Command> add_mask(CLI::App& parser) {
  return std::make_unique<Mask>(parser);
}

}  // namespace scrim
