// The whole path of a call, from a camera's pictures in memory to YUYV that is copied out, at a
// camera's pace, so that waking threads and cold caches count as they do in a call; in turn with
// what the machine needs at least. See docs/performance.md.
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "allocations.h"
#include "camera_frames.h"
#include "command.h"
#include "floor.h"
#include "image/convert.h"
#include "interrupt.h"
#include "network/model.h"
#include "report.h"
#include "session/arguments.h"
#include "session/requests.h"
#include "setting_options.h"
#include "sources/metronome.h"

namespace scrim {
namespace {

constexpr std::size_t kLoopFrames = 8;  // few, so that their memory doesn't hide the pipeline's
constexpr int kRounds = 5;
constexpr int kWarmFrames = 10;

/// A check of options: a number from `low` to `high`. CLI::Range lets through what is no number.
CLI::Validator within(double low, double high) {
  const auto check = [low, high](const std::string& text) -> std::string {
    double value = 0;
    if (CLI::detail::lexical_cast(text, value) && value >= low && value <= high) return "";
    return fmt::format("expected a number from {} to {}, not '{}'", low, high, text);
  };
  return CLI::Validator(check, fmt::format("FLOAT in [{} - {}]", low, high));
}

/// Plays a few pictures from memory, over and over, at a camera's pace. Borrows them.
class Loop : public Source {
 public:
  Loop(const CameraFrames& frames, double fps, std::uint64_t count)
      : frames_(frames), metronome_(fps, Pacing::kLive, 0), left_(count) {}
  Size size() const override { return frames_.size(); }
  double fps() const override { return metronome_.fps(); }
  Expected<Clock::time_point> read(ImageView out) override {
    if (left_ == 0) return fail(Errc::kEndOfStream, "the bench is over");
    auto due = metronome_.next();
    if (!due) return due;
    if (auto ok = frames_.convert(--left_ % frames_.count(), jpeg_, out); !ok)
      return std::unexpected(ok.error());
    return due;
  }

 private:
  const CameraFrames& frames_;
  Metronome metronome_;
  std::uint64_t left_;
  JpegDecoder jpeg_;
};

/// A virtual camera without a driver: what write() has it copy is copied here.
class CopyOut : public Sink {
 public:
  explicit CopyOut(Size size)
      : size_(size), packed_(byte_count(kLayout, size, stride())), taken_(packed_.size()) {}
  Size size() const override { return size_; }
  Expected<void> write(const Shot& shot) override {
    pack(shot.picture, {kLayout, size_, packed_.data(), stride()});
    std::ranges::copy(packed_, taken_.begin());
    return {};
  }

 private:
  static constexpr Layout kLayout = Layout::kYuyv;
  std::ptrdiff_t stride() const { return least_stride(kLayout, size_.width); }

  const Size size_;
  std::vector<std::uint8_t> packed_, taken_;
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
        ->check(within(1, 3600));
    parser.add_option("--format", format_, "What the camera sends; mjpeg is 4:2:2")
        ->capture_default_str()
        ->check(CLI::IsMember({"mjpeg", "mjpeg420", "yuyv"}));
    parser.add_option("--outputs", outputs_, "Virtual cameras that are fed")
        ->capture_default_str()
        ->check(CLI::Range(1, 8));
    options_.add(parser, kLookSettings);
    options_.add(parser, kMatteSettings);
  }

  Expected<void> run() override {
    auto given = options_.read();
    if (!given) return std::unexpected(given.error());
    auto request = look_request(*given);
    if (!request) return std::unexpected(request.error());
    request->lighter.reset();  // one effort is measured, however slow
    if (request->look.background.empty()) request->look.background = {{"scene", "", {}}};
    auto size = size_argument(size_);
    if (!size) return std::unexpected(size.error());
    auto pictures = read_input(*size);
    if (!pictures) return std::unexpected(pictures.error());
    auto frames = CameraFrames::make(*pictures, format_);
    if (!frames) return std::unexpected(frames.error());
    pictures->clear();  // not part of what a run needs
    auto figures = in_turn(*request, *frames);
    if (!figures) return fail_as_given(*given, figures.error());
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

  /// Some rounds of run and floor: the round whose cost is the median, and each floor's median.
  Expected<nlohmann::json> in_turn(const LookRequest& request, const CameraFrames& frames) const {
    auto warm = measure(request, frames, kWarmFrames);
    if (!warm) return std::unexpected(warm.error());
    auto macs = multiply_adds(request.segmenter);
    if (!macs) return std::unexpected(macs.error());
    std::vector<nlohmann::json> rounds;
    for (int round = 0; round < kRounds; ++round) {
      auto figures = measure(request, frames, std::max(seconds_ * kFps / kRounds, 1.0));
      if (!figures) return std::unexpected(figures.error());
      (*figures)["floor"] = floor_of(frames, *macs);
      (*figures)["floor_at_pace_ms"] =
          path_at_pace(frames) + (*figures)["floor"]["network"].get<double>();
      rounds.push_back(*std::move(figures));
    }
    nlohmann::json middle = median_of(rounds, "/cpu_ms_per_frame");
    double floor_ms = 0;
    for (const auto& [name, ms] : middle["floor"].items()) {
      const nlohmann::json::json_pointer place("/floor/" + name);
      middle[place] = median_of(rounds, "/floor/" + name)[place];
      floor_ms += middle[place].get<double>();
    }
    middle.update({{"floor_ms", floor_ms},
                   {"floor_at_pace_ms", median_of(rounds, "/floor_at_pace_ms")["floor_at_pace_ms"]},
                   {"outputs", outputs_},
                   {"input", input_},
                   {"format", format_},
                   {"bytes_per_frame", frames.mean_bytes()},
                   {"rss_mb", (*warm)["rss_mb"]},  // the rounds' floors take memory as well
                   {"allocations_per_frame", allocations_per_frame(*warm, middle)}});
    return middle;
  }

  static nlohmann::json median_of(std::vector<nlohmann::json> rounds, const std::string& figure) {
    const nlohmann::json::json_pointer place(figure);
    std::ranges::nth_element(rounds, rounds.begin() + kRounds / 2, {}, [&](const auto& round) {
      return round[place].template get<double>();
    });
    return rounds[kRounds / 2];
  }

  Expected<nlohmann::json> measure(const LookRequest& request, const CameraFrames& frames,
                                   double count) const {
    auto stages =
        open_stages(std::make_unique<Loop>(frames, kFps, static_cast<std::uint64_t>(count)), {},
                    request, {Pacing::kLive});
    if (!stages) return std::unexpected(stages.error());
    for (int i = 0; i < outputs_; ++i)
      stages->sinks.push_back(std::make_unique<CopyOut>(frames.size()));
    Pipeline pipeline(*std::move(stages), Pacing::kLive);
    const std::uint64_t allocations = allocation_count();
    const Meter meter;
    const auto& interrupted = watch_interrupts();
    if (auto ok = pipeline.run(interrupted); !ok) return std::unexpected(ok.error());
    if (interrupted) return fail(Errc::kSystem, "interrupted before all was measured");
    return figures_of(pipeline.stats(), frames.size(), meter.cpu_ms(),
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
    // The very first run takes a few that no other does.
    return std::max(more("allocations"), 0.0) / std::max(more("frames"), 1.0);
  }

  /// Of one look of the segmenter's network; 0 where it has none.
  static Expected<double> multiply_adds(const Spec& segmenter) {
    const auto options = find_kind(segmenter_kinds(), segmenter.kind)->options;
    const auto name = std::ranges::find(options, "model", &Option::name);
    if (name == options.end()) return 0.0;
    auto model = find_model(text(segmenter, *name));
    if (!model) return std::unexpected(model.error());
    auto network = load_network(*model);
    if (!network) return std::unexpected(network.error());
    return static_cast<double>(network->multiply_adds());
  }

  static nlohmann::json floor_of(const CameraFrames& frames, double multiply_adds) {
    return {{"decode", frames.floor_ms()},
            {"network", multiply_adds / peak_macs_per_second() * 1000},
            {"blend", blend_pass_ms(frames.size())},
            {"pack", pack_pass_ms(frames.size())}};
  }

  static double path_at_pace(const CameraFrames& frames) {
    JpegDecoder decoder;
    std::size_t next = 0;
    return path_at_pace_ms(frames.size(), std::chrono::round<Clock::duration>(Seconds(1 / kFps)),
                           [&](ImageView out) {
                             // What cannot be decoded has ended the run already.
                             (void)frames.convert(next++ % frames.count(), decoder, out);
                           });
  }

  void print(const nlohmann::json& figures) const {
    if (json_) return fmt::print("{}\n", figures.dump(2));
    const double cpu = figures["cpu_ms_per_frame"], floor = figures["floor_ms"];
    fmt::print("{} {}, {} of {:.0f} kB, at {} fps; the median of {} rounds\n", input_,
               figures["size"].get<std::string>(), format_,
               figures["bytes_per_frame"].get<double>() / 1000, kFps, kRounds);
    fmt::print("CPU per frame   {:6.2f} ms   {:.2f} times the floor; {:.1f} % of a core\n", cpu,
               cpu / floor, cpu * kFps / 10);
    for (const auto& [name, ms] : figures["stages"].items())
      fmt::print("  {:<13} {:6.2f} ms\n", name, ms.get<double>());
    fmt::print("floor           {:6.2f} ms\n", floor);
    for (const auto& [name, ms] : figures["floor"].items())
      fmt::print("  {:<13} {:6.2f} ms\n", name, ms.get<double>());
    const double at_pace = figures["floor_at_pace_ms"];
    fmt::print("at this pace    {:6.2f} ms   {:.2f} times that\n", at_pace, cpu / at_pace);
    fmt::print("captured to written: half within {:.1f} ms, 99 of 100 within {:.1f} ms\n",
               figures["wall_ms_p50"].get<double>(), figures["wall_ms_p99"].get<double>());
    if (const int dropped = figures["dropped"]; dropped > 0)
      fmt::print("{} of {} pictures dropped: it does not keep up with {} fps\n", dropped,
                 dropped + figures["frames"].get<int>(), kFps);
    fmt::print("memory {:.0f} MB, {:.3f} allocations per frame\n", figures["rss_mb"].get<double>(),
               figures["allocations_per_frame"].get<double>());
  }

  bool json_ = false;
  std::string input_ = "presenter", size_ = "1280x720", format_ = "mjpeg";
  double seconds_ = 10;
  int outputs_ = 1;
  SettingOptions options_;
};

}  // namespace

std::unique_ptr<Command> add_bench(CLI::App& parser) {
  return std::make_unique<Bench>(parser);
}

}  // namespace scrim
