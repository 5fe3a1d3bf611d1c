#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/picture.h"
#include "media/video_writer.h"
#include "sources/source.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::HasSubstr;
using Options = std::vector<std::pair<std::string, std::string>>;

constexpr Size kSize{64, 48};

class FileSource : public testing::Test {
 protected:
  /// Lossless, 25 pictures per second.
  std::string clip(int count) {
    const std::string path = folder_ / "clip.mkv";
    auto writer = create_video(path, {.size = kSize, .fps = 25});
    for (int k = 0; k < count; ++k)
      EXPECT_TRUE(done((*writer)->write(moving_picture(kSize, k).view(), {}, k / 25.0)));
    EXPECT_TRUE(done((*writer)->close()));
    return path;
  }
  static Expected<std::unique_ptr<Source>> open(const std::string& path, Pacing pacing,
                                                Options options = {}) {
    return open_source({"file", path, std::move(options)},
                       {.size = {}, .fps = 100, .pacing = pacing});
  }
  /// The number of the moving picture that comes next, its time in `seconds`; -1 at the end.
  static int next(Source& source, double& seconds) {
    Image picture(source.size());
    const auto moment = source.read(picture.view());
    if (!moment) {
      EXPECT_EQ(moment.error().code, Errc::kEndOfStream) << moment.error().what;
      return -1;
    }
    seconds = seconds_since_start(*moment);
    for (int k = 0; k < 50; ++k)
      if (same(picture.view(), moving_picture(kSize, k).view())) return k;
    ADD_FAILURE() << "none of the pictures";
    return -1;
  }
  const TestFolder folder_;
};

TEST_F(FileSource, SeeksToTheVeryPictureAndItsTime) {
  // H.264 with pictures that are shown in another order than they lie, at a rate that varies.
  const std::string path = folder_ / "uneven.mp4";
  auto writer = create_video(path, {.size = kSize, .fps = 25});
  for (int k = 0; k < 40; ++k)
    ASSERT_TRUE(done((*writer)->write(moving_picture(kSize, k).view(), {}, (k + k / 3) / 24.0)));
  ASSERT_TRUE(done((*writer)->close()));
  for (const char* from : {"0", "0.4"}) {
    auto source = *open(path, Pacing::kOffline, {{"from", from}});
    std::vector<std::pair<Clock::time_point, Image>> all;
    for (Image picture(kSize); const auto at = source->read(picture.view());) {
      all.emplace_back(*at, Image(kSize));
      copy(std::as_const(picture).view(), all.back().second.view());
    }
    Image picture(kSize);
    for (std::size_t k = all.size() - 1; k < all.size(); k -= 3)
      for (const auto early : {Clock::duration(0), Clock::duration(1)}) {
        EXPECT_TRUE(source->seek(all[k].first - early).value());
        EXPECT_EQ(source->read(picture.view()).value(), all[k].first);
        EXPECT_TRUE(same(picture.view(), all[k].second.view())) << k;
      }
    EXPECT_TRUE(source->seek(all.back().first + Clock::duration(1)).value());
    EXPECT_EQ(source->read(picture.view()).error().code, Errc::kEndOfStream);
  }
  EXPECT_FALSE((*open(path, Pacing::kLive))->seek(kStart).value());
  EXPECT_FALSE((*open(path, Pacing::kOffline, {{"loop", "on"}}))->seek(kStart).value());
}

TEST_F(FileSource, GivesEveryPictureOnceAtItsTimeOffline) {
  const auto source = open(clip(12), Pacing::kOffline);
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->size(), kSize);
  EXPECT_NEAR((*source)->fps(), 25, 0.01);
  double seconds = 0;
  for (int k = 0; k < 12; ++k) {
    EXPECT_EQ(next(**source, seconds), k);
    EXPECT_NEAR(seconds, k / 25.0, 1e-6);
  }
  EXPECT_EQ(next(**source, seconds), -1);
  EXPECT_EQ(next(**source, seconds), -1) << "and stays at the end";
}

TEST_F(FileSource, BelievesNoRateThatNothingPlaysAt) {
  const auto fps_of = [&](double declared) {
    const std::string path = folder_ / "rate.mkv";
    auto writer = create_video(path, {.size = kSize, .fps = declared});
    for (int k = 0; k < 3; ++k)
      EXPECT_TRUE(done((*writer)->write(moving_picture(kSize, k).view(), {}, k / declared)));
    EXPECT_TRUE(done((*writer)->close()));
    return open(path, Pacing::kOffline).value()->fps();
  };
  EXPECT_EQ(fps_of(1000), 240);
  EXPECT_NEAR(fps_of(50), 50, 0.01);
  EXPECT_EQ(fps_of(0.1), 1);
}

TEST_F(FileSource, GivesAPassage) {
  const auto source = open(clip(12), Pacing::kOffline, {{"from", "0.2"}, {"to", "0.32"}});
  ASSERT_TRUE(source);
  double seconds = 0;
  for (int k = 5; k < 8; ++k) {
    EXPECT_EQ(next(**source, seconds), k);
    EXPECT_NEAR(seconds, k / 25.0 - 0.2, 1e-6) << "times begin with the passage";
  }
  EXPECT_EQ(next(**source, seconds), -1);
}

TEST_F(FileSource, LoopsWithoutASeam) {
  const auto source = open(clip(5), Pacing::kOffline, {{"loop", "on"}, {"from", "0:0.08"}});
  ASSERT_TRUE(source);
  double seconds = 0;
  for (int k = 0; k < 10; ++k) {
    EXPECT_EQ(next(**source, seconds), 2 + k % 3);
    EXPECT_NEAR(seconds, k / 25.0, 1e-6);
  }
}

TEST_F(FileSource, PlaysRoundAndRoundLive) {
  const auto source = open(clip(3), Pacing::kLive);
  ASSERT_TRUE(source);
  double seconds = 0, before = 0;
  int rounds = 0;
  for (int k = 0, last = -1; k < 8; ++k) {
    const int now = next(**source, seconds);
    ASSERT_GE(now, 0);
    EXPECT_GT(seconds, before);
    rounds += now <= last;
    last = now;
    before = seconds;
  }
  EXPECT_GE(rounds, 1);  // a busy machine may leave out pictures
}

TEST_F(FileSource, EndsLiveIfToldNotToLoop) {
  const auto source = open(clip(2), Pacing::kLive, {{"loop", "off"}});
  ASSERT_TRUE(source);
  Image picture(kSize);
  int count = 0;
  while ((*source)->read(picture.view())) ++count;
  EXPECT_LE(count, 2);
}

TEST_F(FileSource, AStillPictureIsOneFrameOffline) {
  const std::string path = folder_ / "a.png";
  ASSERT_TRUE(done(save_png(path, moving_picture(kSize, 0).view())));
  const auto source = open(path, Pacing::kOffline);
  ASSERT_TRUE(source);
  Image picture(kSize);
  EXPECT_EQ((*source)->read(picture.view()), kStart);
  EXPECT_EQ((*source)->read(picture.view()).error().code, Errc::kEndOfStream);
}

TEST_F(FileSource, AStillPictureIsNotThereLater) {
  const std::string path = folder_ / "a.png";
  ASSERT_TRUE(done(save_png(path, moving_picture(kSize, 0).view())));
  const auto source = open(path, Pacing::kOffline, {{"from", "1"}});
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, Errc::kSystem);
}

TEST_F(FileSource, AStillPictureIsRepeatedLive) {
  const std::string path = folder_ / "a.png";
  ASSERT_TRUE(done(save_png(path, moving_picture(kSize, 0).view())));
  const auto source = open(path, Pacing::kLive);
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->fps(), 100);
  Image picture(kSize);
  for (int k = 0; k < 3; ++k) EXPECT_TRUE((*source)->read(picture.view()));
}

TEST_F(FileSource, CoversTheWantedSize) {
  const auto source = open_source({"file", clip(1), {}}, {.size = Size{32, 32}});
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->size(), (Size{32, 32}));
}

TEST_F(FileSource, TellsWhatIsWrong) {
  const std::string path = clip(3);
  const auto code = [&](const std::string& file, Options options) {
    const auto source = open(file, Pacing::kOffline, std::move(options));
    return source ? Errc::kTimeout : source.error().code;
  };
  EXPECT_EQ(code(path, {{"from", "soon"}}), Errc::kRequest);
  EXPECT_EQ(code(path, {{"to", "-1"}}), Errc::kRequest);
  EXPECT_EQ(code(path, {{"from", "100"}}), Errc::kSystem);
  EXPECT_EQ(code(path, {{"from", "0.08"}, {"to", "0.04"}}), Errc::kRequest);
  EXPECT_EQ(code(path, {{"loop", "maybe"}}), Errc::kRequest);
  EXPECT_EQ(code(folder_ / "none.mp4", {{"from", "4"}, {"to", "4"}}), Errc::kRequest);
  EXPECT_EQ(code("", {}), Errc::kRequest);
  EXPECT_EQ(code(folder_ / "none.mp4", {}), Errc::kSystem);
}

}  // namespace
}  // namespace scrim
