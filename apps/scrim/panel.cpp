#include "control/panel.h"

#include <fstream>

#include "command.h"
#include "control/browser.h"
#include "control/client.h"
#include "control/place.h"
#include "setting_options.h"

namespace scrim {
namespace {

class ShowPanel : public Command {
 public:
  explicit ShowPanel(CLI::App& parser) {
    parser.add_flag("--print", print_, "Say the link alone");
    options_.add(parser, kControlSetting);
  }

  Expected<void> run() override {
    const auto path = read_control_path(options_);
    if (!path) return std::unexpected(path.error());
    if (process_at(*path) == 0)
      return fail(Errc::kSystem, "no Scrim is running here; start one with `scrim run`");
    std::string link;
    std::getline(std::ifstream(panel_link_path(*path)), link);
    if (link.empty())
      return fail(Errc::kSystem, "the running Scrim has no panel; start it without --panel off");
    if (print_ || !open_in_browser(link)) fmt::print("{}\n", link);
    return {};
  }

 private:
  SettingOptions options_;
  bool print_ = false;
};

}  // namespace

std::unique_ptr<Command> add_panel(CLI::App& parser) {
  return std::make_unique<ShowPanel>(parser);
}

}  // namespace scrim
