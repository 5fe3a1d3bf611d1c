#include "devices/listing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scrim {
namespace {

using testing::HasSubstr;

Camera camera(std::string path, std::string unfit = "") {
  return {.path = std::move(path), .unfit = std::move(unfit)};
}

VirtualCamera output(std::string path, std::string name) {
  return {std::move(path), std::move(name), false, ""};
}

TEST(DefaultCamera, IsTheFirstThatIsFit) {
  const VideoDevices devices{
      {camera("/dev/video0", "grey only"), camera("/dev/video2"), camera("/dev/video4")}, {}};
  EXPECT_EQ(default_camera(devices).value(), "/dev/video2");
}

TEST(DefaultCamera, WithoutOneSaysWhatWasPassedOver) {
  const auto none = default_camera({{camera("/dev/video0", "grey only")}, {}});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::kSystem);
  EXPECT_THAT(none.error().what, HasSubstr("/dev/video0: grey only"));
  EXPECT_THAT(default_camera({}).error().what, HasSubstr("--camera"));
}

TEST(DefaultOutput, IsTheOneNamedScrimOrTheOnlyOne) {
  EXPECT_EQ(default_output({{}, {output("/dev/video9", "Any")}}).value(), "/dev/video9");
  EXPECT_EQ(
      default_output({{}, {output("/dev/video8", "Any"), output("/dev/video9", "Scrim")}}).value(),
      "/dev/video9");
}

TEST(DefaultOutput, AmongSeveralStrangersThePersonChooses) {
  const auto which =
      default_output({{}, {output("/dev/video8", "OBS"), output("/dev/video9", "Any")}});
  ASSERT_FALSE(which);
  EXPECT_EQ(which.error().code, Errc::kRequest);
  EXPECT_THAT(which.error().what, HasSubstr("v4l2:/dev/video8 (OBS)"));
}

TEST(DefaultOutput, WithoutOneSaysHowToMakeOne) {
  const auto none = default_output({});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::kSystem);
  EXPECT_THAT(none.error().what, HasSubstr("modprobe v4l2loopback"));
}

}  // namespace
}  // namespace scrim
