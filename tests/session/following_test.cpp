#include "session/following.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/folder.h"
#include "support/session.h"

namespace scrim {
namespace {

using testing::_;
using testing::ElementsAre;
using testing::HasSubstr;

struct Following {
  explicit Following(const GivenSettings& given = {RunningSession::usual(), {}}) : session(given) {
    follower = ConfigFollower::start(path, {}, *session, [this](const std::string& line) {
                 lines.push_back(line);
               }).value();
  }

  /// Written beside the watch's sight, and followed on this thread: nothing depends on time.
  void say(const std::string& toml) {
    quiet.write("config.toml", toml);
    follower->follow();
  }

  const TestFolder quiet;
  const std::string path = quiet.path("config.toml");
  std::vector<std::string> lines;
  RunningSession session;
  std::unique_ptr<ConfigFollower> follower;
};

/// The watch itself is tested in tests/base; here it would answer as well.
struct Unwatched : Following {
  explicit Unwatched(const GivenSettings& given = {RunningSession::usual(), {}})
      : Following(given) {
    follower->stop_watching();
  }
};

TEST(ConfigFollower, TakesOverWhatChanges) {
  Unwatched run;
  run.say("background = \"scene:sea\"\nmatte = \"smooth=0.5\"\n");
  EXPECT_EQ(print(run.session->status().look.background), "scene:sea");
  EXPECT_EQ(run.session->settings().values.matte, "smooth=0.5");
  EXPECT_THAT(run.lines, ElementsAre(HasSubstr("took over background, matte")));
  run.say("matte = \"smooth=0.5\"\n");
  EXPECT_EQ(run.session->settings().values.background, "") << "the default";
  EXPECT_EQ(run.session->settings().from[index_of(**find_setting("background"))], Origin::kDefault);
}

TEST(ConfigFollower, ABrokenFileChangesNothingAndIsToldOfOnce) {
  Unwatched run;
  run.say("background = \"scene:sea\"\n");
  run.lines.clear();
  for (int i = 0; i < 3; ++i) run.say("background = \"scene:sea\"\nfps = \n");
  EXPECT_THAT(run.lines, ElementsAre(testing::AllOf(HasSubstr("config.toml:2:"),
                                                    HasSubstr("the old settings stay"))));
  run.lines.clear();
  run.say("background = \"image:none.jpg\"\n");
  EXPECT_THAT(run.lines,
              ElementsAre(testing::AllOf(HasSubstr("config.toml:1:14: "), HasSubstr("none.jpg"))));
  EXPECT_EQ(print(run.session->status().look.background), "scene:sea");
  run.say("background = \"blur\"\n");
  EXPECT_EQ(print(run.session->status().look.background), "blur");
}

TEST(ConfigFollower, WhatCouldNotBeHadIsAskedForAgain) {
  Unwatched run;
  const std::string picture = run.quiet.path("late.y4m");
  const std::string toml = "background = \"video:" + picture + "\"\nperson = \"mirror\"\n";
  run.say(toml);
  EXPECT_THAT(run.lines, ElementsAre(HasSubstr("late.y4m")));
  EXPECT_TRUE(run.session->status().look.person.empty()) << "all or none";
  run.quiet.write("late.y4m", "YUV4MPEG2 W2 H2 F25:1 C420jpeg\nFRAME\nabcdef");
  run.say(toml);
  EXPECT_THAT(run.lines, ElementsAre(_, HasSubstr("took over background, person")));
  EXPECT_EQ(print(run.session->status().look.person), "mirror");
}

TEST(ConfigFollower, WhatIsSetLiveStaysUntilItsOwnLineChanges) {
  Unwatched run;
  run.say("background = \"scene:sea\"\n");
  ASSERT_TRUE(run.session->change({{Role::kBackground, *parse_chain("blur")}}));
  run.say("background = \"scene:sea\"\npicture = \"mirror\"\n");
  EXPECT_EQ(print(run.session->status().look.background), "blur");
  EXPECT_EQ(print(run.session->status().look.picture), "mirror");
  run.say("background = \"scene:shelf\"\npicture = \"mirror\"\n");
  EXPECT_EQ(print(run.session->status().look.background), "scene:shelf");
}

TEST(ConfigFollower, OptionsWinAndSomeWaitForTheNextStart) {
  GivenSettings given{RunningSession::usual(), {}};
  given.from[index_of(**find_setting("background"))] = Origin::kOption;
  Unwatched run(given);
  run.say("background = \"scene:sea\"\nfps = 25\n");
  EXPECT_EQ(print(run.session->status().look.background), "colour:00b140");
  EXPECT_THAT(run.lines, ElementsAre(HasSubstr("'background' stays as it is"),
                                     HasSubstr("'fps' takes effect at the next start")));
}

TEST(ConfigFollower, HearsOfTheFileByItself) {
  Following run;
  run.quiet.write("config.toml", "picture = \"mirror\"\n");
  while (print(run.session->status().look.picture) != "mirror") std::this_thread::yield();
}

}  // namespace
}  // namespace scrim
