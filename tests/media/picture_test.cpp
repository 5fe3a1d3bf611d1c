#include "media/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/convert.h"
#include "media/jpeg.h"
#include "media/raw_files.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Picture, ComesBackFromPng) {
  const TestFolder folder;
  for (Size size : {Size{64, 48}, Size{33, 21}, Size{1, 1}, Size{2, 7}}) {
    const Image truth = moving_picture(size, 3);
    ASSERT_TRUE(done(save_png(folder / "a.png", truth.view())));
    const auto back = load_picture(folder / "a.png");
    ASSERT_TRUE(back);
    ASSERT_EQ(back->size(), size);
    EXPECT_GT(psnr(back->view(), truth.view()), 48);
  }
  EXPECT_THAT(folder.names(), ElementsAre("a.png"));
}

TEST(Picture, GreyIsSavedExactly) {
  const TestFolder folder;
  const Matte matte = moving_matte({67, 45}, 0);
  ASSERT_TRUE(done(save_png(folder / "m.png", matte.view())));
  const RawPicture raw = read_raw(folder / "m.png");
  EXPECT_EQ(raw.frame->format, AV_PIX_FMT_GRAY8);
  EXPECT_TRUE(same(raw.plane(0, 67, 45), matte.view()));
}

TEST(Picture, GreyIsLoadedAsFullRange) {
  const TestFolder folder;
  Matte matte({16, 16});
  for (const auto& [grey, luma] : {std::pair{0, 16}, std::pair{128, 126}, std::pair{255, 235}}) {
    fill(matte.view(), static_cast<std::uint8_t>(grey));
    ASSERT_TRUE(done(save_png(folder / "m.png", matte.view())));
    const auto picture = load_picture(folder / "m.png");
    ASSERT_TRUE(picture);
    EXPECT_EQ(*picture->view().y.data, luma);
    EXPECT_EQ(*picture->view().u.data, 128);
    EXPECT_EQ(*picture->view().v.data, 128);
  }
}

void fill_rgba(AVFrame& frame, std::array<std::uint8_t, 4> pixel) {
  for (int y = 0; y < frame.height; ++y)
    for (int x = 0; x < frame.width; ++x)
      std::memcpy(frame.data[0] + std::ptrdiff_t{y} * frame.linesize[0] + 4 * x, pixel.data(), 4);
}

TEST(Picture, TransparentPartsAreBlack) {
  const TestFolder folder;
  const RawFile png{.muxer = "image2", .encoder = "png", .format = AV_PIX_FMT_RGBA};
  for (int alpha : {0, 128, 255}) {
    write_raw(folder / "a.png", png, [&](AVFrame& frame, int) {
      fill_rgba(frame, {200, 100, 40, static_cast<std::uint8_t>(alpha)});
    });
    const auto picture = load_picture(folder / "a.png");
    ASSERT_TRUE(picture);
    const auto part = [&](int full) {
      return static_cast<std::uint8_t>((full * alpha + 127) / 255);
    };
    const Yuv wanted = rgb_to_internal({part(200), part(100), part(40)});
    EXPECT_NEAR(*picture->view().y.data, wanted.y, 1) << alpha;
    EXPECT_NEAR(*picture->view().u.data, wanted.u, 1) << alpha;
    EXPECT_NEAR(*picture->view().v.data, wanted.v, 1) << alpha;
  }
}

// A JPEG of best quality; its samples are full range.
void write_jpeg(const std::string& path, ConstImageView picture) {
  const RawFile jpeg{.muxer = "image2",
                     .encoder = "mjpeg",
                     .options = "flags=qscale:global_quality=118:qmin=1",
                     .size = picture.size(),
                     .format = AV_PIX_FMT_YUVJ420P,
                     .range = AVCOL_RANGE_JPEG};
  write_raw(path, jpeg, [&](AVFrame& frame, int) { fill_planar(frame, picture); });
}

TEST(Picture, JpegIsFullRangeBt601) {
  const TestFolder folder;
  Image truth({128, 96});
  for (int y = 0; y < 96; ++y)
    for (int x = 0; x < 128; ++x)
      truth.view().y.row(y)[x] = static_cast<std::uint8_t>(30 + x + y / 2);
  fill(truth.view().u, 110);
  fill(truth.view().v, 150);
  Image full({128, 96});
  from_internal(truth.view(), {Matrix::kBt601, Range::kFull}, full.view());
  write_jpeg(folder / "a.jpg", full.view());
  const auto back = load_picture(folder / "a.jpg");
  ASSERT_TRUE(back);
  EXPECT_GT(psnr(back->view(), truth.view()), 48);
}

/// Puts an EXIF block that says nothing but the orientation behind the JPEG's first marker.
void add_orientation(const std::string& path, char orientation) {
  std::string jpeg = read_bytes(path);
  const std::string tiff{'I',         'I', 42, 0, 8, 0, 0, 0,  // little-endian, first table at 8
                         1,           0,                       // one entry:
                         0x12,        1,   3,  0, 1, 0, 0, 0,
                         orientation, 0,   0,  0, 0, 0, 0, 0};  // no further table
  const std::string body = std::string("Exif\0\0", 6) + tiff;
  const auto length = static_cast<char>(body.size() + 2);
  jpeg.insert(2, std::string{'\xff', '\xe1', 0, length} + body);
  write_bytes(path, jpeg);
}

TEST(Picture, ExifTurnsItUpright) {
  const TestFolder folder;
  Image picture({64, 32});  // bright in its stored upper left quarter
  fill(picture.view(), {40, 128, 128});
  fill(picture.view().y.crop({0, 0, 32, 16}), 200);
  struct Case {
    char orientation;
    Size size;
    int left, top;  // whether the bright quarter is seen there
  };
  for (const Case& c : {Case{1, {64, 32}, 1, 1}, Case{2, {64, 32}, 0, 1}, Case{3, {64, 32}, 0, 0},
                        Case{4, {64, 32}, 1, 0}, Case{5, {32, 64}, 1, 1}, Case{6, {32, 64}, 0, 1},
                        Case{7, {32, 64}, 0, 0}, Case{8, {32, 64}, 1, 0}}) {
    write_jpeg(folder / "a.jpg", picture.view());
    add_orientation(folder / "a.jpg", c.orientation);
    const auto seen = load_picture(folder / "a.jpg");
    ASSERT_TRUE(seen);
    ASSERT_EQ(seen->size(), c.size) << int{c.orientation};
    const int x = c.left ? c.size.width / 4 : c.size.width * 3 / 4;
    const int y = c.top ? c.size.height / 4 : c.size.height * 3 / 4;
    EXPECT_GT(seen->view().y.row(y)[x], 150) << int{c.orientation};
    EXPECT_LT(seen->view().y.row(c.size.height - 1 - y)[c.size.width - 1 - x], 100);
  }
}

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
  return bytes;
}

TEST(Picture, RefusesBombs) {
  const TestFolder folder;
  const Image small = moving_picture({16, 16}, 0);
  for (const auto& [width, height] :
       {std::pair{30000u, 100u}, std::pair{16384u, 16385u}, std::pair{1000000u, 1000000u}}) {
    ASSERT_TRUE(done(save_png(folder / "a.png", small.view())));
    std::string png = read_bytes(folder / "a.png");
    png.replace(16, 8, big_endian(width) + big_endian(height));
    std::uint32_t crc = 0xffffffff;  // of the header chunk, which must be right
    for (std::size_t i = 12; i < 29; ++i) {
      crc ^= static_cast<std::uint8_t>(png[i]);
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    png.replace(29, 4, big_endian(~crc));
    write_bytes(folder / "a.png", png);
    const auto picture = load_picture(folder / "a.png");
    ASSERT_FALSE(picture) << width;
    EXPECT_EQ(picture.error().code, Errc::kSystem);
    EXPECT_THAT(picture.error().what, HasSubstr(folder / "a.png"));
  }
}

TEST(Picture, TellsWhatFailed) {
  const TestFolder folder;
  EXPECT_EQ(load_picture(folder / "none.png").error().what,
            "read " + (folder / "none.png") + ": No such file or directory");
  const Image picture = moving_picture({8, 8}, 0);
  EXPECT_EQ(save_png(folder / "none/a.png", picture.view()).error().what,
            "write " + (folder / "none/a.png") + ": No such file or directory");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(Picture, PatternsInNamesAreJustNames) {
  const TestFolder folder;
  const Image truth = moving_picture({32, 32}, 1);
  ASSERT_TRUE(done(save_png(folder / "p%02d.png", truth.view())));
  ASSERT_TRUE(done(load_picture(folder / "p%02d.png")));
  std::filesystem::rename(folder / "p%02d.png", folder / "p00.png");
  EXPECT_FALSE(load_picture(folder / "p%02d.png"));
  EXPECT_FALSE(load_picture(folder / "p*.png"));
}

PlaneBuffer ramp(Size size) {
  PlaneBuffer plane(size);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      plane.view().row(y)[x] = static_cast<std::uint8_t>((3 * x + 5 * y) / 2);
  return plane;
}

TEST(PictureInMemory, GreyPngAndJpegComeBack) {
  const PlaneBuffer grey = ramp({41, 27});
  const auto png = encode_png(grey.view());
  ASSERT_TRUE(png) << png.error().what;
  const auto jpeg = encode_jpeg(grey.view(), 95);
  ASSERT_TRUE(jpeg) << jpeg.error().what;
  const auto from_png = decode_picture(*png, 41 * 27);
  ASSERT_TRUE(from_png) << from_png.error().what;
  const auto from_jpeg = decode_picture(*jpeg, 41 * 27);
  ASSERT_TRUE(from_jpeg) << from_jpeg.error().what;
  ASSERT_EQ(from_png->size(), grey.size());
  EXPECT_GT(psnr(from_jpeg->view().y, from_png->view().y), 40);
  for (int x = 0; x < 41; ++x)  // full range there, limited here
    EXPECT_NEAR(from_png->view().y.row(9)[x], 16 + grey.view().row(9)[x] * 219 / 255.0, 1);
}

TEST(PictureInMemory, TooLargeIsKnownFromTheHeader) {
  const auto png = encode_png(ramp({40, 30}).view());
  const auto jpeg = encode_jpeg(ramp({40, 30}).view(), 90);
  for (const auto& bytes : {*png, *jpeg}) {
    const auto cut = std::span(bytes).first(bytes.size() - 10);
    const auto picture = decode_picture(cut, 40 * 30 - 1);
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, Errc::kRequest);
  }
}

TEST(PictureInMemory, DamagedAndForeignBytesAreRefused) {
  const auto png = encode_png(ramp({40, 30}).view());
  const auto jpeg = encode_jpeg(ramp({40, 30}).view(), 90);
  for (const auto& bytes : {*png, *jpeg})
    for (std::size_t size = 0; size < bytes.size() - 20; size += 7)
      EXPECT_FALSE(decode_picture(std::span(bytes).first(size), 1 << 20)) << size;
  const std::string text = "GIF89a, and more";
  EXPECT_FALSE(
      decode_picture({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, 1 << 20));
}

}  // namespace
}  // namespace scrim
