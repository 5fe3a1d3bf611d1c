#include "session/presets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/folder.h"

namespace scrim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Settings seaside() {
  Settings settings;
  settings.background = "scene:sea,blur?radius=9";
  settings.matte = "smooth=0.5";
  settings.camera = "v4l2:/dev/video7";
  return settings;
}

TEST(Presets, KeepTheLookAndNothingElse) {
  const TestFolder folder;
  const Presets presets(folder.path("scrim/presets"));
  ASSERT_TRUE(presets.save("By the sea", seaside()));
  EXPECT_THAT(presets.list(), ElementsAre("By the sea"));
  Settings now;
  now.person = "hologram";
  now.fps = "25";
  const auto used = presets.use("By the sea", now);
  ASSERT_TRUE(used) << used.error().what;
  EXPECT_EQ(used->background, "scene:sea,blur?radius=9");
  EXPECT_EQ(used->matte, "smooth=0.5");
  EXPECT_EQ(used->person, "") << "nobody had an effect then";
  EXPECT_EQ(used->camera, now.camera);
  EXPECT_EQ(used->fps, "25");
  ASSERT_TRUE(presets.remove("By the sea"));
  EXPECT_TRUE(presets.list().empty());
}

TEST(Presets, NamesLeadNowhereElse) {
  const TestFolder folder;
  const Presets presets(folder.path());
  for (const char* name : {"", "..", "../x", "a/b", "a.b", ".x", " a", "a ", "a\n", "ä", "x\\y"}) {
    EXPECT_THAT(presets.save(name, {}).error().what, HasSubstr("letters, digits")) << name;
    EXPECT_FALSE(presets.remove(name)) << name;
    EXPECT_FALSE(presets.use(name, {})) << name;
  }
  EXPECT_FALSE(presets.save(std::string(65, 'x'), {}));
}

TEST(Presets, WhatIsNotThereIsSaidWithTheNearestName) {
  const TestFolder folder;
  const Presets presets(folder.path());
  ASSERT_TRUE(presets.save("office", seaside()));
  EXPECT_THAT(presets.use("ofice", {}).error().what, HasSubstr("did you mean 'office'"));
  EXPECT_FALSE(presets.remove("other"));
}

TEST(Presets, AForeignLineIsRefused) {
  const TestFolder folder;
  folder.write("x.toml", "camera = \"v4l2\"\n");
  EXPECT_THAT(Presets(folder.path()).use("x", {}).error().what,
              HasSubstr("x.toml:1:10: a preset holds"));
}

}  // namespace
}  // namespace scrim
