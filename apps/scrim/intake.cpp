// For the panel of a running Scrim alone: takes in the file at standard input, and says on standard
// output how far it is ("progress 0.25"), then "done ID" or "refused TEXT" or "failed TEXT".
#include "media/intake.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "command.h"
#include "media/upload_store.h"

namespace scrim {
namespace {

constexpr int kNiceness = 19;  // pictures of a call go first
constexpr double kStep = 0.01;

class Intake : public Command {
 public:
  explicit Intake(CLI::App& parser) {
    parser.add_option("name", name_, "What its owner calls it")->required();
  }

  Expected<void> run() override {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::setpriority(PRIO_PROCESS, 0, kNiceness);
    auto upload = NewUpload::make();
    if (!upload) return tell(upload.error());
    const auto taken = take_in({.file = STDIN_FILENO,
                                .name = presentable(name_),
                                .folder = upload->folder(),
                                .progress = [this](double share) { show(share); }});
    if (!taken) return tell(taken.error());
    const auto kept = upload->keep(name_);
    if (!kept) return tell(kept.error());
    fmt::print("done {}\n", kept->id);
    return {};
  }

 private:
  static Expected<void> tell(const Error& error) {
    fmt::print("{} {}\n", error.code == Errc::kRequest ? "refused" : "failed", error.what);
    return {};
  }

  void show(double share) {
    if (share < shown_ + kStep) return;
    shown_ = share;
    fmt::print("progress {:.2f}\n", share);
    std::fflush(stdout);
  }

  std::string name_;
  double shown_ = 0;
};

}  // namespace

std::unique_ptr<Command> add_intake(CLI::App& parser) {
  return std::make_unique<Intake>(parser);
}

}  // namespace scrim
