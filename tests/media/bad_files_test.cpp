// Files that cannot or must not be read: each gives one clear line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "media/raw_files.h"
#include "media/video_reader.h"
#include "media/video_writer.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::HasSubstr;

void write_moving(const std::string& path, Size size, int count) {
  auto writer = create_video(path, {.size = size, .fps = 25});
  for (int k = 0; k < count; ++k)
    ASSERT_TRUE(done((*writer)->write(moving_picture(size, k).view(), {}, k / 25.0)));
  ASSERT_TRUE(done((*writer)->close()));
}

class BadFile : public testing::Test {
 protected:
  std::string error_of(const std::string& name) {
    const auto reader = VideoReader::open(folder_ / name, {});
    if (reader) return "could be read";
    EXPECT_EQ(reader.error().code, Errc::kSystem);
    EXPECT_THAT(reader.error().what, testing::StartsWith("read " + (folder_ / name) + ": "));
    EXPECT_EQ(reader.error().what.find('\n'), std::string::npos);
    return reader.error().what;
  }
  const TestFolder folder_;
};

TEST_F(BadFile, IsMissing) {
  EXPECT_THAT(error_of("none.mp4"), HasSubstr("No such file or directory"));
}

TEST_F(BadFile, IsAFolder) {
  std::filesystem::create_directory(folder_ / "a.mp4");
  EXPECT_THAT(error_of("a.mp4"), HasSubstr("Is a directory"));
}

TEST_F(BadFile, IsEmpty) {
  write_bytes(folder_ / "a.mp4", "");
  EXPECT_THAT(error_of("a.mp4"), HasSubstr("empty"));
}

TEST_F(BadFile, IsText) {
  std::string text;
  for (int line = 0; line < 200; ++line) text += "This is not a video, whatever its name says.\n";
  for (const char* name : {"a.mp4", "a.mkv", "a.png", "a.jpg", "a.y4m", "a"}) {
    write_bytes(folder_ / name, text);
    EXPECT_THAT(error_of(name), HasSubstr("cut short or damaged"));
  }
}

TEST_F(BadFile, HasItsIndexCutOff) {
  const RawFile late{.muxer = "mp4", .encoder = "mpeg4", .pictures = 30};  // the index comes last
  write_raw(folder_ / "a.mp4", late, [](AVFrame& frame, int k) {
    fill_planar(frame, moving_picture({64, 48}, k).view());
  });
  const std::string bytes = read_bytes(folder_ / "a.mp4");
  write_bytes(folder_ / "a.mp4", bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(error_of("a.mp4"), HasSubstr("cut short or damaged"));
}

TEST_F(BadFile, NamesOtherFiles) {
  write_moving(folder_ / "secret.mp4", {64, 48}, 5);
  const std::string secret = folder_ / "secret.mp4";
  write_bytes(folder_ / "list.m3u8",
              "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\n" + secret + "\n#EXT-X-ENDLIST\n");
  EXPECT_THAT(error_of("list.m3u8"), HasSubstr("'hls' are not accepted"));
  std::filesystem::copy_file(folder_ / "list.m3u8", folder_ / "list.mp4");
  EXPECT_NE(error_of("list.mp4"), "could be read");
  write_bytes(folder_ / "list.ffconcat", "ffconcat version 1.0\nfile '" + secret + "'\n");
  EXPECT_NE(error_of("list.ffconcat"), "could be read");
  write_bytes(folder_ / "a.sdp",
              "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
              "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n");
  EXPECT_NE(error_of("a.sdp"), "could be read");
}

/// The times of `count` pictures in an IVF file stand in it one by one, as 64 bits.
void write_with_ticks(const std::string& path, const std::vector<std::int64_t>& ticks) {
  const RawFile ivf{
      .muxer = "ivf", .encoder = "libvpx", .pictures = static_cast<int>(ticks.size())};
  write_raw(path, ivf, [](AVFrame& frame, int k) {
    fill_planar(frame, moving_picture({64, 48}, k).view());
  });
  std::string bytes = read_bytes(path);
  std::size_t at = 32;  // behind the file's header
  for (const std::int64_t tick : ticks) {
    std::uint32_t length = 0;
    std::memcpy(&length, &bytes.at(at), sizeof length);
    std::memcpy(&bytes.at(at + 4), &tick, sizeof tick);
    at += 12 + length;
  }
  write_bytes(path, bytes);
}

TEST_F(BadFile, CountsTimeToTheLimits) {
  if (!avcodec_find_encoder_by_name("libvpx")) GTEST_SKIP() << "FFmpeg has no libvpx here";
  constexpr std::int64_t kLeast =
      std::numeric_limits<std::int64_t>::min() + 1;  // the least is none
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::int64_t> cases[] = {{kLeast, kMost, 3, kMost - 1, 5},
                                             {kMost, kLeast, 0, 1, 2},
                                             {0, kMost / 2, kMost, 3, kLeast},
                                             {-5, kMost, kMost, kMost, kMost}};
  for (const auto& ticks : cases) {
    write_with_ticks(folder_ / "a.ivf", ticks);
    auto reader = VideoReader::open(folder_ / "a.ivf", {});
    ASSERT_TRUE(done(reader));
    double before = -1;
    int count = 0;
    for (auto seconds = reader->next(); seconds; seconds = reader->next(), ++count) {
      EXPECT_GT(*seconds, before);
      EXPECT_LT(*seconds, 10);
      before = *seconds;
    }
    EXPECT_EQ(count, 5);
    for (double seconds : {0.0, 0.08, 1e6}) EXPECT_TRUE(done(reader->seek(seconds)));
  }
}

TEST_F(BadFile, HoldsSoundOnly) {
  if (!output_of("ffmpeg -v error -f lavfi -i sine=d=1 -c:a aac " + (folder_ / "a.mp4")))
    GTEST_SKIP() << "the ffmpeg program is not here to make a file with sound";
  EXPECT_THAT(error_of("a.mp4"), HasSubstr("no pictures"));
}

}  // namespace
}  // namespace scrim
