// Settings and presets by command, as the unix socket and pages give them.
#include "control/settings_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "control/commands.h"
#include "control/settings_routes.h"
#include "support/folder.h"
#include "support/session.h"

namespace scrim {
namespace {

using testing::HasSubstr;

class SettingsCommands : public testing::Test {
 protected:
  SettingsCommands() { ::setenv("XDG_CONFIG_HOME", folder_.path().c_str(), 1); }
  ~SettingsCommands() override { ::unsetenv("XDG_CONFIG_HOME"); }

  Json told(std::string_view command, std::string_view value, Trust trust = Trust::kOwner) {
    return Json::parse(carry_out(*run_, control_request(command, value), trust));
  }
  std::string value_of(const char* name) {
    return told("settings", "")["settings"][name]["value"].get<std::string>();
  }
  std::string complaint(std::string_view command, std::string_view value,
                        Trust trust = Trust::kOwner) {
    return told(command, value, trust).value("error", "");
  }
  static HttpRequest request(const char* path, const std::string& body = "") {
    return {.path = path, .body = {body.begin(), body.end()}};
  }

  const TestFolder folder_;
  RunningSession run_;
};

TEST_F(SettingsCommands, SettingsAreTold) {
  const Json settings = told("settings", "")["settings"];
  EXPECT_EQ(settings.size(), kSettingCount);
  EXPECT_EQ(settings["camera"]["value"], "pattern");
  EXPECT_EQ(settings["output"]["value"], Json({"null"}));
  EXPECT_EQ(settings["fps"]["live"], false);
}

TEST_F(SettingsCommands, SomeAreSetAtOnceOrNone) {
  const Json answer = told("set", R"({"matte": "smooth=0.5", "always-on": true})");
  EXPECT_EQ(answer["ok"], true) << answer;
  EXPECT_EQ(value_of("matte"), "smooth=0.5");
  EXPECT_EQ(value_of("always-on"), "on");
  EXPECT_EQ(told("settings", "")["settings"]["matte"]["from"], "live");
  EXPECT_THAT(complaint("set", R"({"matte": "", "effort": "heroic"})"),
              HasSubstr("--effort 'heroic': expected one of"));
  EXPECT_EQ(value_of("matte"), "smooth=0.5");
  EXPECT_THAT(complaint("set", R"({"camra": "x"})"), HasSubstr("did you mean 'camera'"));
  EXPECT_THAT(complaint("set", R"({"fps": 25})"), HasSubstr("when Scrim starts"));
  for (const char* nonsense : {"x", "[]", "3", R"({"matte": {}})", R"({"matte": [1]})",
                               R"({"matte": null})", R"({"camera": ["a", "b"]})"})
    EXPECT_FALSE(told("set", nonsense)["ok"].get<bool>()) << nonsense;
}

TEST_F(SettingsCommands, PresetsComeAndGo) {
  told("background", "scene:sea");
  EXPECT_EQ(told("preset save", "By the sea")["ok"], true);
  told("background", "blur");
  EXPECT_EQ(told("preset list", "")["presets"], Json({"By the sea"}));
  EXPECT_EQ(told("preset use", "By the sea")["status"]["background"], "scene:sea");
  EXPECT_THAT(complaint("preset use", "By the see"), HasSubstr("did you mean 'By the sea'"));
  EXPECT_THAT(complaint("preset save", "../x"), HasSubstr("letters"));
  EXPECT_EQ(told("preset remove", "By the sea")["ok"], true);
  EXPECT_EQ(told("preset list", "")["presets"], Json::array());
}

TEST_F(SettingsCommands, PagesNameNeitherFilesNorForeignDevices) {
  for (const char* value :
       {R"({"camera": "file:/etc/passwd"})", R"({"camera": "v4l2:/dev/no-such"})",
        R"({"camera": "/etc/passwd"})", R"({"output": ["file:/tmp/x.mkv"]})",
        R"({"output": ["hash:/tmp/x"]})", R"({"output": "sheet:x.png"})",
        R"({"segmenter": "bodypix:/etc"})", R"({"pause-picture": "image:/etc/passwd"})",
        R"({"background": "video:/x.mp4"})", R"({"control": "/tmp/x"})"}) {
    EXPECT_EQ(told("set", value, Trust::kPage)["exit"], 2) << value;
  }
  for (const char* value : {R"({"effort": "low"})", R"({"segmenter": "chroma"})",
                            R"({"pause-picture": "colour:navy"})", R"({"matte": "raw"})"})
    EXPECT_EQ(told("set", value, Trust::kPage)["ok"], true) << value;
}

TEST_F(SettingsCommands, WhatPagesMayNotNameMayStay) {
  EXPECT_EQ(told("set", R"({"output": ["null", "pipewire"]})", Trust::kPage)["ok"], true);
  EXPECT_EQ(told("set", R"({"output": ["pipewire"]})", Trust::kPage)["ok"], true);
  EXPECT_EQ(told("set", R"({"output": ["null"]})", Trust::kPage)["exit"], 2) << "it has gone";
}

TEST_F(SettingsCommands, TheRoutesSayTheSame) {
  EXPECT_EQ(put_settings_route(*run_, request("", R"({"effort": "low"})")).status, 200);
  EXPECT_EQ(value_of("effort"), "low");
  EXPECT_EQ(put_settings_route(*run_, request("", "{")).status, 400);
  EXPECT_EQ(post_preset_route(*run_, request("/api/presets/a b")).status, 200);
  EXPECT_EQ(Json::parse(get_presets_route(*run_, request("")).body), Json({"a b"}));
  EXPECT_EQ(post_preset_route(*run_, request("/api/presets/a b/use")).status, 200);
  for (const char* path : {"/api/presets/", "/api/presets/../x", "/api/presets/a/b/use"})
    EXPECT_EQ(post_preset_route(*run_, request(path)).status, 400) << path;
  EXPECT_EQ(delete_preset_route(*run_, request("/api/presets/a b")).status, 200);
  EXPECT_EQ(delete_preset_route(*run_, request("/api/presets/a b")).status, 400);
}

TEST_F(SettingsCommands, NewsDifferWhenSomethingHasChangedAlone) {
  EXPECT_TRUE(asks_to_watch(control_request("watch", "")));
  EXPECT_FALSE(asks_to_watch(control_request("status", "")));
  EXPECT_FALSE(asks_to_watch("[1"));
  while (run_->status().state != Session::State::kLive) std::this_thread::yield();
  const std::string before = news_of(*run_);
  EXPECT_EQ(news_of(*run_), before);
  told("picture", "mirror");
  EXPECT_NE(news_of(*run_), before);
}

}  // namespace
}  // namespace scrim
