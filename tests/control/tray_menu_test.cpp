// What the tray's menu offers; with a bus: tray_test.cpp.
#include "control/tray_menu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "control/commands.h"
#include "support/folder.h"
#include "support/session.h"

namespace scrim {
namespace {

using testing::ElementsAre;

class TrayMenu : public testing::Test {
 protected:
  TrayMenu() { ::setenv("XDG_CONFIG_HOME", folder_.path().c_str(), 1); }
  ~TrayMenu() override { ::unsetenv("XDG_CONFIG_HOME"); }

  void tell(std::string_view command, std::string_view value = "") {
    carry_out(*run_, control_request(command, value));
  }
  /// "*" in front of what is in use, "-" for a line.
  std::vector<std::string> menu(bool has_panel = true) {
    std::vector<std::string> labels;
    for (const TrayEntry& entry : tray_menu(*run_, has_panel))
      labels.push_back(
          entry.does == TrayEntry::Does::kParts ? "-" : (entry.is_chosen ? "*" : "") + entry.label);
    return labels;
  }

  const TestFolder folder_;
  RunningSession run_;
};

TEST_F(TrayMenu, OffersWhatThereIs) {
  EXPECT_THAT(menu(), ElementsAre("Pause", "-", "Open the panel", "Quit Scrim"));
  EXPECT_THAT(menu(false), ElementsAre("Pause", "-", "Quit Scrim"));
  tell("pause");
  EXPECT_EQ(menu().front(), "Resume");
}

TEST_F(TrayMenu, MarksThePresetInUse) {
  tell("preset save", "Green");
  tell("background", "blur");
  tell("preset save", "My_room");
  EXPECT_THAT(menu(),
              ElementsAre("Pause", "-", "Green", "*My_room", "-", "Open the panel", "Quit Scrim"));
  tell("preset use", "Green");
  EXPECT_THAT(menu(),
              ElementsAre("Pause", "-", "*Green", "My_room", "-", "Open the panel", "Quit Scrim"));
  tell("picture", "mirror");
  EXPECT_THAT(menu(),
              ElementsAre("Pause", "-", "Green", "My_room", "-", "Open the panel", "Quit Scrim"));
}

}  // namespace
}  // namespace scrim
