#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "devices/checkup.h"
#include "support/folder.h"

namespace scrim {
namespace {

using Level = Finding::Level;
using testing::HasSubstr;

/// The last finding, of a computer with a portal or without.
Finding last(const PipewireListing& listing, bool portal,
             const std::vector<std::string>& denied = {}) {
  TestFolder root;
  if (portal) root.write("usr/share/dbus-1/services/org.freedesktop.portal.Desktop.service", "x");
  return check_up_pipewire(listing, root.path(), denied).back();
}

TEST(CheckUpPipewire, EachFaultHasACure) {
  EXPECT_THAT(last({}, true).cure, HasSubstr("systemctl --user enable --now pipewire"));
  EXPECT_THAT(last({.runs = true, .session_manager = true}, false).cure,
              HasSubstr("apt install xdg-desktop-portal"));
  EXPECT_EQ(last({.runs = true, .session_manager = true}, true).level, Level::kFine);
  TestFolder root;
  const auto found = check_up_pipewire({.runs = true}, root.path(), {});
  EXPECT_THAT(found.at(1).cure, HasSubstr("wireplumber"));
}

TEST(CheckUpPipewire, ADenialIsRememberedAndUndone) {
  const auto found = last({.runs = true, .session_manager = true}, true, {"org.app"});
  EXPECT_EQ(found.level, Level::kAdvice);
  EXPECT_THAT(found.what, HasSubstr("org.app"));
  EXPECT_THAT(found.cure, HasSubstr("DeletePermission devices camera 'org.app'"));
}

TEST(CheckUpPipewire, DenialsAreThoseThatSayNo) {
  EXPECT_EQ(parse_denials("({'': ['no'], 'a.b': ['yes'], 'c.d': ['no']}, <byte 0x00>)"),
            (std::vector<std::string>{"", "c.d"}));
  for (const char* nobody : {"", "': ['no'", "({}, <byte 0x00>)", "(@a{sas} {}, <byte 0x00>)"})
    EXPECT_TRUE(parse_denials(nobody).empty()) << nobody;
}

TEST(FindPipewireCamera, ByNameOrLabelButNeverOnesOwn) {
  const PipewireListing listing{
      true,
      true,
      {{1, "scrim", "Scrim", true, true}, {2, "scrim.b", "B", true}, {3, "usb", "Webcam"}}};
  EXPECT_EQ(find_pipewire_camera(listing, "").value().id, 3u);
  EXPECT_EQ(find_pipewire_camera(listing, "Webcam").value().id, 3u);
  EXPECT_EQ(find_pipewire_camera(listing, "scrim.b").value().id, 2u);
  EXPECT_FALSE(find_pipewire_camera(listing, "scrim"));
  EXPECT_THAT(find_pipewire_camera({.runs = true}, "usb").error().what,
              HasSubstr("session manager"));
}

}  // namespace
}  // namespace scrim
