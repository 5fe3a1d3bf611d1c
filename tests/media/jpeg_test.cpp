#include "media/jpeg.h"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <memory>
#include <vector>

#include "image/convert.h"
#include "image/scale.h"
#include "support/planes.h"
#include "support/psnr.h"

namespace scrim {
namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr double kEqual = std::numeric_limits<double>::infinity();

/// `picture` (in Scrim's colours) as a camera would send it.
Bytes compress(ConstImageView picture, int subsampling) {
  const auto [width, height] = picture.size();
  std::vector<std::uint8_t> rgb(3 * static_cast<std::size_t>(width * height));
  to_rgb(picture, rgb.data(), 3 * width);
  const std::unique_ptr<void, int (*)(void*)> encoder(::tjInitCompress(), ::tjDestroy);
  unsigned char* data = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(::tjCompress2(encoder.get(), rgb.data(), width, 3 * width, height, TJPF_RGB, &data,
                          &size, subsampling, 97, 0),
            0);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(data, ::tjFree);
  return {data, data + size};
}

Image photograph(Size size) {
  Image image(size);
  fill_like_a_photograph(image.view());
  return image;
}

/// Where the picture's data begin, and a place well inside them.
std::size_t middle(const Bytes& jpeg) {
  return jpeg.size() / 2;
}

TEST(Jpeg, EverySubsamplingGivesThePicture) {
  for (const Size size : {Size{320, 180}, Size{641, 357}, Size{16, 16}})
    for (const int subsampling : {TJSAMP_420, TJSAMP_422, TJSAMP_444, TJSAMP_440}) {
      const Image in = photograph(size);
      GuardedImage out(size);
      JpegDecoder decoder;
      const auto ok = decoder.decode(compress(in.view(), subsampling), out.view());
      ASSERT_TRUE(ok) << ok.error().what;
      EXPECT_GE(psnr(in.view(), out.view()), 36) << subsampling << ' ' << size.width;
      EXPECT_TRUE(out.intact());
    }
}

/// The same by TurboJPEG: whole planes first, then their chroma halved, then their range.
Image decode_whole_planes(const Bytes& jpeg, Size size, int subsampling,
                          int flags = TJFLAG_FASTDCT) {
  const std::unique_ptr<void, int (*)(void*)> decoder(::tjInitDecompress(), ::tjDestroy);
  std::array<PlaneBuffer, 3> planes;
  std::array<unsigned char*, 3> rows;
  std::array<int, 3> strides;
  for (int i = 0; i < 3; ++i) {
    auto& plane = planes[static_cast<std::size_t>(i)];
    plane = PlaneBuffer(
        {::tjPlaneWidth(i, size.width, subsampling), ::tjPlaneHeight(i, size.height, subsampling)});
    rows[static_cast<std::size_t>(i)] = plane.view().data;
    strides[static_cast<std::size_t>(i)] = static_cast<int>(plane.view().stride);
  }
  EXPECT_EQ(::tjDecompressToYUVPlanes(decoder.get(), jpeg.data(), jpeg.size(), rows.data(), 0,
                                      strides.data(), 0, flags),
            0);
  Image out(size);
  copy(planes[0].view().crop(whole(size)), out.view().y);
  subsample(planes[1].view(), out.view().u);
  subsample(planes[2].view(), out.view().v);
  to_internal(out.view(), {Matrix::kBt601, Range::kFull}, out.view());
  return out;
}

TEST(Jpeg, RowsOfBlocksGiveWhatWholePlanesDo) {
  JpegDecoder decoder;
  for (const Size size : {Size{320, 180}, Size{34, 26}, Size{18, 16}})
    for (const int subsampling : {TJSAMP_420, TJSAMP_422, TJSAMP_444, TJSAMP_440}) {
      const Bytes jpeg = compress(photograph(size).view(), subsampling);
      Image out(size);
      ASSERT_TRUE(decoder.decode(jpeg, out.view()));
      EXPECT_EQ(psnr(decode_whole_planes(jpeg, size, subsampling).view(), out.view()), kEqual)
          << subsampling << ' ' << size.width;
    }
}

/// The quick transform may differ from the exact one by what nobody sees.
TEST(Jpeg, QuickDecodingIsAsGoodAsExact) {
  const Size size{320, 180};
  const Bytes jpeg = compress(photograph(size).view(), TJSAMP_422);
  Image out(size);
  ASSERT_TRUE(JpegDecoder().decode(jpeg, out.view()));
  EXPECT_GE(psnr(decode_whole_planes(jpeg, size, TJSAMP_422, 0).view(), out.view()), 48);
}

TEST(Jpeg, ColoursThatAreTooCoarseAreRefusedAndTheNextPictureIsFine) {
  const Image in = photograph({320, 180});
  Image out({320, 180});
  JpegDecoder decoder;
  const auto refused = decoder.decode(compress(in.view(), TJSAMP_411), out.view());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("4:2:0"), std::string::npos);
  EXPECT_TRUE(decoder.decode(compress(in.view(), TJSAMP_422), out.view()));
}

TEST(Jpeg, GreyHasNoColour) {
  const Image in = photograph({320, 180});
  Image out({320, 180});
  JpegDecoder decoder;
  ASSERT_TRUE(decoder.decode(compress(in.view(), TJSAMP_GRAY), out.view()));
  EXPECT_GE(psnr(in.view().y, out.view().y), 36);
  EXPECT_EQ(out.view().u.row(7)[7], 128);
}

TEST(Jpeg, DamagedPicturesAreRefusedAndTheNextOneIsFine) {
  const Image in = photograph({320, 180});
  const Bytes sound = compress(in.view(), TJSAMP_422);
  Image out({320, 180});
  JpegDecoder decoder;
  Bytes cut(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(middle(sound)));
  Bytes overwritten = sound;
  std::fill_n(overwritten.begin() + static_cast<std::ptrdiff_t>(middle(sound)), 64,
              std::uint8_t{0xff});
  for (const Bytes& damaged : {cut, overwritten, Bytes{}, Bytes(100, 0)}) {
    EXPECT_FALSE(decoder.decode(damaged, out.view()));
    EXPECT_TRUE(decoder.decode(sound, out.view()));
  }
}

TEST(Jpeg, BytesBeforeTheEndMarkDoNoHarmButDamageIsStillSeen) {
  const Image in = photograph({320, 180});
  Bytes padded = compress(in.view(), TJSAMP_422);
  padded.insert(padded.end() - 2, {0, 0, 0});
  Image out({320, 180});
  JpegDecoder decoder;
  for (int i = 0; i < 2; ++i) {
    const auto ok = decoder.decode(padded, out.view());
    ASSERT_TRUE(ok) << ok.error().what;
    EXPECT_GE(psnr(in.view(), out.view()), 36);
  }
  padded.resize(middle(padded));
  EXPECT_FALSE(decoder.decode(padded, out.view()));
}

/// Cameras of the AVI tradition leave the Huffman tables out, as everybody knows them.
TEST(Jpeg, StandardTablesMayBeMissing) {
  const Image in = photograph({320, 180});
  Bytes jpeg = compress(in.view(), TJSAMP_422);
  for (std::size_t at = 2; jpeg[at] == 0xff && jpeg[at + 1] != 0xda;) {
    const std::size_t length = 2 + static_cast<std::size_t>(jpeg[at + 2] * 256 + jpeg[at + 3]);
    const auto begin = jpeg.begin() + static_cast<std::ptrdiff_t>(at);
    if (jpeg[at + 1] == 0xc4)
      jpeg.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
    else
      at += length;
  }
  Image out({320, 180});
  JpegDecoder decoder;
  const auto ok = decoder.decode(jpeg, out.view());
  ASSERT_TRUE(ok) << ok.error().what;
  EXPECT_GE(psnr(in.view(), out.view()), 36);
}

TEST(Jpeg, AnotherSizeThanAgreedIsRefused) {
  Image out({640, 360});
  JpegDecoder decoder;
  const auto refused =
      decoder.decode(compress(photograph({320, 180}).view(), TJSAMP_420), out.view());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, "JPEG: it is 320x180, not 640x360");
}

TEST(Jpeg, PicturesComeBackFromWhatIsMadeOfThem) {
  for (const Size size : {Size{320, 180}, Size{33, 17}})
    for (const auto sampling : {JpegSampling::k420, JpegSampling::k422}) {
      const Image in = photograph(size);
      const auto jpeg = encode_jpeg(in.view(), 97, sampling);
      ASSERT_TRUE(jpeg);
      Image out(size);
      ASSERT_TRUE(JpegDecoder().decode(*jpeg, out.view()));
      EXPECT_GE(psnr(in.view(), out.view()), 36) << size.width;
    }
}

}  // namespace
}  // namespace scrim
