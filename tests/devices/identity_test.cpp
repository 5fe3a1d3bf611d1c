#include "devices/identity.h"

#include <gtest/gtest.h>

#include "support/folder.h"

namespace scrim {
namespace {

TEST(LinkTo, FindsTheNameOfTheNode) {
  const TestFolder folder;
  folder.write("dev/video0");
  folder.write("dev/video1");
  folder.link("by-id/usb-Maker_Camera_1234-video-index0", "../dev/video1");
  folder.link("by-id/usb-gone", "../dev/video7");
  const std::string links = folder.path("by-id");
  EXPECT_EQ(link_to(folder.path("dev/video1"), links), "usb-Maker_Camera_1234-video-index0");
  EXPECT_EQ(link_to(folder.path("dev/video0"), links), "");
  EXPECT_EQ(link_to(folder.path("dev/video0"), folder.path("none")), "");
}

TEST(FindCamera, SaysWhichOneIsNotThere) {
  const auto found = find_camera("usb-Maker_Camera_1234-video-index0", "/nonexistent/video0");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::kDisconnected);
  EXPECT_NE(found.error().what.find("usb-Maker_Camera_1234"), std::string::npos);
}

}  // namespace
}  // namespace scrim
