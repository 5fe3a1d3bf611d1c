#include "session/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "session/arguments.h"
#include "session/requests.h"

namespace scrim {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const SettingKind& kind_of(std::string_view name) {
  return **find_setting(name);
}

TEST(Settings, TheTablesDefaultsAreTheMembersFirstValues) {
  std::set<std::string_view> names;
  for (const SettingKind& kind : setting_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(&setting_kinds()[index_of(kind)], &kind);
    Settings settings;
    ASSERT_TRUE(set_values(settings, kind, {}));
    EXPECT_EQ(settings, Settings{}) << kind.name;
    if (!kind.fallback.empty()) {
      EXPECT_EQ(values_of(settings, kind), std::vector{std::string(kind.fallback)});
    }
  }
}

TEST(Settings, EveryOneIsSetByItself) {
  for (const SettingKind& kind : setting_kinds()) {
    Settings settings;
    const bool is_flag = kind.type == Option::Type::kFlag;
    const std::string value = is_flag                 ? (kind.fallback == "on" ? "off" : "on")
                              : kind.name == "effort" ? "high"
                                                      : "60";
    ASSERT_TRUE(set_values(settings, kind, {value})) << kind.name;
    EXPECT_EQ(values_of(settings, kind), std::vector{value});
    EXPECT_NE(settings, Settings{});
    ASSERT_TRUE(set_values(settings, kind, {}));
    EXPECT_EQ(settings, Settings{});
  }
}

TEST(Settings, WhatDoesNotFitIsSaidWithTheOptionsName) {
  Settings settings;
  for (const auto& [name, value, expected] :
       {std::array{"fps", "999", "--fps '999': expected a number from 1 to 240"},
        std::array{"fps", "nan", "from 1 to 240"},
        std::array{"effort", "heroic", "--effort 'heroic': expected one of auto, low"},
        std::array{"always-on", "perhaps", "--always-on 'perhaps': expected on or off"}})
    EXPECT_THAT(set_values(settings, kind_of(name), {value}).error().what, HasSubstr(expected));
  EXPECT_THAT(set_values(settings, kind_of("camera"), {"a", "b"}).error().what,
              HasSubstr("--camera: takes one value"));
  EXPECT_EQ(settings, Settings{});
  EXPECT_THAT(find_setting("backgruond").error().what, HasSubstr("did you mean 'background'"));
}

TEST(Settings, TheEnvironmentSpeaksWhereNoOptionDoes) {
  EXPECT_EQ(environment_name(kind_of("pause-picture")), "SCRIM_PAUSE_PICTURE");
  ::setenv("SCRIM_FPS", "25", 1);
  ::setenv("SCRIM_ALWAYS_ON", "1", 1);
  GivenSettings given;
  given.values.fps = "50";
  given.from[index_of(kind_of("fps"))] = Origin::kOption;
  for (const SettingKind& kind : setting_kinds()) EXPECT_TRUE(take_environment(given, kind));
  EXPECT_EQ(given.values.fps, "50");
  EXPECT_EQ(given.values.always_on, "on");
  EXPECT_EQ(given.from[index_of(kind_of("always-on"))], Origin::kEnvironment);
  ::setenv("SCRIM_ALWAYS_ON", "x", 1);
  GivenSettings fresh;
  EXPECT_THAT(take_environment(fresh, kind_of("always-on")).error().what,
              HasSubstr("SCRIM_ALWAYS_ON: --always-on 'x'"));
  ::unsetenv("SCRIM_FPS");
  ::unsetenv("SCRIM_ALWAYS_ON");
}

TEST(Settings, AMistakeIsSaidWithThePlaceWhereItStands) {
  GivenSettings given;
  given.places[index_of(kind_of("background"))] = "c.toml:1:1";
  const auto said = [&](const char* what) {
    return fail_as_given(given, {Errc::kSystem, what}).error();
  };
  EXPECT_EQ(said("--background: gone").what, "c.toml:1:1: --background: gone");
  EXPECT_EQ(said("--background: gone").code, Errc::kSystem);
  EXPECT_EQ(said("unknown --background 'x'").what, "c.toml:1:1: unknown --background 'x'");
  for (const char* other : {"--person: gone", "--backgrounds: gone", "--", "", "unknown",
                            "open x: gone; give another --background"})
    EXPECT_EQ(said(other).what, other);
}

TEST(Requests, WhatNoOptionSaidIsCheckedWithItsPlace) {
  for (const auto& [name, value] : {std::pair{"background", "blurr"},
                                    {"person", "nosuch"},
                                    {"picture", "outline"},
                                    {"matte", "threshold=9"},
                                    {"segmenter", "persn"},
                                    {"camera", "presenter:x"},
                                    {"output", "v4l2:/dev/null?format=rgb"},
                                    {"size", "huge"}}) {
    GivenSettings given;
    given.values.output = {"null"};
    given.values.camera = "pattern";
    ASSERT_TRUE(set_values(given.values, kind_of(name), {value}));
    given.places[index_of(kind_of(name))] = "PLACE";
    EXPECT_THAT(session_request(given).error().what, StartsWith("PLACE: ")) << name;
    given.places = {};
    if (const auto request = session_request(given); !request) {
      EXPECT_THAT(request.error().what, Not(HasSubstr("PLACE"))) << name;
    }
  }
}

TEST(Requests, AFileThatIsNotThereIsCalledOne) {
  for (const std::string name : {"nope.jpg", "pictures/nope", "/nope?.jpg", "./nope"}) {
    const auto chain = chain_argument("--background", name);
    ASSERT_FALSE(chain) << name;
    EXPECT_EQ(chain.error().what, "--background: no such file '" + name + "'");
    EXPECT_EQ(chain.error().code, Errc::kRequest);
  }
  for (const std::string text : {"Blur", "blur?a.b=c", "room,blur.", "scene:a.b?"})
    EXPECT_EQ(chain_argument("--background", text).error().code, Errc::kRequest) << text;
}

TEST(Requests, AValueIsCheckedAsTheCommandLineChecksIt) {
  const auto complaint = [](std::string_view name, const std::string& value) {
    const auto ok = check_setting(kind_of(name), {value});
    return ok ? "" : ok.error().what;
  };
  EXPECT_THAT(complaint("background", "blurr"), HasSubstr("unknown --background"));
  EXPECT_THAT(complaint("picture", "outline"), HasSubstr("no place in this chain"));
  EXPECT_THAT(complaint("size", "huge"), HasSubstr("huge"));
  EXPECT_THAT(complaint("segmenter", "persn"), HasSubstr("did you mean 'person'"));
  EXPECT_THAT(complaint("matte", "threshold=9"), HasSubstr("threshold"));
  EXPECT_THAT(complaint("output", "v4l2:/dev/video9?format=rgb"), HasSubstr("rgb"));
  EXPECT_THAT(complaint("pause-picture", "blur,blur"), HasSubstr("one background"));
  EXPECT_THAT(complaint("pause-picture", "imag:x"), HasSubstr("did you mean 'image'"));
  for (const auto& [name, value] : {std::pair{"background", "scene:sea,blur"},
                                    {"camera", "x.mp4"},
                                    {"output", "pipewire"},
                                    {"pause-picture", "colour:navy"}})
    EXPECT_EQ(complaint(name, value), "") << name;
}

TEST(Requests, FilesAreNamedInFull) {
  const auto full = [](std::string_view name, const std::string& value) {
    return value_in_full(kind_of(name), value).value();
  };
  EXPECT_THAT(full("output", "out.mkv"), testing::StartsWith("file:/"));
  EXPECT_EQ(full("output", "hash:out.txt"), "hash:out.txt");
  EXPECT_EQ(full("output", "sheet:out.png"), "sheet:out.png");
  EXPECT_EQ(full("output", "pipewire:Desk"), "pipewire:Desk");
  EXPECT_THAT(full("camera", "talk.mp4"), testing::StartsWith("file:/"));
  EXPECT_EQ(full("background", "scene:sea,blur?radius=9"), "scene:sea,blur?radius=9");
  EXPECT_EQ(full("panel", "8765"), "8765");
  EXPECT_EQ(value_in_full(kind_of("camera"), "talk.mp4", "/a/b"), "file:/a/b/talk.mp4");
  EXPECT_EQ(value_in_full(kind_of("camera"), "/talk.mp4", "/a/b"), "file:/talk.mp4");
  EXPECT_EQ(value_in_full(kind_of("background"), "scene:tmp,overlay:a.png", "/"),
            "scene:tmp,overlay:/a.png")
      << "not all that is the name of a folder means it";
}

}  // namespace
}  // namespace scrim
