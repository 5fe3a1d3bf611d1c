#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.h"
#include "devices/checkup.h"
#include "segmenters/segmenter.h"

namespace scrim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kLevels[] = {"fine", "advice", "problem"};

std::string_view name_of(Finding::Level level) {
  return kLevels[static_cast<std::size_t>(level)];
}

Finding look_at_network() {
  if (const auto network = make_segmenter({"person", "", {}}); !network)
    return {Finding::Level::kProblem, network.error().what, ""};  // it names its cure
  return {Finding::Level::kFine, "network: there, and whole", ""};
}

class Doctor : public Command {
 public:
  explicit Doctor(CLI::App& parser) {
    parser.add_flag("--json", json_, "For programs to read");
    parser.add_option("--root", root_, "A folder to look at instead of /, as in tests")->group("");
  }

  Expected<void> run() override {
    const PipewireListing pipewire = list_pipewire();
    // One way to be seen is enough.
    auto found = check_up(list_video_devices(), root_,
                          pipewire.runs ? Finding::Level::kAdvice : Finding::Level::kProblem);
    for (Finding& finding : check_up_pipewire(pipewire, root_, programs_without_cameras()))
      found.push_back(std::move(finding));
    found.push_back(look_at_network());
    const auto problems = std::ranges::count(found, Finding::Level::kProblem, &Finding::level);
    json_ ? print_json(found, problems) : print_text(found);
    if (problems == 0) return {};
    return fail(Errc::kSystem, "{} of these keep{} `scrim run` from working", problems,
                problems == 1 ? "s" : "");
  }

 private:
  static void print_json(const std::vector<Finding>& found, std::ptrdiff_t problems) {
    Json json{{"ok", problems == 0}, {"findings", Json::array()}};
    for (const Finding& finding : found)
      json["findings"].push_back(
          {{"level", name_of(finding.level)}, {"what", finding.what}, {"cure", finding.cure}});
    fmt::print("{}\n", json.dump(2));
  }

  static void print_text(const std::vector<Finding>& found) {
    for (const Finding& finding : found) {
      fmt::print("{:8} {}\n", name_of(finding.level), finding.what);
      if (!finding.cure.empty()) fmt::print("         -> {}\n", finding.cure);
    }
  }

  bool json_ = false;
  std::string root_;
};

}  // namespace

std::unique_ptr<Command> add_doctor(CLI::App& parser) {
  return std::make_unique<Doctor>(parser);
}

}  // namespace scrim
