#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "backgrounds/background.h"
#include "backgrounds/clips.h"
#include "backgrounds/scenery.h"
#include "media/upload_store.h"

namespace scrim {
namespace {

/// What the panel added: of one luma level, so that pictures tell which they are.
std::string add(const TestFolder& home) {
  ::setenv("XDG_DATA_HOME", home.path().c_str(), 1);
  auto made = NewUpload::make();
  write_level(fmt::format("{}/{}", made->folder(), kUploadPicture), 90);
  return made->keep("wall.png")->id;
}

TEST(Upload, IsShownByItsId) {
  const TestFolder home;
  Scenery scenery({"upload", add(home), {{"zoom", "2"}}}, {64, 36});
  EXPECT_TRUE(scenery.draw());
  EXPECT_NEAR(scenery.at(32, 18).y, 90, 1);
}

TEST(Upload, IsNoWayToOtherFiles) {
  const TestFolder home;
  const std::string id = add(home);
  for (const std::string& wrong : {"../" + id, "/" + id, id + "/picture.png", id.substr(1)}) {
    const auto made = make_background({"upload", wrong, {}}, {64, 36});
    ASSERT_FALSE(made) << wrong;
    EXPECT_EQ(made.error().code, Errc::kRequest);
    EXPECT_THAT(made.error().what, testing::HasSubstr("no background"));
  }
}

}  // namespace
}  // namespace scrim
