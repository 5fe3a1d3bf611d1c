#include "control/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <nlohmann/json.hpp>
#include <thread>

#include "media/picture.h"
#include "support/folder.h"

namespace scrim {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

/// A session with a drawn source and nobody's device, running.
class Commands : public testing::Test {
 protected:
  Commands() {
    Session::Request request{.camera = {"pattern", "", {}},
                             .wanted = {.size = Size{64, 36}, .fps = 60},
                             .seconds = {},
                             .outputs = {{"null", "", {}}},
                             .look = {.look = {}, .segmenter = {"oval", "", {}}, .matte = {}},
                             .pause_picture = {}};
    request.look.look.background = *parse_chain("colour:00b140");
    session_ = Session::open(request, [](const std::string&) {}).value();
    running_ = std::jthread([this] { EXPECT_TRUE(session_->run(stop_)); });
  }
  ~Commands() override { stop_ = true; }

  Json told(const std::string& line) { return Json::parse(carry_out(*session_, line)); }
  Json told(std::string_view command, std::string_view value) {
    return told(control_request(command, value));
  }

  std::unique_ptr<Session> session_;
  std::atomic<bool> stop_ = false;
  std::jthread running_;  // last: it uses all of the above
};

TEST_F(Commands, PauseResumeAndToggleSaySo) {
  EXPECT_EQ(told("pause", "")["status"]["state"], "paused");
  EXPECT_NE(told("toggle", "")["status"]["state"], "paused");
  EXPECT_EQ(told("toggle", "")["status"]["state"], "paused");
  EXPECT_NE(told("resume", "")["status"]["state"], "paused");
  while (told("status", "")["status"]["state"] != "live") std::this_thread::yield();
}

TEST_F(Commands, WhatAnswersAtOnceWaitsForNoChange) {
  std::latch changing(1), asked(1);
  std::jthread change([&] {
    const auto turn = session_->take_turn();
    changing.count_down();
    asked.wait();
  });
  changing.wait();
  int count = 0;
  for (const ControlCommand& command : kControlCommands) {
    const std::string request = control_request(command.name, "");
    if (!answers_at_once(request)) continue;
    EXPECT_TRUE(told(request)["ok"]) << request;
    ++count;
  }
  EXPECT_EQ(count, 5);
  EXPECT_FALSE(answers_at_once("pause"));
  asked.count_down();
}

TEST_F(Commands, AnotherLookIsShownAndToldBack) {
  EXPECT_EQ(told("background", "room,blur?radius=9")["status"]["background"], "room,blur?radius=9");
  EXPECT_EQ(told("picture", "mirror")["status"]["picture"], "mirror");
  EXPECT_EQ(told("picture", "")["status"]["picture"], "");
  EXPECT_EQ(told(R"({"command": "background", "value": ["room", "blur"]})")["status"]["background"],
            "room,blur");
}

TEST_F(Commands, ARefusedLookChangesNothingAndIsSaidAsOnTheCommandLine) {
  const Json answer = told("background", "colour:nonsense");
  EXPECT_EQ(answer["ok"], false);
  EXPECT_EQ(answer["exit"], 2);
  EXPECT_THAT(answer["error"].get<std::string>(), HasSubstr("--background: "));
  EXPECT_THAT(told("person", "blurr")["error"].get<std::string>(),
              HasSubstr("did you mean 'blur'"));
  EXPECT_EQ(told("status", "")["status"]["background"], "colour:00b140");
}

TEST_F(Commands, EffectsComeAndGo) {
  EXPECT_EQ(told("effect add", "hologram,mirror")["status"]["person"], "hologram");
  EXPECT_EQ(told("effect add", "sepia")["status"]["picture"], "mirror,sepia");
  EXPECT_EQ(told("effect add", "blur")["status"]["background"], "colour:00b140,blur");
  EXPECT_EQ(told("effect remove", "mirror")["status"]["picture"], "sepia");
  EXPECT_THAT(told("effect remove", "mirror")["error"].get<std::string>(), HasSubstr("not shown"));
  told("background", "blur");
  EXPECT_THAT(told("effect remove", "blur")["error"].get<std::string>(),
              HasSubstr("no background"));
  EXPECT_THAT(told("effect add", "blurr")["error"].get<std::string>(), HasSubstr("'blur'"));
}

TEST_F(Commands, SomeChainsChangeAtOnceOrNone) {
  const Json look{{"background", {"colour:102030"}}, {"person", {"mirror"}}};
  EXPECT_EQ(told("look", look.dump())["status"]["person"], "mirror");
  EXPECT_EQ(told("look", R"({"person": [], "picture": ["no-such"]})")["ok"], false);
  EXPECT_EQ(told("status", "")["status"]["person"], "mirror");
}

TEST_F(Commands, NamesOfFilesStartWhereTheOwnerStands) {
  const TestFolder folder;
  Image picture({64, 36});
  ASSERT_TRUE(save_png(folder.path("sea side.png"), std::as_const(picture).view()));
  const std::string whole = "image:" + folder.path("sea side.png");
  const auto ask = [&](std::string_view command, std::string_view value) {
    return told(control_request(command, value, folder.path("")))["status"]["background"];
  };
  EXPECT_EQ(ask("background", "sea side.png"), whole);
  EXPECT_EQ(ask("background", "image:sea side.png"), whole);
  EXPECT_EQ(ask("background", "colour:00b140"), "colour:00b140");
  EXPECT_EQ(ask("set", R"({"background": ["sea side.png"]})"), whole);
  EXPECT_EQ(ask("set", R"({"background": "", "effort": "low"})"), "");
  EXPECT_FALSE(told(control_request("background", "no.png", folder.path("")))["ok"]);
  EXPECT_FALSE(told(control_request("background", "blur", "here"))["ok"]);
}

TEST_F(Commands, PagesNameNoFolder) {
  const std::string request = control_request("background", "passwd", "/etc");
  const Json answer = Json::parse(carry_out(*session_, request, Trust::kPage));
  EXPECT_THAT(answer["error"].get<std::string>(), HasSubstr("'passwd'"));
}

TEST_F(Commands, NonsenseIsAnswered) {
  for (const char* line : {"", "{", "[]", "{}", R"({"command": 1})", R"({"command": "fly"})",
                           R"({"command": "pause", "value": 1})", R"({"command": "background"})",
                           R"({"command": "background", "value": {"a": 1}})",
                           R"({"command": "background", "value": [1]})", "\xff\xfe"})
    EXPECT_EQ(told(line)["ok"], false) << line;
  EXPECT_THAT(told(R"({"command": "paus"})")["error"].get<std::string>(),
              HasSubstr("did you mean 'pause'"));
}

}  // namespace
}  // namespace scrim
