// What a running session can be told; its commands in words: tests/control.
#include "session/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "support/folder.h"
#include "support/session.h"

namespace scrim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Settings with(Session& session, std::string_view name, std::vector<std::string> values) {
  Settings wanted = session.settings().values;
  EXPECT_TRUE(set_values(wanted, **find_setting(name), values));
  return wanted;
}

Expected<void> set(RunningSession& run, std::string_view name, std::vector<std::string> values) {
  return run->change(with(*run, name, std::move(values)), Origin::kLive);
}

TEST(Session, EverySettingThatSaysSoChangesWhileItRuns) {
  const TestFolder folder;
  RunningSession run;
  const std::string hashes = "hash:" + folder.path("x");
  const std::pair<const char*, std::string> all[] = {
      {"camera", "presenter"}, {"background", "blur"},  {"person", "mirror"},
      {"picture", "sepia"},    {"segmenter", "chroma"}, {"matte", "raw"},
      {"effort", "high"},      {"always-on", "on"},     {"pause-picture", "colour:navy"},
      {"output", hashes}};
  for (const auto& [name, value] : all) {
    const auto ok = set(run, name, {value});
    EXPECT_TRUE(ok) << name << ": " << ok.error().what;
  }
  const GivenSettings now = run->settings();
  for (const auto& [name, value] : all) {
    const SettingKind& kind = **find_setting(name);
    EXPECT_TRUE(kind.live) << name;
    EXPECT_THAT(values_of(now.values, kind), ElementsAre(value));
    EXPECT_EQ(now.from[index_of(kind)], Origin::kLive);
  }
  EXPECT_EQ(print(run->status().look.person), "mirror");
  EXPECT_EQ(run->status().camera, "presenter");
  EXPECT_THAT(run->status().outputs, ElementsAre(Spec{"hash", folder.path("x"), {}}));
  const auto frames = run->status().stats.frames;
  while (run->status().stats.frames < frames + 5) std::this_thread::yield();
}

TEST(Session, WhatCannotBeHadChangesNothing) {
  RunningSession run;
  const Settings before = run->settings().values;
  for (const auto& [name, value, complaint] :
       {std::array{"camera", "v4l2:/dev/no-such", "--camera: "},
        std::array{"camera", "none.mp4", "--camera: "},
        std::array{"output", "v4l2:/dev/null", "/dev/null is no video device"},
        std::array{"segmenter", "bodypix:/nonexistent", "nonexistent"},
        std::array{"pause-picture", "image:none.jpg", "--pause-picture: "},
        std::array{"size", "32x18", "takes effect when Scrim starts"},
        std::array{"panel", "off", "takes effect when Scrim starts"}}) {
    const auto ok = set(run, name, {value});
    ASSERT_FALSE(ok) << name;
    EXPECT_THAT(ok.error().what, HasSubstr(complaint)) << name;
  }
  Settings both = with(*run, "background", {"blur"});
  both.camera = "none.mp4";
  EXPECT_FALSE(run->change(both, Origin::kLive)) << "all or none";
  EXPECT_EQ(run->settings().values, before);
  EXPECT_EQ(print(run->status().look.background), "colour:00b140");
}

TEST(Session, APauseAndWhoeverLooksWaitForNoChange) {
  RunningSession run;
  std::latch changing(1), asked(1);
  std::jthread change([&] {
    const auto turn = run->take_turn();
    changing.count_down();
    asked.wait();
  });
  changing.wait();
  run->pause(true);
  EXPECT_EQ(run->status().state, Session::State::kPaused);
  EXPECT_EQ(run->settings().values, RunningSession::usual());
  run->toggle();
  EXPECT_NE(run->state(), Session::State::kPaused);
  asked.count_down();
}

TEST(Session, WhatIsFedAlreadyIsTakenOutFirst) {
  const TestFolder folder;
  RunningSession run;
  const std::string file = "file:" + folder.path("a.mkv"), other = file + "?size=32x18";
  ASSERT_TRUE(set(run, "output", {file}));
  const auto ok = set(run, "output", {other});
  ASSERT_FALSE(ok);
  EXPECT_EQ(ok.error().code, Errc::kRequest);
  EXPECT_THAT(ok.error().what, HasSubstr("this run feeds it already; take it out first"));
  ASSERT_TRUE(set(run, "output", {"null"}));
  EXPECT_TRUE(set(run, "output", {other})) << "then it is free";
}

TEST(Session, ARecordingThatIsTakenAwayIsWhole) {
  const TestFolder folder;
  RunningSession run;
  const std::string file = folder.path("a.mkv");
  ASSERT_TRUE(set(run, "output", {"null", file}));
  const auto frames = run->status().stats.frames;
  while (run->status().stats.frames < frames + 3) std::this_thread::yield();
  ASSERT_TRUE(set(run, "output", {"null"}));
  EXPECT_GT(std::filesystem::file_size(file), 0u);
}

}  // namespace
}  // namespace scrim
