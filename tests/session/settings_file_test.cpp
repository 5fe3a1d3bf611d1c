#include "session/settings_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "support/folder.h"

extern "C" int read_as_settings(const std::uint8_t* data, std::size_t size);

namespace scrim {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const SettingKind& kind_of(std::string_view name) {
  return **find_setting(name);
}

std::string complaint(std::string_view toml) {
  const auto file = parse_settings(toml, "c.toml");
  return file ? "" : file.error().what;
}

Settings settings_of(std::string_view toml) {
  GivenSettings given;
  const auto file = parse_settings(toml, "c.toml");
  EXPECT_TRUE(file) << file.error().what;
  if (file) {
    EXPECT_TRUE(take_file(given, *file));
  }
  return given.values;
}

TEST(SettingsFile, SaysWhatOptionsSay) {
  const Settings settings = settings_of(
      "# mine\ncamera = 'v4l2:/dev/video2'\nfps = 25\nalways-on = true\npanel = 8765\n"
      "output = [\"pipewire\", \"v4l2:/dev/video9\"]\npause-picture = \"colour:navy\"\n");
  EXPECT_EQ(settings.camera, "v4l2:/dev/video2");
  EXPECT_EQ(settings.fps, "25");
  EXPECT_EQ(settings.always_on, "on");
  EXPECT_EQ(settings.panel, "8765");
  EXPECT_EQ(settings.output, (std::vector<std::string>{"pipewire", "v4l2:/dev/video9"}));
  EXPECT_EQ(settings.pause_picture, "colour:navy");
  EXPECT_EQ(settings_of("output = \"pipewire\"").output, std::vector<std::string>{"pipewire"});
  EXPECT_EQ(settings_of(""), Settings{});
}

TEST(SettingsFile, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_THAT(complaint("fps = 25\ncamera = \n"), StartsWith("c.toml:2:"));
  EXPECT_THAT(complaint("\nbackgruond = \"blur\"\n"), StartsWith("c.toml:2:1: unknown setting"));
  EXPECT_THAT(complaint("backgruond = \"blur\"\n"), HasSubstr("did you mean 'background'"));
  EXPECT_THAT(complaint("fps = 999"), StartsWith("c.toml:1:7: --fps '999': expected a number"));
  EXPECT_THAT(complaint("camera = [\"a\"]"), HasSubstr("takes one value"));
  EXPECT_THAT(complaint("camera = 1979-05-27"), HasSubstr("expected a text such as"));
  EXPECT_THAT(complaint("[background]\nblur = 1"), HasSubstr("expected a text such as"));
  EXPECT_THAT(complaint("fps = 1\nfps = 2"), StartsWith("c.toml:2:"));
  EXPECT_THAT(complaint("camera = \"\xff\""), StartsWith("c.toml:1:"));
  for (const char* text : {"fps = 999", "x", "[=", "[#=.#4\n a", "[.]", "aˏb = 1", "[a", "a = {",
                           "fps = [[1]]", "camera = [[[["})
    EXPECT_THAT(complaint(text), testing::Not(HasSubstr("\n"))) << text;
}

TEST(SettingsFile, OneLineChangesAndNoOther) {
  const std::string before =
      "# what I like\r\nbackground = \"bl\\u00fcr\" # soft\n\nfps=25\noutput = [\n  \"pipewire\", "
      "# "
      "a\n  \"null\",\n]\n";
  const auto after = [&](std::string_view name, const std::vector<std::string>& values) {
    return with_setting(before, "c.toml", kind_of(name), values).value();
  };
  const auto with = [&](std::string_view old, std::string_view fresh) {
    std::string text = before;
    return text.replace(text.find(old), old.size(), fresh);
  };
  EXPECT_EQ(after("fps", {"50"}), with("fps=25", "fps=50"));
  EXPECT_EQ(after("fps", {}), with("fps=25\n", ""));
  EXPECT_EQ(after("background", {"image:a\"b\\c.jpg"}),
            with("\"bl\\u00fcr\"", "\"image:a\\\"b\\\\c.jpg\""));
  EXPECT_EQ(after("output", {"null"}),
            with("[\n  \"pipewire\", # a\n  \"null\",\n]", "[\"null\"]"));
  EXPECT_EQ(after("output", {}), before.substr(0, before.find("output")));
  EXPECT_EQ(after("always-on", {"on"}), before + "always-on = true\n");
  EXPECT_EQ(after("camera", {}), before);
  EXPECT_EQ(with_setting("fps = 1", "", kind_of("camera"), {"x"}).value(),
            "fps = 1\ncamera = \"x\"\n");
  EXPECT_EQ(with_setting("picture = 'ä' # ö\nfps = 1", "", kind_of("picture"), {"ü"}).value(),
            "picture = \"ü\" # ö\nfps = 1");
}

TEST(SettingsFile, WhatIsCutShortOrSpoiltIsUnderstoodOrRefused) {
  const std::string sound =
      "# mine\r\nbackground = \"image:\\u00fc.jpg\" # soft\nfps=25.0\n\"person\" = '''a\nb'''\n"
      "always-on = true\noutput = [\n  \"pipewire\", # a\n  'ä',\n]\nmatte = ''";
  const auto read = [](const std::string& text) {
    read_as_settings(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  };
  for (std::size_t size = 0; size <= sound.size(); ++size) read(sound.substr(0, size));
  for (std::size_t at = 0; at < sound.size(); ++at)
    for (const char value : {'\0', '\n', '"', '\'', '[', '{', '=', '#', '\x7f', '\xc3', '\xff'}) {
      std::string spoilt = sound;
      spoilt[at] = value;
      read(spoilt);
    }
}

TEST(SettingsFile, ABrokenFileIsNotTouched) {
  EXPECT_THAT(with_setting("fps = ", "c.toml", kind_of("fps"), {"5"}).error().what,
              StartsWith("c.toml:1:"));
  EXPECT_FALSE(with_setting("nonsense = 1", "c.toml", kind_of("fps"), {"5"}));
}

TEST(SettingsFile, IsWrittenForItsOwnerAloneAndThroughLinks) {
  const TestFolder folder;
  const std::string path = folder.path("deep/scrim/config.toml");
  ASSERT_TRUE(write_settings(path, "fps = 25\n"));
  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  ASSERT_EQ(::stat(folder.path("deep/scrim").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700u);
  const std::string link = folder.path("link.toml");
  std::filesystem::create_symlink(path, link);
  ASSERT_TRUE(write_settings(link, "fps = 50\n"));
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(read_text(path).value(), "fps = 50\n");
  EXPECT_EQ(read_text(folder.path("none.toml")).value(), "");
  EXPECT_FALSE(read_settings(folder.path("deep")));
}

TEST(SettingsFile, OptionsAndTheEnvironmentAreNotOverridden) {
  GivenSettings given;
  given.values.fps = "60";
  given.from[index_of(kind_of("fps"))] = Origin::kOption;
  given.from[index_of(kind_of("size"))] = Origin::kEnvironment;
  ASSERT_TRUE(
      take_file(given, parse_settings("fps = 25\nsize = '64x36'\nperson = 'mirror'", "").value()));
  EXPECT_EQ(given.values.fps, "60");
  EXPECT_EQ(given.values.size, "1280x720");
  EXPECT_EQ(given.values.person, "mirror");
  EXPECT_EQ(given.from[index_of(kind_of("person"))], Origin::kFile);
}

}  // namespace
}  // namespace scrim
