#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "image/convert.h"
#include "media/picture.h"
#include "media/video_reader.h"
#include "sinks/sink.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::IsEmpty;

constexpr Size kSize{64, 48};

Expected<std::unique_ptr<Sink>> open(
    const std::string& path, Pacing pacing,
    std::vector<std::pair<std::string, std::string>> options = {}) {
  return open_sink({"file", path, std::move(options)}, {.size = kSize, .pacing = pacing});
}

/// Writes picture k and its matte; the views are gone afterwards.
Expected<void> write(Sink& sink, int k, double seconds) {
  Image picture = moving_picture(sink.size(), k);
  const Matte matte = moving_matte(sink.size(), k);
  const auto written =
      sink.write({picture.view(), picture.view(), matte.view(), at_seconds(seconds)});
  fill(picture.view(), Yuv{});
  return written;
}

std::vector<double> check_pictures(const std::string& path) {
  auto reader = VideoReader::open(path, {});
  std::vector<double> times;
  Image picture(reader->size());
  while (auto seconds = reader->next()) {
    EXPECT_TRUE(done(reader->convert(picture.view())));
    EXPECT_TRUE(same(picture.view(),
                     moving_picture(reader->size(), static_cast<int>(times.size())).view()));
    times.push_back(*seconds);
  }
  return times;
}

TEST(FileSink, WritesEveryPictureOffline) {
  const TestFolder folder;
  auto sink = open(folder / "a.mkv", Pacing::kOffline);
  ASSERT_TRUE(sink);
  for (int k = 0; k < 60; ++k) ASSERT_TRUE(done(write(**sink, k, 10 + k / 25.0)));
  EXPECT_FALSE(std::filesystem::exists(folder / "a.mkv"));
  ASSERT_TRUE(done((*sink)->close()));
  const auto times = check_pictures(folder / "a.mkv");
  ASSERT_EQ(times.size(), 60u);
  for (std::size_t k = 0; k < 60; ++k)
    EXPECT_NEAR(times[k], static_cast<double>(k) / 25, 1e-6) << "the first picture is second 0";
}

TEST(FileSink, LeavesOutRepeatedPicturesLive) {
  const TestFolder folder;
  auto sink = open(folder / "a.mkv", Pacing::kLive);
  ASSERT_TRUE(sink);
  ASSERT_TRUE(done(write(**sink, 0, 5)));
  ASSERT_TRUE(done(write(**sink, 0, 5)));
  ASSERT_TRUE(done(write(**sink, 1, 5.5)));
  ASSERT_TRUE(done((*sink)->close()));
  EXPECT_EQ(check_pictures(folder / "a.mkv"), (std::vector{0.0, 0.5}));
}

TEST(FileSink, CountsWhatItLeavesOutLive) {
  const TestFolder folder;
  auto sink = open(folder / "a.mkv", Pacing::kLive);
  ASSERT_TRUE(sink);
  testing::internal::CaptureStdout();
  for (int k = 0; k < 200; ++k) ASSERT_TRUE(done(write(**sink, k, k / 30.0)));
  ASSERT_TRUE(done((*sink)->close()));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "") << "pictures may be going there";
  auto reader = VideoReader::open(folder / "a.mkv", {});
  std::uint64_t written = 0;
  while (reader->next()) ++written;
  EXPECT_EQ(written + (*sink)->left_out(), 200u);
}

TEST(FileSink, WritesTheMatte) {
  const TestFolder folder;
  auto sink = open(folder / "m/", Pacing::kOffline, {{"matte", "1"}});
  ASSERT_TRUE(sink);
  for (int k = 0; k < 3; ++k) ASSERT_TRUE(done(write(**sink, k, k / 25.0)));
  ASSERT_TRUE(done((*sink)->close()));
  ASSERT_TRUE(done(save_png(folder / "wanted.png", moving_matte(kSize, 2).view())));
  EXPECT_EQ(read_bytes(folder / "m/000002.png"), read_bytes(folder / "wanted.png"));
}

TEST(FileSink, CutsThePersonOutUnblended) {
  const TestFolder folder;
  auto sink = open(folder / "a.png", Pacing::kOffline, {{"alpha", "1"}});
  ASSERT_TRUE(sink);
  EXPECT_TRUE((*sink)->cuts_out());
  Image blended(kSize);  // not asked for
  fill(blended.view(), Yuv{});
  const Image person = moving_picture(kSize, 0);
  Matte matte(kSize);
  fill(matte.view(), 255);
  ASSERT_TRUE(
      done((*sink)->write({blended.view(), blended.view(), matte.view(), kStart, person.view()})));
  ASSERT_TRUE(done((*sink)->close()));
  const auto seen = load_picture(folder / "a.png");
  ASSERT_TRUE(done(seen));
  EXPECT_GT(psnr(seen->view(), person.view()), 45);
}

TEST(FileSink, GoesWithoutATraceUnlessClosed) {
  const TestFolder folder;
  {
    auto sink = open(folder / "a.mp4", Pacing::kOffline);
    ASSERT_TRUE(sink);
    for (int k = 0; k < 10; ++k) ASSERT_TRUE(done(write(**sink, k, k / 25.0)));
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(FileSink, TellsOfAFullDisk) {
  const TestFolder folder;
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{8192, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  Expected<void> result;
  {
    auto sink = open(folder / "a.mkv", Pacing::kOffline);
    ASSERT_TRUE(sink);
    for (int k = 0; k < 500 && result; ++k) result = write(**sink, k, k / 25.0);
    EXPECT_FALSE(result) << "told by write(), not only at the end";
    const auto closed = (*sink)->close();
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().what, "write " + (folder / "a.mkv") + ": " + std::strerror(EFBIG));
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(FileSink, TellsAtOnceThatItCannotBeCreated) {
  const auto sink = open("/nowhere/at/all/a.mp4", Pacing::kOffline);
  ASSERT_FALSE(sink);
  EXPECT_EQ(sink.error().code, Errc::kSystem);
}

}  // namespace
}  // namespace scrim
