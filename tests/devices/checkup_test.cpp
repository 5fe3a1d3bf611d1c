#include "devices/checkup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/utsname.h>

#include "support/folder.h"

namespace scrim {
namespace {

using Level = Finding::Level;
using testing::HasSubstr;

/// A computer on which all is well, until a test spoils it.
struct Computer {
  TestFolder root;
  VideoDevices devices{{{.path = "/dev/video0", .unfit = ""}},
                       {{"/dev/video20", "Scrim", false, "", false}}};

  Computer() {
    root.write("sys/module/v4l2loopback/version", "0.12.7\n");
    root.write("sys/module/v4l2loopback/parameters/exclusive_caps", "Y,N,N\n");
    root.write("etc/modules-load.d/some.conf", "# mine\n  v4l2loopback\n");
    root.write("etc/modprobe.d/some.conf", "options v4l2loopback exclusive_caps=1\n");
    root.write("proc/cpuinfo", "flags : fpu avx2 fma\n");
  }
  /// The only finding that is not fine.
  Finding only_finding() const {
    auto found = check_up(devices, root.path());
    std::erase_if(found, [](const Finding& f) { return f.level == Level::kFine; });
    EXPECT_EQ(found.size(), 1u);
    return found.empty() ? Finding{} : found.front();
  }
  static void expect(const Finding& finding, Level level, const char* what, const char* cure) {
    EXPECT_EQ(finding.level, level);
    EXPECT_THAT(finding.what, HasSubstr(what));
    EXPECT_THAT(finding.cure, HasSubstr(cure));
  }
};

TEST(CheckUp, AllIsWell) {
  Computer computer;
  for (const Finding& finding : check_up(computer.devices, computer.root.path()))
    EXPECT_EQ(finding.level, Level::kFine) << finding.what;
}

TEST(CheckUp, AModuleThatIsNotThereIsInstalled) {
  Computer computer;
  std::filesystem::remove_all(computer.root.path("sys/module"));
  computer.devices.outputs.clear();
  Computer::expect(computer.only_finding(), Level::kProblem, "not there for kernel",
                   "apt install v4l2loopback-dkms");
}

TEST(CheckUp, AModuleThatIsNotLoadedIsLoaded) {
  Computer computer;
  std::filesystem::remove_all(computer.root.path("sys/module"));
  utsname kernel{};
  ::uname(&kernel);
  computer.root.write(
      fmt::format("lib/modules/{}/updates/dkms/v4l2loopback.ko.xz", kernel.release));
  Computer::expect(computer.only_finding(), Level::kProblem, "is not loaded", "sudo modprobe v4l2");
}

TEST(CheckUp, SettingsThatAreMissingAreSpelledOut) {
  Computer computer;
  std::filesystem::remove(computer.root.path("etc/modules-load.d/some.conf"));
  Computer::expect(computer.only_finding(), Level::kAdvice, "at boot", "/etc/modules-load.d/");
  computer.root.write("etc/modules-load.d/some.conf", "v4l2loopback\n");
  computer.root.write("etc/modprobe.d/some.conf", "#options v4l2loopback\n");
  Computer::expect(computer.only_finding(), Level::kAdvice, "no settings",
                   "options v4l2loopback exclusive_caps=1");
}

TEST(CheckUp, WithoutExclusiveCapsBrowsersAreBlind) {
  Computer computer;
  computer.root.write("sys/module/v4l2loopback/parameters/exclusive_caps", "N,N\n");
  Computer::expect(computer.only_finding(), Level::kAdvice, "exclusive_caps", "modprobe -r");
}

TEST(CheckUp, DevicesThatAreLeftInABadStateOrTaken) {
  Computer computer;
  computer.devices.outputs.front().wedged = true;
  Computer::expect(computer.only_finding(), Level::kAdvice, "neither camera nor output", "heals");
  computer.devices.outputs.front() = {"/dev/video20", "Scrim", true, "obs (process 7)", false};
  Computer::expect(computer.only_finding(), Level::kAdvice, "obs (process 7)", "end that program");
}

TEST(CheckUp, NoCameraIsAProblemAndAForbiddenOneHasACure) {
  Computer computer;
  computer.devices.cameras.clear();
  Computer::expect(computer.only_finding(), Level::kProblem, "no camera found", "plug one in");
  computer.devices.cameras = {
      {.path = "/dev/video0", .unfit = ""},
      {.path = "/dev/video2", .unfit = "open /dev/video2: Permission denied; usermod"}};
  Computer::expect(computer.only_finding(), Level::kAdvice, "/dev/video2", "usermod");
}

TEST(CheckUp, AnOldProcessorIsSlow) {
  Computer computer;
  computer.root.write("proc/cpuinfo", "flags : fpu sse2\n");
  Computer::expect(computer.only_finding(), Level::kAdvice, "AVX2", "--effort low");
}

}  // namespace
}  // namespace scrim
