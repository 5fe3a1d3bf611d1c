#include <gmock/gmock.h>

#include <cmath>

#include "backgrounds/clips.h"
#include "backgrounds/scenery.h"
#include "media/video_reader.h"

namespace scrim {
namespace {

using testing::HasSubstr;

constexpr Size kSize{64, 36};

/// How long one round of a file is, by its own word.
double length_of(const std::string& path) {
  auto reader = VideoReader::open(path, {});
  double length = 0;
  while (const auto time = reader->next()) length = *time + reader->period();
  return length;
}

/// How far the picture `index` lies from the moment `t`, with the rounds before and after it.
double distance(double t, double length, double time) {
  const double gap = std::fmod(std::abs(t - time), length);
  return std::min(gap, length - gap);
}

/// Plays `seconds` behind a camera of `fps`; every picture must be the nearest to its moment.
void expect_nearest(const std::string& path, const std::vector<double>& times, double fps,
                    double seconds) {
  Scenery scenery({"video", path, {}}, kSize);
  const double length = length_of(path);
  for (int i = 0; i < seconds * fps; ++i) {
    const double t = i / fps;
    scenery.draw(at_seconds(t));
    const auto shown = static_cast<std::size_t>(index_of(std::as_const(scenery.out).view()));
    ASSERT_LT(shown, times.size());
    for (const double other : times)
      ASSERT_LE(distance(t, length, times[shown]), distance(t, length, other) + 1e-6)
          << "at " << t << " s picture " << shown;
  }
}

TEST(Video, At25PicturesBehindACameraOf30IsWithinHalfAPictureForAMinute) {
  TestFolder folder;
  const auto times = steady_times(50, 25);
  write_clip(folder / "a.mkv", times, kSize);
  EXPECT_NEAR(length_of(folder / "a.mkv"), 2, 1e-3);
  expect_nearest(folder / "a.mkv", times, 30, 60);
}

TEST(Video, OfAVariableRateIsWithinHalfAPictureForAMinute) {
  TestFolder folder;
  std::vector<double> times{0};
  for (int i = 0; i < 45; ++i) times.push_back(times.back() + 0.005 * (3 + i * 7 % 8));
  write_clip(folder / "a.mkv", times, kSize);
  expect_nearest(folder / "a.mkv", times, 30, 60);
}

TEST(Video, OfSlowPicturesHurriesNone) {
  TestFolder folder;
  write_clip(folder / "a.mkv", {0, 2, 2.5, 6}, kSize);
  Scenery scenery({"video", folder / "a.mkv", {}}, kSize);
  const struct {
    double moment;
    int index;
  } cases[] = {{0, 0}, {1.9, 0}, {2, 1}, {2.4, 1}, {2.5, 2}, {5.9, 2}, {6, 3}};
  for (const auto& c : cases) {
    scenery.draw(at_seconds(c.moment));
    EXPECT_EQ(index_of(std::as_const(scenery.out).view()), c.index) << c.moment;
  }
}

TEST(Video, IsTheSameFromAnyBeginning) {
  TestFolder folder;
  write_clip(folder / "a.mkv", steady_times(30, 25), kSize);
  Scenery whole({"video", folder / "a.mkv", {}}, kSize);
  Scenery part({"video", folder / "a.mkv", {}}, kSize);
  for (int i = 0; i < 600; ++i) {
    whole.draw(at_seconds(i / 30.0));
    if (i < 400) continue;
    part.draw(at_seconds(i / 30.0));
    ASSERT_EQ(*whole.out.view().y.data, *part.out.view().y.data) << i;
  }
}

TEST(Video, SaysWhenItsPictureIsStillTheSame) {
  TestFolder folder;
  write_clip(folder / "a.mkv", steady_times(4, 5), kSize);
  Scenery scenery({"video", folder / "a.mkv", {}}, kSize);
  int changes = 0;
  for (int i = 0; i < 30; ++i) changes += scenery.draw(at_seconds(i / 30.0));
  EXPECT_EQ(changes, 6) << "five pictures a second, and the first of the second after";
}

TEST(Video, LiveBeginsWithItsFirstPictureAndGoesOnAfterAPause) {
  TestFolder folder;
  write_clip(folder / "a.mkv", steady_times(50, 25), kSize);
  Scenery scenery({"video", folder / "a.mkv", {}}, kSize, {Pacing::kLive});
  EXPECT_TRUE(scenery.draw(kStart)) << "for the pause picture";
  EXPECT_EQ(index_of(std::as_const(scenery.out).view()), 0);
  scenery.draw(at_seconds(1e5));
  EXPECT_EQ(index_of(std::as_const(scenery.out).view()), 0);
}

TEST(Video, IsLaidAsAsked) {
  TestFolder folder;
  write_clip(folder / "a.mkv", steady_times(3, 25), kSize);
  Scenery scenery({"video", folder / "a.mkv", {{"fit", "contain"}}}, {64, 64});
  scenery.draw();
  EXPECT_EQ(scenery.at(32, 2).y, 16);
  EXPECT_EQ(scenery.at(32, 32).y, level_of(0));
}

TEST(Video, OfOneStillPictureIsThatPicture) {
  TestFolder folder;
  write_level(folder / "a.png", 90);
  Scenery scenery({"video", folder / "a.png", {}}, kSize);
  EXPECT_TRUE(scenery.draw());
  EXPECT_FALSE(scenery.draw(at_seconds(1)));
  EXPECT_EQ(scenery.at(3, 3).y, 90);
}

TEST(Video, ThatCannotBeReadIsAWrongRequest) {
  TestFolder folder;
  EXPECT_THAT(refusal({"video", "/nonexistent.mp4", {}}), HasSubstr("No such file"));
  write_bytes(folder / "a.mp4", "text");
  EXPECT_THAT(refusal({"video", folder / "a.mp4", {}}), HasSubstr("a.mp4: no picture or video"));
}

/// GIF, animated WebP and APNG, as another program writes them.
TEST(Video, AnimationsPlayAtTheirOwnPace) {
  TestFolder folder;
  const std::string make = "ffmpeg -v error -y -f lavfi -i testsrc2=size=64x36:rate=10:duration=1 ";
  for (const std::string name : {"a.gif", "a.webp", "a.apng"}) {
    if (!output_of(make + (folder / name))) GTEST_SKIP() << "needs ffmpeg to write " << name;
    EXPECT_NEAR(length_of(folder / name), 1, 0.02) << name;
    Scenery scenery({"video", folder / name, {}}, kSize);
    int changes = 0;
    for (int i = 0; i < 90; ++i) changes += scenery.draw(at_seconds(i / 30.0));
    EXPECT_GE(changes, 24) << name << ", whose writer may join pictures that are nearly the same";
    EXPECT_LE(changes, 31) << name;
  }
}

}  // namespace
}  // namespace scrim
