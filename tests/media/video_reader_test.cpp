#include "media/video_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "image/convert.h"
#include "image/scale.h"
#include "media/raw_files.h"
#include "media/video_writer.h"
#include "support/media.h"

namespace scrim {
namespace {

VideoReader open(const std::string& path, const ReadOptions& options = {}) {
  auto reader = VideoReader::open(path, options);
  if (!reader) throw std::runtime_error(reader.error().what);
  return *std::move(reader);
}

Image next_picture(VideoReader& reader) {
  if (auto seconds = reader.next(); !seconds) throw std::runtime_error(seconds.error().what);
  Image picture(reader.size());
  if (auto ok = reader.convert(picture.view()); !ok) throw std::runtime_error(ok.error().what);
  return picture;
}

std::vector<double> all_times(VideoReader& reader) {
  std::vector<double> times;
  while (auto seconds = reader.next()) times.push_back(*seconds);
  return times;
}

/// Pictures of shape `size`, 25 per second.
void write_moving(const std::string& path, Size size, int count) {
  auto writer = create_video(path, {.size = size, .fps = 25});
  for (int k = 0; k < count; ++k)
    ASSERT_TRUE(done((*writer)->write(moving_picture(size, k).view(), {}, k / 25.0)));
  ASSERT_TRUE(done((*writer)->close()));
}

TEST(VideoReader, GivesEveryPictureOfAClipAtItsTime) {
  const auto clip = shared_file("eval/dev/demo/asl_book.mp4");
  if (!clip) GTEST_SKIP() << "the evaluation material is not here";
  VideoReader reader = open(*clip);
  EXPECT_EQ(reader.info().size, (Size{640, 480}));
  const std::vector<double> times = all_times(reader);
  ASSERT_EQ(times.size(), 109u);
  const auto told = output_of(
      "ffprobe -v error -select_streams v -show_entries frame=best_effort_timestamp_time "
      "-of csv=p=0 " +
      *clip);
  if (!told) GTEST_SKIP() << "the ffprobe program is not here";
  std::istringstream lines(*told);
  std::string line;
  for (double time : times) {
    while (std::getline(lines, line) && line.empty()) continue;  // where it has side data
    EXPECT_NEAR(time, std::stod("0" + line), 1e-6);
  }
}

struct Layout {
  AVPixelFormat format;
  const char* encoder = "ffv1";
  double least_psnr = 48;
};
class EveryLayout : public testing::TestWithParam<Layout> {};

/// One colour in the upper left half and another in the lower right one; coarse enough for all.
Image two_colours(Size size) {
  Image image(size);
  fill(image.view(), {90, 100, 160});
  const Rect part{size.width / 2, size.height / 2, size.width / 2, size.height / 2};
  fill(crop(image.view(), part), {170, 150, 110});
  return image;
}

// The library's own scaler spreads the test picture to each layout, the reader brings it back.
TEST_P(EveryLayout, KeepsTheColours) {
  const TestFolder folder;
  const Size size{64, 48};
  const Image truth = two_colours(size);
  const RawFile file{.encoder = GetParam().encoder,
                     .size = size,
                     .format = GetParam().format,
                     .range = AVCOL_RANGE_MPEG,
                     .space = AVCOL_SPC_SMPTE170M};
  const ScalerPtr scaler(sws_getContext(size.width, size.height, AV_PIX_FMT_YUV420P, size.width,
                                        size.height, file.format, SWS_POINT | SWS_ACCURATE_RND,
                                        nullptr, nullptr, nullptr));
  write_raw(folder / "a.mkv", file, [&](AVFrame& frame, int) {
    const ConstImageView p = truth.view();
    const std::uint8_t* planes[] = {p.y.data, p.u.data, p.v.data};
    const int strides[] = {static_cast<int>(p.y.stride), static_cast<int>(p.u.stride),
                           static_cast<int>(p.v.stride)};
    sws_scale(scaler.get(), planes, strides, 0, size.height, frame.data, frame.linesize);
  });
  VideoReader reader = open(folder / "a.mkv");
  EXPECT_GE(psnr(next_picture(reader).view(), truth.view()), GetParam().least_psnr);
}

// Where chroma is coarser or goes through RGB, the edge between the colours is softer.
INSTANTIATE_TEST_SUITE_P(
    All, EveryLayout,
    testing::Values(Layout{AV_PIX_FMT_YUV420P}, Layout{AV_PIX_FMT_YUV422P},
                    Layout{AV_PIX_FMT_YUV444P}, Layout{AV_PIX_FMT_YUV440P},
                    Layout{AV_PIX_FMT_YUV411P, "ffv1", 41}, Layout{AV_PIX_FMT_YUV420P10},
                    Layout{AV_PIX_FMT_YUV422P10}, Layout{AV_PIX_FMT_YUV444P16},
                    Layout{AV_PIX_FMT_YUVA420P, "ffv1", 41}, Layout{AV_PIX_FMT_BGRA},
                    Layout{AV_PIX_FMT_GBRP10}, Layout{AV_PIX_FMT_YUYV422, "rawvideo"},
                    Layout{AV_PIX_FMT_NV12, "rawvideo"}),
    [](const auto& row) { return std::string(av_get_pix_fmt_name(row.param.format)); });

struct Tagged {
  const char* name;
  Size size;
  AVColorSpace space;
  AVColorRange range;
  ColourSpace meant;
};
class EveryTag : public testing::TestWithParam<Tagged> {};

TEST_P(EveryTag, IsBelieved) {
  const TestFolder folder;
  const Tagged& tagged = GetParam();
  const Image truth = two_colours(tagged.size);
  Image stored(tagged.size);
  from_internal(truth.view(), tagged.meant, stored.view());
  const RawFile file{.size = tagged.size, .range = tagged.range, .space = tagged.space};
  write_raw(folder / "a.mkv", file,
            [&](AVFrame& frame, int) { fill_planar(frame, stored.view()); });
  VideoReader reader = open(folder / "a.mkv");
  EXPECT_GE(psnr(next_picture(reader).view(), truth.view()), 48);
}

constexpr Size kLow{64, 48}, kHigh{64, 720};
INSTANTIATE_TEST_SUITE_P(
    All, EveryTag,
    testing::Values(
        Tagged{"bt601", kHigh, AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG, kInternal},
        Tagged{"pal", kHigh, AVCOL_SPC_BT470BG, AVCOL_RANGE_MPEG, kInternal},
        Tagged{"bt709", kLow, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, {Matrix::kBt709, Range::kLimited}},
        Tagged{
            "bt709_full", kLow, AVCOL_SPC_BT709, AVCOL_RANGE_JPEG, {Matrix::kBt709, Range::kFull}},
        Tagged{"bt2020",
               kLow,
               AVCOL_SPC_BT2020_NCL,
               AVCOL_RANGE_MPEG,
               {Matrix::kBt2020, Range::kLimited}},
        Tagged{"low_unsaid", kLow, AVCOL_SPC_UNSPECIFIED, AVCOL_RANGE_UNSPECIFIED, kInternal},
        Tagged{"high_unsaid",
               kHigh,
               AVCOL_SPC_UNSPECIFIED,
               AVCOL_RANGE_UNSPECIFIED,
               {Matrix::kBt709, Range::kLimited}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(VideoReader, FullRangeMotionJpegComesOutRight) {
  const TestFolder folder;
  const Size size{64, 48};
  const Image truth = two_colours(size);
  Image stored(size);
  from_internal(truth.view(), {Matrix::kBt601, Range::kFull}, stored.view());
  const RawFile file{.muxer = "avi",
                     .encoder = "mjpeg",
                     .options = "flags=qscale:global_quality=118:qmin=1",
                     .size = size,
                     .format = AV_PIX_FMT_YUVJ420P,
                     .range = AVCOL_RANGE_JPEG,
                     .pictures = 3};
  write_raw(folder / "a.avi", file,
            [&](AVFrame& frame, int) { fill_planar(frame, stored.view()); });
  VideoReader reader = open(folder / "a.avi");
  EXPECT_GE(psnr(next_picture(reader).view(), truth.view()), 48);
}

struct Turn {
  const char* name;
  int a, b, c, d;  // (x, y) goes to (a x + c y, b x + d y)
  Rotation rotation;
  bool mirrored;
};
class EveryTurn : public testing::TestWithParam<Turn> {};

TEST_P(EveryTurn, IsUndone) {
  const TestFolder folder;
  const auto& [name, a, b, c, d, rotation, mirrored] = GetParam();
  const int one = 1 << 16;
  const Size size{64, 48};
  const RawFile file{.muxer = "mp4",
                     .encoder = "mpeg4",
                     .options = "flags=qscale:global_quality=118",
                     .size = size,
                     .display_matrix = {a * one, b * one, 0, c * one, d * one, 0, 0, 0, 1 << 30}};
  const Image stored = two_colours(size);
  write_raw(folder / "a.mp4", file,
            [&](AVFrame& frame, int) { fill_planar(frame, stored.view()); });
  const bool sideways = rotation == Rotation::k90 || rotation == Rotation::k270;
  Image wanted(sideways ? Size{48, 64} : size);
  if (rotation == Rotation::k0)
    copy(stored.view(), wanted.view());
  else
    rotate(stored.view(), rotation, wanted.view());
  if (mirrored) mirror(wanted.view());
  VideoReader reader = open(folder / "a.mp4");
  ASSERT_EQ(reader.info().size, wanted.size());
  EXPECT_GT(psnr(next_picture(reader).view(), wanted.view()), 40);
}

INSTANTIATE_TEST_SUITE_P(All, EveryTurn,
                         testing::Values(Turn{"none", 1, 0, 0, 1, Rotation::k0, false},
                                         Turn{"right", 0, 1, -1, 0, Rotation::k90, false},
                                         Turn{"over", -1, 0, 0, -1, Rotation::k180, false},
                                         Turn{"left", 0, -1, 1, 0, Rotation::k270, false},
                                         Turn{"mirrored", -1, 0, 0, 1, Rotation::k0, true},
                                         Turn{"flipped", 1, 0, 0, -1, Rotation::k180, true}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(VideoReader, CoversTheWantedSizeWithoutDistortion) {
  const TestFolder folder;
  write_moving(folder / "a.mkv", {128, 64}, 1);
  VideoReader reader = open(folder / "a.mkv", {.size = Size{64, 64}});
  EXPECT_EQ(reader.size(), (Size{64, 64}));
  EXPECT_EQ(reader.info().size, (Size{128, 64}));
  const Image truth = moving_picture({128, 64}, 0);
  EXPECT_TRUE(same(next_picture(reader).view(), crop(truth.view(), {32, 0, 64, 64})));

  VideoReader smaller = open(folder / "a.mkv", {.size = Size{32, 32}});
  Image wanted({32, 32});
  scale(crop(truth.view(), {32, 0, 64, 64}), wanted.view());
  EXPECT_TRUE(same(next_picture(smaller).view(), wanted.view()));
}

TEST(VideoReader, PixelsAreSeenInTheirShape) {
  const TestFolder folder;
  const RawFile file{.size = {64, 64}, .aspect = {2, 1}};  // twice as wide as high
  const Image stored = two_colours({64, 64});
  write_raw(folder / "a.mkv", file,
            [&](AVFrame& frame, int) { fill_planar(frame, stored.view()); });
  VideoReader reader = open(folder / "a.mkv");
  ASSERT_EQ(reader.info().size, (Size{128, 64}));
  Image wanted({128, 64});
  scale(stored.view(), wanted.view());
  EXPECT_TRUE(same(next_picture(reader).view(), wanted.view()));

  VideoReader square = open(folder / "a.mkv", {.size = Size{64, 64}});
  Image middle({64, 64});
  scale(crop(stored.view(), {16, 0, 32, 64}), middle.view());
  EXPECT_TRUE(same(next_picture(square).view(), middle.view()));
}

class Seeking : public testing::TestWithParam<const char*> {};

TEST_P(Seeking, ArrivesAtTheVeryPicture) {
  const TestFolder folder;
  const std::string path = folder / GetParam();
  write_moving(path, {64, 48}, 60);
  VideoReader reader = open(path);
  std::vector<Image> pictures;
  for (int k = 0; k < 60; ++k) pictures.push_back(next_picture(reader));
  for (int k : {0, 59, 30, 31, 7, 0}) {
    ASSERT_TRUE(done(reader.seek(k / 25.0)));
    auto seconds = reader.next();
    ASSERT_TRUE(seconds);
    EXPECT_NEAR(*seconds, k / 25.0, 1e-6);
    Image picture(reader.size());
    ASSERT_TRUE(done(reader.convert(picture.view())));
    EXPECT_TRUE(same(picture.view(), pictures[static_cast<std::size_t>(k)].view())) << k;
  }
  ASSERT_TRUE(done(reader.seek(0.41)));
  EXPECT_NEAR(reader.next().value(), 0.44, 1e-6) << "the first one at that time or later";
  ASSERT_TRUE(done(reader.seek(100)));
  EXPECT_EQ(reader.next().error().code, Errc::kEndOfStream);
  ASSERT_TRUE(done(reader.seek(0)));
  EXPECT_EQ(all_times(reader).size(), 60u);
}

INSTANTIATE_TEST_SUITE_P(All, Seeking, testing::Values("a.mp4", "a.webm", "a.mkv", "a.y4m"),
                         [](const auto& row) { return std::string(row.param + 2); });

TEST(VideoReader, LeavesOutDamagedPicturesAndGoesOn) {
  const TestFolder folder;
  const RawFile file{.muxer = "avi",
                     .encoder = "mjpeg",
                     .format = AV_PIX_FMT_YUVJ420P,
                     .range = AVCOL_RANGE_JPEG,
                     .pictures = 10};
  write_raw(folder / "a.avi", file, [&](AVFrame& frame, int k) {
    fill_planar(frame, moving_picture({64, 48}, k).view());
  });
  std::string bytes = read_bytes(folder / "a.avi");
  const auto picture_after = [&](std::size_t at) { return bytes.find("\xff\xd8\xff", at + 1); };
  std::size_t at = 0;
  for (int k = 0; k < 4; ++k) at = picture_after(at);
  const std::size_t length = picture_after(at) - at - 8;  // a chunk's header stands between
  bytes.replace(at, length, std::string(length, '\0'));
  write_bytes(folder / "a.avi", bytes);
  VideoReader reader = open(folder / "a.avi");
  const std::vector<double> times = all_times(reader);
  ASSERT_EQ(times.size(), 9u);
  EXPECT_NEAR(times[3], 4 / 25.0, 1e-6) << "those after it keep their times";
}

TEST(VideoReader, PlaysWhatIsThereOfACutFile) {
  const TestFolder folder;
  write_moving(folder / "a.mkv", {64, 48}, 20);
  const std::string bytes = read_bytes(folder / "a.mkv");
  write_bytes(folder / "a.mkv", bytes.substr(0, bytes.size() / 2));
  VideoReader reader = open(folder / "a.mkv");
  EXPECT_THAT(all_times(reader).size(), testing::AllOf(testing::Ge(5u), testing::Lt(15u)));
}

TEST(VideoReader, PicturesAreStill) {
  const TestFolder folder;
  write_moving(folder / "a.png", {64, 48}, 1);
  VideoReader reader = open(folder / "a.png");
  EXPECT_TRUE(reader.info().still);
  EXPECT_EQ(all_times(reader), std::vector<double>{0});
  ASSERT_TRUE(done(reader.seek(0)));
  EXPECT_EQ(all_times(reader), std::vector<double>{0});
}

}  // namespace
}  // namespace scrim
