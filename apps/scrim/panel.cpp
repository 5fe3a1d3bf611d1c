#include "control/panel.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "command.h"
#include "control/client.h"
#include "control/place.h"

namespace scrim {
namespace {

/// Whether the desktop took it.
bool open_in_browser(const std::string& link) {
  std::string program = "xdg-open", argument = link;
  char* const words[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  int status = -1;
  return ::posix_spawnp(&child, words[0], nullptr, nullptr, words, ::environ) == 0 &&
         ::waitpid(child, &status, 0) == child && status == 0;
}

class ShowPanel : public Command {
 public:
  explicit ShowPanel(CLI::App& parser) {
    parser.add_flag("--print", print_, "Say the link alone");
    parser
        .add_option("--control", path_, "The socket of that Scrim, where it is not the usual one")
        ->envname("SCRIM_CONTROL");
  }

  Expected<void> run() override {
    if (process_at(path_) == 0)
      return fail(Errc::kSystem, "no Scrim is running here; start one with `scrim run`");
    std::string link;
    std::getline(std::ifstream(panel_link_path(path_)), link);
    if (link.empty())
      return fail(Errc::kSystem, "the running Scrim has no panel; start it without --panel off");
    if (print_ || !open_in_browser(link)) fmt::print("{}\n", link);
    return {};
  }

 private:
  std::string path_ = default_control_path();
  bool print_ = false;
};

}  // namespace

std::unique_ptr<Command> add_panel(CLI::App& parser) {
  return std::make_unique<ShowPanel>(parser);
}

}  // namespace scrim
