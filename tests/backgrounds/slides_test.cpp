#include <gmock/gmock.h>

#include "backgrounds/clips.h"
#include "backgrounds/scenery.h"

namespace scrim {
namespace {

using testing::HasSubstr;

constexpr Size kSize{64, 36};

struct Folder : TestFolder {
  Folder() {
    write_level(*this / "a.png", 60);
    write_level(*this / "b.png", 120);
    write_level(*this / "c.png", 180);
  }
  Spec spec(std::string seconds = "10", std::string fade = "2") const {
    return {"slides", path(), {{"seconds", seconds}, {"fade", fade}}};
  }
};

TEST(Slides, FollowEachOtherByNameRoundAndRound) {
  Folder folder;
  Scenery scenery(folder.spec(), kSize);
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < 3; ++i) {
      const double from = 30.0 * round + 10 * i;
      EXPECT_TRUE(scenery.draw(at_seconds(from + 0.1)));
      EXPECT_EQ(scenery.at(5, 5).y, 60 * (i + 1));
      EXPECT_FALSE(scenery.draw(at_seconds(from + 7.9)));
    }
}

TEST(Slides, FadeIntoEachOther) {
  Folder folder;
  Scenery scenery(folder.spec(), kSize);
  const struct {
    double moment;
    int level;
  } cases[] = {{8, 60}, {8.5, 75}, {9, 90}, {9.5, 105}, {10, 120}};
  for (const auto& c : cases) {
    scenery.draw(at_seconds(c.moment));
    EXPECT_NEAR(scenery.at(5, 5).y, c.level, 1) << c.moment;
  }
  EXPECT_FALSE(scenery.draw(at_seconds(11)));
}

TEST(Slides, AreTheSameFromAnyBeginning) {
  Folder folder;
  Scenery scenery(folder.spec("1", "0"), kSize);
  scenery.draw(at_seconds(1000 * 3 + 1.5));
  EXPECT_EQ(scenery.at(5, 5).y, 120);
}

TEST(Slides, LeaveOutWhatIsNoPicture) {
  Folder folder;
  write_bytes(folder / "b.png", "text");
  std::vector<std::string> told;
  Scenery scenery(folder.spec(), kSize,
                  {Pacing::kOffline, [&](const std::string& line) { told.push_back(line); }});
  for (int i = 0; i < 20; ++i) {
    scenery.draw(at_seconds(10 * i + 1));
    EXPECT_EQ(scenery.at(5, 5).y, i % 3 == 0 ? 60 : 180);
  }
  scenery.background.reset();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_THAT(told[0], HasSubstr("b.png"));
}

TEST(Slides, NeedAFolderWithPictures) {
  TestFolder empty;
  Folder folder;
  EXPECT_THAT(refusal({"slides", empty.path(), {}}), HasSubstr("no picture in"));
  EXPECT_THAT(refusal({"slides", "/nonexistent", {}}), HasSubstr("No such file or directory"));
  EXPECT_THAT(refusal(folder.spec("2", "3")), HasSubstr("must not be longer"));
  EXPECT_THAT(refusal({"slides", folder.path(), {{"second", "3"}}}), HasSubstr("'seconds'"));
}

}  // namespace
}  // namespace scrim
