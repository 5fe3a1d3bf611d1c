// The whole path from a picture in memory to a sink that throws it away, at the pace of a camera,
// so that waking threads and cold caches count as they do in a call.
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "allocations.h"
#include "command.h"
#include "floor.h"
#include "interrupt.h"
#include "look_options.h"
#include "network/model.h"
#include "report.h"
#include "sources/metronome.h"
#include "spec_argument.h"
#include "stages.h"

namespace scrim {
namespace {

constexpr std::size_t kLoopFrames = 8;  // few, so that their memory doesn't hide the pipeline's

/// Plays a few pictures from memory, over and over, at a camera's pace. Borrows them.
class Loop : public Source {
 public:
  Loop(const std::vector<Image>& frames, double fps, std::uint64_t count)
      : frames_(frames), metronome_(fps, Pacing::kLive, 0), left_(count) {}
  Size size() const override { return frames_.front().size(); }
  double fps() const override { return metronome_.fps(); }
  Expected<Clock::time_point> read(ImageView out) override {
    if (left_ == 0) return fail(Errc::kEndOfStream, "the bench is over");
    auto due = metronome_.next();
    if (due) copy(frames_[--left_ % frames_.size()].view(), out);
    return due;
  }

 private:
  const std::vector<Image>& frames_;
  Metronome metronome_;
  std::uint64_t left_;
};

Expected<std::vector<Image>> read_frames(Source& source) {
  std::vector<Image> frames;
  while (frames.size() < kLoopFrames) {
    Image frame(source.size());
    const auto read = source.read(frame.view());
    if (!read && read.error().code == Errc::kEndOfStream && !frames.empty()) break;
    if (!read) return std::unexpected(read.error());
    frames.push_back(std::move(frame));
  }
  return frames;
}

double resident_mb() {
  std::ifstream status("/proc/self/statm");
  double total_pages = 0, resident_pages = 0;
  status >> total_pages >> resident_pages;
  return resident_pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

class Bench : public Command {
 public:
  explicit Bench(CLI::App& parser) {
    parser.add_flag("--json", json_, "One JSON object, for programs");
    parser.add_option("--input", input_, "What to work on: a video or a drawn source")
        ->capture_default_str();
    parser.add_option("--size", size_, "Picture size")->capture_default_str();
    parser.add_option("--seconds", seconds_, "How long to measure")
        ->capture_default_str()
        ->check(CLI::Range(1.0, 3600.0));
    look_.add_look(parser);
    look_.add_matte(parser);
  }

  Expected<void> run() override {
    auto request = look_.parse();
    if (!request) return std::unexpected(request.error());
    if (request->look.background.empty()) request->look.background = {{"scene", "", {}}};
    auto size = size_argument(size_);
    if (!size) return std::unexpected(size.error());
    auto frames = read_input(*size);
    if (!frames) return std::unexpected(frames.error());
    auto warm = measure(*request, *frames, kFps);
    if (!warm) return std::unexpected(warm.error());
    auto figures = measure(*request, *frames, seconds_ * kFps);
    if (!figures) return std::unexpected(figures.error());
    auto floor = measure_floor(request->segmenter, **size);
    if (!floor) return std::unexpected(floor.error());
    figures->update({{"floor_ms", *floor},
                     {"input", input_},
                     {"allocations_per_frame", allocations_per_frame(*warm, *figures)}});
    print(*figures);
    return {};
  }

 private:
  static constexpr double kFps = 30;

  Expected<std::vector<Image>> read_input(std::optional<Size> size) const {
    auto spec = source_argument(input_);
    if (!spec) return fail_in("--input", spec.error());
    auto source = open_source(*spec, {.size = size, .fps = kFps, .pacing = Pacing::kOffline});
    if (!source) return std::unexpected(source.error());
    return read_frames(**source);
  }

  Expected<nlohmann::json> measure(const LookRequest& request, const std::vector<Image>& frames,
                                   double count) const {
    auto stages =
        open_stages(std::make_unique<Loop>(frames, kFps, static_cast<std::uint64_t>(count)),
                    {{"null", "", {}}}, request, {Pacing::kLive});
    if (!stages) return std::unexpected(stages.error());
    Pipeline pipeline(*std::move(stages), Pacing::kLive);
    const std::uint64_t allocations = allocation_count();
    const Meter meter;
    if (auto ok = pipeline.run(watch_interrupts()); !ok) return std::unexpected(ok.error());
    return figures_of(pipeline.stats(), frames.front().size(), meter.cpu_ms(),
                      allocation_count() - allocations);
  }

  static nlohmann::json figures_of(const Stats::Snapshot& stats, Size size, double cpu_ms,
                                   std::uint64_t allocations) {
    const double frames = static_cast<double>(std::max<std::uint64_t>(stats.frames, 1));
    nlohmann::json stages;
    for (std::size_t i = 0; i < kStageNames.size(); ++i)
      stages[kStageNames[i]] = milliseconds(stats.cpu[i]) / frames;
    return {{"size", fmt::format("{}x{}", size.width, size.height)},
            {"frames", stats.frames},
            {"dropped", stats.dropped},
            {"cpu_ms_per_frame", cpu_ms / frames},
            {"wall_ms_p50", milliseconds(stats.latency_p50)},
            {"wall_ms_p99", milliseconds(stats.latency_p99)},
            {"stages", stages},
            {"rss_mb", resident_mb()},
            {"allocations", allocations}};
  }

  /// Starting a run takes memory for its threads and frames; the shorter one tells how much.
  static double allocations_per_frame(const nlohmann::json& shorter, const nlohmann::json& longer) {
    const auto more = [&](const char* figure) {
      return longer[figure].get<double>() - shorter[figure].get<double>();
    };
    return more("allocations") / std::max(more("frames"), 1.0);
  }

  /// The arithmetic of the network, if there is one, at this core's peak, and one pass over the
  /// pixels.
  static Expected<double> measure_floor(const Spec& segmenter, Size size) {
    const auto options = find_kind(segmenter_kinds(), segmenter.kind)->options;
    const auto name = std::ranges::find(options, "model", &Option::name);
    if (name == options.end()) return blend_pass_ms(size);
    auto model = find_model(text(segmenter, *name));
    if (!model) return std::unexpected(model.error());
    auto network = load_network(*model);
    if (!network) return std::unexpected(network.error());
    return static_cast<double>(network->multiply_adds()) / peak_macs_per_second() * 1000 +
           blend_pass_ms(size);
  }

  void print(const nlohmann::json& figures) const {
    if (json_) return fmt::print("{}\n", figures.dump(2));
    const double cpu = figures["cpu_ms_per_frame"], floor = figures["floor_ms"];
    fmt::print("{} {}, {} frames at {} fps\n", input_, figures["size"].get<std::string>(),
               figures["frames"].get<int>(), kFps);
    fmt::print("CPU per frame   {:6.2f} ms   {:.1f} times the floor of {:.2f} ms\n", cpu,
               cpu / floor, floor);
    for (const auto& [name, ms] : figures["stages"].items())
      fmt::print("  {:<13} {:6.2f} ms\n", name, ms.get<double>());
    fmt::print("captured to written: half within {:.1f} ms, 99 of 100 within {:.1f} ms\n",
               figures["wall_ms_p50"].get<double>(), figures["wall_ms_p99"].get<double>());
    fmt::print("memory {:.0f} MB, {:.3f} allocations per frame\n", figures["rss_mb"].get<double>(),
               figures["allocations_per_frame"].get<double>());
  }

  bool json_ = false;
  std::string input_ = "presenter", size_ = "1280x720";
  double seconds_ = 10;
  LookOptions look_;
};

}  // namespace

std::unique_ptr<Command> add_bench(CLI::App& parser) {
  return std::make_unique<Bench>(parser);
}

}  // namespace scrim
