// Files that are replaced while they are shown.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

#include "backgrounds/clips.h"
#include "backgrounds/scenery.h"

namespace scrim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Size kSize{64, 36};

/// A live background of a file in a folder of its own.
struct Live {
  explicit Live(const std::string& kind, const std::string& name) : file(folder / name) {
    kind == "video" ? write_clip(file, steady_times(2, 25), kSize) : write_level(file, 60);
    scenery.emplace(Spec{kind, file, {}}, kSize,
                    Playback{Pacing::kLive, [this](const std::string& line) {
                               std::lock_guard lock(mutex);
                               told.push_back(line);
                             }});
    scenery->draw(Clock::now());
  }

  int level() { return scenery->at(5, 5).y; }

  /// Draws at a camera's pace until that level is seen; false if that doesn't come.
  bool shows(int wanted) {
    return holds([&] {
      scenery->draw(Clock::now());
      return level() == wanted;
    });
  }
  bool has_told() {
    return holds([&] {
      std::lock_guard lock(mutex);
      return !told.empty();
    });
  }
  template <class Condition>
  static bool holds(Condition condition) {
    const auto deadline = Clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      if (Clock::now() > deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
  }

  TestFolder folder;
  std::string file;
  std::mutex mutex;
  std::vector<std::string> told;  // guarded by mutex
  std::optional<Scenery> scenery;
};

TEST(Reload, APictureWrittenOverIsShown) {
  Live live("image", "a.png");
  EXPECT_EQ(live.level(), 60);
  write_level(live.folder / "b.png", 120);
  write_bytes(live.file, read_bytes(live.folder / "b.png"));
  EXPECT_TRUE(live.shows(120));
}

TEST(Reload, APictureRenamedOverItIsShownAgainAndAgain) {
  Live live("image", "a.png");
  for (const int level : {120, 60, 180}) {
    write_level(live.folder / "b.png", level);
    std::filesystem::rename(live.folder / "b.png", live.file);
    EXPECT_TRUE(live.shows(level));
  }
  EXPECT_FALSE(live.scenery->draw(Clock::now())) << "it still stands there";
}

TEST(Reload, WhatIsBrokenLeavesTheOldPictureAndIsToldOnce) {
  Live live("image", "a.png");
  const std::string whole = read_bytes(live.file);
  write_bytes(live.file, whole.substr(0, whole.size() / 2));
  ASSERT_TRUE(live.has_told());
  EXPECT_FALSE(live.scenery->draw(Clock::now()));
  write_bytes(live.file, "text");
  write_level(live.folder / "b.png", 200);
  std::filesystem::rename(live.folder / "b.png", live.file);
  EXPECT_TRUE(live.shows(200));
  EXPECT_THAT(live.told, ElementsAre(HasSubstr("the background before it stays")));
}

TEST(Reload, AJpegCutShortIsNotShown) {
  Live live("image", "a.jpg");
  const std::string make = "ffmpeg -v error -y -f lavfi -i testsrc2=size=640x360 -frames:v 1 ";
  if (!output_of(make + (live.folder / "b.jpg"))) GTEST_SKIP() << "needs ffmpeg";
  const std::string whole = read_bytes(live.folder / "b.jpg");
  write_bytes(live.file, whole.substr(0, whole.size() * 2 / 3));
  EXPECT_TRUE(live.has_told());
  EXPECT_FALSE(live.scenery->draw(Clock::now()));
  EXPECT_EQ(live.level(), 60);
}

TEST(Reload, AVideoRenamedOverItBeginsAtOnce) {
  Live live("video", "a.mkv");
  write_clip(live.folder / "b.mkv", steady_times(1, 25), {48, 48}, 40);
  std::filesystem::rename(live.folder / "b.mkv", live.file);
  EXPECT_TRUE(live.shows(level_of(40)));
}

TEST(Reload, ABrokenVideoLeavesTheOldOnePlaying) {
  Live live("video", "a.mkv");
  write_bytes(live.folder / "b.mkv", "text");
  std::filesystem::rename(live.folder / "b.mkv", live.file);
  ASSERT_TRUE(live.has_told());
  EXPECT_TRUE(live.shows(level_of(0)));
  EXPECT_TRUE(live.shows(level_of(1)));
}

TEST(Reload, AVideoWrittenOverStandsStillUntilItIsWhole) {
  Live live("video", "a.mkv");
  write_clip(live.folder / "b.mkv", steady_times(2, 25), kSize, 30);
  const std::string whole = read_bytes(live.folder / "b.mkv");
  {
    std::ofstream writing(live.file, std::ios::binary);
    writing << whole.substr(0, 100) << std::flush;
    for (int i = 0; i < 30; ++i) {
      live.scenery->draw(Clock::now());
      EXPECT_LE(live.level(), level_of(1));
    }
    writing << whole.substr(100);
  }
  EXPECT_TRUE(live.shows(level_of(30)));
  EXPECT_TRUE(live.shows(level_of(31)));
}

TEST(Reload, OfflineFilesAreReadOnce) {
  TestFolder folder;
  write_level(folder / "a.png", 60);
  Scenery scenery({"image", folder / "a.png", {}}, kSize);
  scenery.draw();
  write_level(folder / "a.png", 120);
  EXPECT_FALSE(scenery.draw(at_seconds(1)));
}

}  // namespace
}  // namespace scrim
