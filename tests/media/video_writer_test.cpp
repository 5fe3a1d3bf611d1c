#include "media/video_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "image/convert.h"
#include "media/raw_files.h"
#include "media/video_reader.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Times that no constant rate has; the last steps are short and long.
const std::vector<double> kUneven = {0, 1 / 30.0, 0.1, 0.15, 0.4, 1.0, 1.001, 1.2, 2.5, 2.6};

std::vector<double> even_times(int count, double fps) {
  std::vector<double> times;
  for (int k = 0; k < count; ++k) times.push_back(k / fps);
  return times;
}

Expected<void> write_all(const std::string& path, const WriteOptions& options,
                         const std::vector<double>& times) {
  auto writer = create_video(path, options);
  if (!writer) return std::unexpected(writer.error());
  for (std::size_t k = 0; k < times.size(); ++k) {
    const Image picture = moving_picture(options.size, static_cast<int>(k));
    const Matte matte = moving_matte(options.size, static_cast<int>(k));
    if (auto ok = (*writer)->write(picture.view(), matte.view(), times[k]); !ok) return ok;
  }
  return (*writer)->close();
}

struct Played {
  std::vector<double> times;
  double worst_psnr = 1000;
  Size size;
};

/// Reads a whole file; compares it with the moving pictures it was made of.
Played play(const std::string& path, Size compared) {
  Played played;
  auto reader = VideoReader::open(path, {});
  if (!reader) throw std::runtime_error(reader.error().what);
  played.size = reader->size();
  Image out(reader->size());
  while (auto seconds = reader->next()) {
    EXPECT_TRUE(reader->convert(out.view()));
    const Image truth = moving_picture(compared, static_cast<int>(played.times.size()));
    const Rect part = whole(compared);
    const Rect half = whole(chroma_size(compared));
    const ConstImageView seen{out.view().y.crop(part), out.view().u.crop(half),
                              out.view().v.crop(half)};
    played.worst_psnr = std::min(played.worst_psnr, psnr(seen, truth.view()));
    played.times.push_back(*seconds);
  }
  return played;
}

void expect_times(const std::vector<double>& got, const std::vector<double>& wanted,
                  double tolerance) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t k = 0; k < got.size(); ++k) EXPECT_NEAR(got[k], wanted[k], tolerance) << k;
}

struct Format {
  const char* name;
  double least_psnr;
  double tolerance;  // of times
};
class EveryFormat : public testing::TestWithParam<Format> {};

TEST_P(EveryFormat, KeepsEveryPictureItsTimeAndItsColours) {
  const TestFolder folder;
  const std::string path = folder / GetParam().name;
  const Size size{96, 64};
  ASSERT_TRUE(done(write_all(path, {.size = size}, kUneven)));
  const Played played = play(path, size);
  EXPECT_EQ(played.size, size);
  expect_times(played.times, kUneven, GetParam().tolerance);
  EXPECT_GE(played.worst_psnr, GetParam().least_psnr);
  EXPECT_EQ(folder.names().size(), 1u) << "nothing but the file";
}

TEST_P(EveryFormat, KeepsPicturesOfOddSizes) {
  const TestFolder folder;
  const std::string path = folder / GetParam().name;
  const Size size{67, 45};
  ASSERT_TRUE(done(write_all(path, {.size = size}, even_times(5, 30))));
  const Played played = play(path, size);
  const bool lossless = GetParam().least_psnr > 100;
  EXPECT_EQ(played.size, lossless ? size : (Size{68, 46}));
  EXPECT_EQ(played.times.size(), 5u);
  EXPECT_GE(played.worst_psnr, GetParam().least_psnr - 2);  // small, so edges weigh more
}

TEST_P(EveryFormat, AppearsWholeOrNotAtAll) {
  const TestFolder folder;
  const std::string path = folder / GetParam().name;
  write_bytes(path, "older");
  {
    auto writer = create_video(path, {.size = {96, 64}});
    ASSERT_TRUE(writer);
    for (int k = 0; k < 3; ++k) {
      const Image picture = moving_picture({96, 64}, k);
      ASSERT_TRUE(done((*writer)->write(picture.view(), {}, k / 30.0)));
    }
    EXPECT_EQ(read_bytes(path), "older");
    EXPECT_EQ(folder.names().size(), 2u);
  }
  EXPECT_EQ(read_bytes(path), "older");
  EXPECT_EQ(folder.names().size(), 1u) << "the temporary is gone";
}

TEST_P(EveryFormat, TellsThatTheDiskIsFull) {
  const TestFolder folder;
  const std::string path = folder / GetParam().name;
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{4096, before.rlim_max};  // as if the disk had room for that much only
  setrlimit(RLIMIT_FSIZE, &tight);
  const auto written = write_all(path, {.size = {320, 240}}, even_times(40, 30));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::kSystem);
  EXPECT_EQ(written.error().what, "write " + path + ": " + std::strerror(EFBIG));
  EXPECT_THAT(folder.names(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, EveryFormat,
                         testing::Values(Format{"a.mp4", 35, 1e-6}, Format{"a.webm", 33, 0.00051},
                                         Format{"a.mov", 38, 1e-6}, Format{"a.mkv", 200, 0.00051}),
                         [](const auto& row) { return std::string(row.param.name + 2); });

TEST(VideoWriter, KeepsTimesOfCommonRatesExactly) {
  const TestFolder folder;
  for (double fps : {24000 / 1001.0, 25.0, 30000 / 1001.0, 48.0, 50.0, 60000 / 1001.0, 1000.0}) {
    const std::string path = folder / "rate.mp4";
    const auto times = even_times(7, fps);
    ASSERT_TRUE(done(write_all(path, {.size = {64, 48}, .fps = fps}, times)));
    expect_times(play(path, {64, 48}).times, times, 1e-9);
  }
}

TEST(VideoWriter, LastPictureStaysAsLongAsTheOneBefore) {
  const TestFolder folder;
  ASSERT_TRUE(done(write_all(folder / "a.mp4", {.size = {64, 48}}, {0, 0.5, 1.0})));
  const RawPicture raw = read_raw(folder / "a.mp4");
  EXPECT_NEAR(static_cast<double>(raw.demuxer->duration) / AV_TIME_BASE, 1.5, 1e-6);
  EXPECT_EQ(raw.stream->nb_frames, 3);
}

TEST(VideoWriter, RawVideoIsExactAtTheNominalRate) {
  const TestFolder folder;
  for (Size size : {Size{96, 64}, Size{67, 45}}) {
    ASSERT_TRUE(
        done(write_all(folder / "a.y4m", {.size = size, .fps = 29.97}, even_times(6, 29.97))));
    const Played played = play(folder / "a.y4m", size);
    EXPECT_EQ(played.size, size);
    expect_times(played.times, even_times(6, 30000 / 1001.0), 1e-9);
    EXPECT_GT(played.worst_psnr, 200);
  }
}

TEST(VideoWriter, LosslessTakesTheSmallestPictures) {
  const TestFolder folder;
  for (Content content : {Content::kPicture, Content::kMatte, Content::kCutout})
    for (int side = 1; side <= 20; ++side)
      for (Size size : {Size{side, 5}, Size{side, side}, Size{64, side}, Size{side, 64}})
        ASSERT_TRUE(done(write_all(folder / "a.mkv", {.size = size, .content = content}, {0})))
            << size.width << 'x' << size.height;
}

TEST(VideoWriter, TagsColoursAsWhatTheyAre) {
  const TestFolder folder;
  for (const char* name : {"a.mp4", "a.webm", "a.mkv"}) {
    ASSERT_TRUE(done(write_all(folder / name, {.size = {64, 48}}, {0, 1})));
    const RawPicture raw = read_raw(folder / name);
    const AVCodecParameters& told = *raw.stream->codecpar;
    EXPECT_EQ(told.color_range, AVCOL_RANGE_MPEG) << name;
    EXPECT_EQ(told.color_space, AVCOL_SPC_SMPTE170M) << name;
    EXPECT_EQ(told.color_primaries, AVCOL_PRI_SMPTE170M) << name;
    EXPECT_EQ(told.color_trc, AVCOL_TRC_SMPTE170M) << name;
  }
}

TEST(VideoWriter, NumbersPictures) {
  const TestFolder folder;
  ASSERT_TRUE(done(write_all(folder / "new/folder/", {.size = {33, 21}}, even_times(3, 30))));
  for (const char* name : {"000000.png", "000001.png", "000002.png"})
    EXPECT_TRUE(std::filesystem::exists((folder / "new/folder/") + name)) << name;
  ASSERT_TRUE(done(write_all(folder / "p%03d.png", {.size = {33, 21}}, even_times(2, 30))));
  EXPECT_TRUE(std::filesystem::exists(folder / "p000.png"));
  EXPECT_TRUE(std::filesystem::exists(folder / "p001.png"));
  EXPECT_GT(play(folder / "p000.png", {33, 21}).worst_psnr, 48);
}

TEST(VideoWriter, TwoPercentSignsAreOne) {
  const TestFolder folder;
  ASSERT_TRUE(done(write_all(folder / "50%%.png", {.size = {33, 21}}, {0})));
  ASSERT_TRUE(done(write_all(folder / "%%d%02d%%.png", {.size = {33, 21}}, {0})));
  EXPECT_THAT(folder.names(), testing::UnorderedElementsAre("50%.png", "%d00%.png"));
}

TEST(VideoWriter, OnePngHoldsOnePicture) {
  const TestFolder folder;
  ASSERT_TRUE(done(write_all(folder / "a.png", {.size = {32, 32}}, {0})));
  const auto second = write_all(folder / "a.png", {.size = {64, 64}}, {0, 1});
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("a%06d.png"));
  EXPECT_EQ(VideoReader::open(folder / "a.png", {}).value().size(), (Size{32, 32})) << "as it was";
}

TEST(VideoWriter, MatteIsExactGrey) {
  const TestFolder folder;
  const Size size{67, 45};
  const WriteOptions options{.size = size, .content = Content::kMatte};
  for (const char* name : {"m/000001.png", "m.mkv"}) {
    const std::string target = folder / (name[1] == '/' ? "m/" : name);
    ASSERT_TRUE(done(write_all(target, options, {0, 1})));
    const int index = name[1] == '/' ? 1 : 0;
    const RawPicture raw = read_raw(folder / name);
    EXPECT_EQ(raw.frame->format, AV_PIX_FMT_GRAY8);
    EXPECT_TRUE(same(raw.plane(0, size.width, size.height), moving_matte(size, index).view()));
  }
}

TEST(VideoWriter, MatteInLossyVideoIsLumaOfLimitedRange) {
  const TestFolder folder;
  const Size size{64, 48};
  const WriteOptions options{.size = size, .content = Content::kMatte};
  ASSERT_TRUE(done(write_all(folder / "m.mp4", options, {0})));
  const RawPicture raw = read_raw(folder / "m.mp4");
  EXPECT_NEAR(raw.plane(0, 64, 48).row(0)[0], 16, 2);
  EXPECT_NEAR(raw.plane(0, 64, 48).row(24)[63], 235, 2);
  EXPECT_NEAR(raw.plane(1, 32, 24).row(12)[16], 128, 2);
}

TEST(VideoWriter, CutoutIsZeroWhereNobodyIs) {
  const TestFolder folder;
  const Size size{66, 44};
  const WriteOptions options{.size = size, .content = Content::kCutout};
  for (const char* name : {"c.png", "c.mkv"}) {
    ASSERT_TRUE(done(write_all(folder / name, options, {0})));
    const RawPicture raw = read_raw(folder / name);
    const Matte matte = moving_matte(size, 0);
    int wrong = 0;
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        const std::uint8_t* pixel = raw.plane(0, 4 * size.width, size.height).row(y) + 4 * x;
        const int alpha = matte.view().row(y)[x];
        wrong += pixel[3] != alpha;
        wrong += alpha == 0 && (pixel[0] | pixel[1] | pixel[2]) != 0;
      }
    EXPECT_EQ(wrong, 0) << name;
  }
  ASSERT_TRUE(done(write_all(folder / "c.webm", options, {0, 0.5, 1})));
  const RawPicture webm = read_raw(folder / "c.webm");
  EXPECT_STREQ(av_dict_get(webm.stream->metadata, "alpha_mode", nullptr, 0)->value, "1");
}

TEST(VideoWriter, ProResHasTransparencyOfTenBits) {
  const TestFolder folder;
  const Size size{66, 44};
  ASSERT_TRUE(
      done(write_all(folder / "c.mov", {.size = size, .content = Content::kCutout}, {0, 0.5})));
  const RawPicture raw = read_raw(folder / "c.mov");
  const Matte matte = moving_matte(size, 0);
  const AVFrame& frame = *raw.frame;
  ASSERT_GE(av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format))->nb_components, 4);
  const int most =
      (1 << av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format))->comp[3].depth) - 1;
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const auto* row =
          reinterpret_cast<const std::uint16_t*>(frame.data[3] + y * frame.linesize[3]);
      ASSERT_NEAR(row[x] * 255.0 / most, matte.view().row(y)[x], 1) << x << ' ' << y;
    }
}

TEST(VideoWriter, GifKeepsPicturesTimesAndColoursRoughly) {
  const TestFolder folder;
  const Size size{67, 45};
  const std::vector<double> times = {0, 0.03, 0.1, 0.5};
  ASSERT_TRUE(done(write_all(folder / "a.gif", {.size = size}, times)));
  const Played played = play(folder / "a.gif", size);
  EXPECT_EQ(played.size, size);
  expect_times(played.times, times, 0.0051);
  EXPECT_GE(played.worst_psnr, 20);
}

TEST(VideoWriter, ChecksNamesBeforeAnythingIsOpened) {
  for (const char* good :
       {"a.mp4", "b/A.MP4", "a.mov", "a.webm", "a.mkv", "a.y4m", "a.gif", "a.png", "d/", "a%d.png"})
    EXPECT_TRUE(check_output_name(good)) << good;
  for (const char* bad : {"a.avi", "a", "mp4", ".mp4", "a%s.png", "a%d%d.png", "a%-3d.png", ""}) {
    const auto checked = check_output_name(bad);
    ASSERT_FALSE(checked) << bad;
    EXPECT_EQ(checked.error().code, Errc::kRequest);
  }
  EXPECT_THAT(check_output_name("a.avi").error().what,
              HasSubstr(".mp4, .mov, .webm, .mkv, .nut, .y4m, .gif, .png"));
  EXPECT_THAT(check_output_name("a.mp4", Content::kCutout).error().what, HasSubstr(".webm"));
}

TEST(VideoWriter, TellsWhyAFileCannotBeCreated) {
  const TestFolder folder;
  write_bytes(folder / "file", "x");
  std::filesystem::create_directory(folder / "dir.mp4");
  const auto what = [&](const std::string& name) {
    return create_video(folder / name, {.size = {64, 48}}).error().what;
  };
  EXPECT_EQ(what("none/a.mp4"), "write " + (folder / "none/a.mp4") + ": No such file or directory");
  EXPECT_EQ(what("file/a.mp4"), "write " + (folder / "file/a.mp4") + ": Not a directory");
  EXPECT_EQ(what("file/"), "write " + (folder / "file/") + ": File exists");
  EXPECT_THAT(what("dir.mp4"), HasSubstr("no regular file"));
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  std::filesystem::create_directory(folder / "locked");
  std::filesystem::permissions(folder / "locked", std::filesystem::perms::owner_read);
  EXPECT_EQ(what("locked/a.mp4"), "write " + (folder / "locked/a.mp4") + ": Permission denied");
}

class SoundCopy : public testing::Test {
 protected:
  void SetUp() override {
    const auto made = output_of(
        "ffmpeg -v error -f lavfi -i testsrc=d=2:s=64x48:r=25 -f lavfi -i "
        "sine=d=2:r=48000 -c:v mpeg4 -c:a aac -shortest " +
        (folder_ / "in.mp4"));
    if (!made) GTEST_SKIP() << "the ffmpeg program is not here to make a file with sound";
  }
  static double sound_seconds(const std::string& path) {
    AVFormatContext* opened = nullptr;
    need(avformat_open_input(&opened, path.c_str(), nullptr, nullptr));
    const DemuxerPtr demuxer(opened);
    need(avformat_find_stream_info(demuxer.get(), nullptr));
    const int index = av_find_best_stream(demuxer.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    if (index < 0) return -1;
    const PacketPtr packet(av_packet_alloc());
    double end = 0;
    for (; av_read_frame(demuxer.get(), packet.get()) >= 0; av_packet_unref(packet.get()))
      if (packet->stream_index == index)
        end = static_cast<double>(packet->pts) * av_q2d(demuxer->streams[index]->time_base);
    return end;
  }
  const TestFolder folder_;
};

TEST_F(SoundCopy, LastsAsLongAsThePictures) {
  WriteOptions options{.size = {64, 48}, .fps = 25, .sound = folder_ / "in.mp4"};
  for (const char* name : {"a.mp4", "a.mkv"}) {
    options.sound_from = 0.5;
    ASSERT_TRUE(done(write_all(folder_ / name, options, even_times(25, 25))));
    EXPECT_NEAR(sound_seconds(folder_ / name), 1.0, 0.03);
    EXPECT_EQ(play(folder_ / name, {64, 48}).times.size(), 25u);
  }
}

TEST_F(SoundCopy, NoSoundIsNoError) {
  ASSERT_TRUE(done(write_all(folder_ / "silent.mp4", {.size = {64, 48}}, even_times(3, 25))));
  const WriteOptions options{.size = {64, 48}, .sound = folder_ / "silent.mp4"};
  ASSERT_TRUE(done(write_all(folder_ / "a.mp4", options, even_times(3, 25))));
  EXPECT_EQ(sound_seconds(folder_ / "a.mp4"), -1);
}

TEST_F(SoundCopy, TellsWhatDoesNotFit) {
  const WriteOptions options{.size = {64, 48}, .sound = folder_ / "in.mp4"};
  const auto written = write_all(folder_ / "a.webm", options, {0});
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().what, HasSubstr("'aac'"));
}

}  // namespace
}  // namespace scrim
