#include "session/recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fakes.h"

namespace scrim {
namespace {

using testing::ElementsAre;
constexpr Size kSize{32, 16};

struct Recorded {
  std::unique_ptr<Sink> make(int fail_at) {
    auto sink = std::make_unique<TellingSink>(kSize, story);
    sink->fail_at = fail_at;
    return beside_call(std::move(sink), others,
                       [this](const std::string& line) { lines.push_back(line); });
  }
  Expected<void> write(Sink& sink) const {
    return sink.write({picture.view(), picture.view(), matte.view(), kStart});
  }

  std::atomic<bool> others = true;
  TellingSink::Story story;
  std::vector<std::string> lines;
  const Image picture{kSize};
  const Matte matte{kSize};
};

TEST(Recording, ThatFailsIsToldOfOnceAndTheOthersGoOn) {
  Recorded recorded;
  const auto sink = recorded.make(1);
  EXPECT_TRUE(sink->watched());
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(recorded.write(*sink));
  EXPECT_EQ(recorded.story.shots.size(), 1u);
  EXPECT_THAT(recorded.lines, ElementsAre("the sink broke; the other outputs go on without it"));
  EXPECT_FALSE(sink->watched()) << "nothing is awake for it";
  EXPECT_EQ(sink->close().error().what, "the sink broke");
  EXPECT_FALSE(recorded.story.closed);
}

TEST(Recording, ThatFailedEndsWhatTheOthersHaveLeft) {
  Recorded recorded;
  const auto sink = recorded.make(0);
  EXPECT_TRUE(recorded.write(*sink));
  recorded.others = false;
  EXPECT_EQ(recorded.write(*sink).error().what, "the sink broke");
  EXPECT_EQ(recorded.lines.size(), 1u);
}

TEST(Recording, ThatIsAloneEndsWhatItFailsIn) {
  Recorded recorded;
  recorded.others = false;
  const auto sink = recorded.make(0);
  EXPECT_EQ(recorded.write(*sink).error().what, "the sink broke");
  EXPECT_TRUE(recorded.lines.empty());
}

TEST(Recording, ThatIsSoundIsClosed) {
  Recorded recorded;
  const auto sink = recorded.make(-1);
  EXPECT_TRUE(recorded.write(*sink));
  EXPECT_TRUE(sink->close());
  EXPECT_TRUE(recorded.story.closed);
}

}  // namespace
}  // namespace scrim
