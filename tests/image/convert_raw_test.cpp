#include <gtest/gtest.h>

#include <vector>

#include "image/convert.h"
#include "support/planes.h"
#include "support/psnr.h"

namespace scrim {
namespace {

constexpr Layout kLayouts[] = {Layout::kI420, Layout::kNv12, Layout::kYuyv, Layout::kUyvy};

/// One raw picture of exactly the bytes it needs, with canaries behind.
struct RawBuffer {
  std::vector<std::uint8_t> bytes;
  std::size_t used;
  Raw raw;

  RawBuffer(Layout layout, Size size, int padding) {
    const std::ptrdiff_t stride = least_stride(layout, size.width) + padding;
    used = byte_count(layout, size, stride);
    bytes.assign(used + 64, 0xc5);
    raw = {layout, size, bytes.data(), stride};
  }
  bool intact() const {
    for (std::size_t i = used; i < bytes.size(); ++i)
      if (bytes[i] != 0xc5) return false;
    return true;
  }
};

TEST(Raw, EveryLayoutGivesThePictureBack) {
  for (Layout layout : kLayouts)
    for (Size size : awkward_sizes())
      for (int padding : {0, 6, 7}) {
        GuardedImage in(size);
        GuardedImage out(size);
        fill_with_noise(in.view(), 3);
        RawBuffer buffer(layout, size, padding);
        pack(in.view(), buffer.raw);
        unpack(buffer.raw, out.view());
        EXPECT_EQ(largest_difference(in.view(), out.view()), 0)
            << static_cast<int>(layout) << ' ' << size.width << 'x' << size.height;
        EXPECT_TRUE(out.intact() && buffer.intact());
      }
}

TEST(Raw, PicturesInAnotherColourSpaceComeOutAsTheyWentIn) {
  const ColourSpace full{Matrix::kBt601, Range::kFull};
  for (Size size : {Size{640, 360}, Size{639, 359}}) {
    Image in(size);
    Image out(size);
    fill_like_a_photograph(in.view());
    RawBuffer buffer(Layout::kYuyv, size, 0);
    pack(in.view(), buffer.raw);
    unpack(buffer.raw, full, out.view());
    from_internal(out.view(), full, out.view());
    EXPECT_GE(psnr(in.view(), out.view()), 48);
  }
}

TEST(Raw, BytesLieWhereTheLayoutsSay) {
  Image image({2, 2});
  image.view().y.row(0)[0] = 1;
  image.view().y.row(0)[1] = 2;
  image.view().y.row(1)[0] = 3;
  image.view().y.row(1)[1] = 4;
  image.view().u.row(0)[0] = 5;
  image.view().v.row(0)[0] = 6;
  const auto bytes_in = [&](Layout layout) {
    RawBuffer buffer(layout, {2, 2}, 0);
    pack(image.view(), buffer.raw);
    buffer.bytes.resize(buffer.used);
    return buffer.bytes;
  };
  using Bytes = std::vector<std::uint8_t>;
  EXPECT_EQ(bytes_in(Layout::kI420), (Bytes{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(bytes_in(Layout::kNv12), (Bytes{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(bytes_in(Layout::kYuyv), (Bytes{1, 5, 2, 6, 3, 5, 4, 6}));
  EXPECT_EQ(bytes_in(Layout::kUyvy), (Bytes{5, 1, 6, 2, 5, 3, 6, 4}));
}

TEST(Raw, GreyIsLumaAlone) {
  Image in({5, 3});
  fill_with_noise(in.view(), 1);
  RawBuffer buffer(Layout::kGrey, {5, 3}, 2);
  EXPECT_EQ(buffer.used, 21u);
  pack(in.view(), buffer.raw);
  GuardedImage out({5, 3});
  unpack(buffer.raw, out.view());
  EXPECT_EQ(largest_difference(in.view().y, out.view().y), 0);
  EXPECT_EQ(out.view().u.row(1)[2], 128);
  EXPECT_EQ(out.view().v.row(0)[0], 128);
  EXPECT_TRUE(out.intact() && buffer.intact());
}

TEST(Raw, TwoRowsOfChromaAreAveraged) {
  const std::vector<std::uint8_t> yuyv{16, 10, 16, 200, 16, 13, 16, 201};
  Image image({2, 2});
  unpack(ConstRaw{Layout::kYuyv, {2, 2}, yuyv.data(), 4}, image.view());
  EXPECT_EQ(image.view().u.row(0)[0], 12);   // 11.5
  EXPECT_EQ(image.view().v.row(0)[0], 201);  // 200.5
}

/// As if the picture had had its last column and row twice.
TEST(Raw, SinksThatNeedEvenSizesGetTheLastPixelTwice) {
  for (Layout layout : kLayouts)
    for (Size size : {Size{17, 5}, Size{1, 1}, Size{16, 5}, Size{17, 4}}) {
      const Size even{2 * half_up(size.width), 2 * half_up(size.height)};
      Image in(size);
      fill_with_noise(in.view(), 8);
      Image extended(even);
      copy(in.view().u, extended.view().u);
      copy(in.view().v, extended.view().v);
      for (int y = 0; y < even.height; ++y)
        for (int x = 0; x < even.width; ++x)
          extended.view().y.row(y)[x] =
              in.view().y.row(std::min(y, size.height - 1))[std::min(x, size.width - 1)];
      RawBuffer want(layout, even, 0);
      RawBuffer have(layout, even, 0);
      pack(extended.view(), want.raw);
      pack(in.view(), have.raw);
      EXPECT_EQ(have.bytes, want.bytes) << static_cast<int>(layout) << ' ' << size.width;
    }
}

TEST(Raw, Nv12PlanesMayLieAnywhere) {
  GuardedPlane y({5, 3});
  GuardedPlane uv({6, 2});
  fill_with_noise(y.view(), 1);
  fill_with_noise(uv.view(), 2);
  GuardedImage out({5, 3});
  const Plane pairs = uv.view();
  unpack_nv12(y.view(), {pairs.data, 3, 2, pairs.stride}, out.view());
  EXPECT_EQ(largest_difference(y.view(), out.view().y), 0);
  for (int r = 0; r < 2; ++r)
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(out.view().u.row(r)[i], pairs.row(r)[2 * i]);
      EXPECT_EQ(out.view().v.row(r)[i], pairs.row(r)[2 * i + 1]);
    }
  EXPECT_TRUE(out.intact());
}

std::uint8_t mean_of(ConstPlane in, int x, int y, int columns, int rows) {
  int sum = 0;
  int count = 0;
  for (int j = y * rows; j < std::min((y + 1) * rows, in.height); ++j)
    for (int i = x * columns; i < std::min((x + 1) * columns, in.width); ++i) {
      sum += in.row(j)[i];
      ++count;
    }
  return static_cast<std::uint8_t>((sum + count / 2) / count);
}

TEST(Subsample, AveragesWhatFallsTogether) {
  for (Size size : awkward_sizes())
    for (int columns : {1, 2})
      for (int rows : {1, 2}) {
        const Size smaller{columns == 2 ? half_up(size.width) : size.width,
                           rows == 2 ? half_up(size.height) : size.height};
        GuardedPlane in(size);
        GuardedPlane out(smaller);
        fill_with_noise(in.view(), 4);
        subsample(in.view(), out.view());
        for (int y = 0; y < smaller.height; ++y)
          for (int x = 0; x < smaller.width; ++x)
            ASSERT_EQ(out.view().row(y)[x], mean_of(in.view(), x, y, columns, rows));
        EXPECT_TRUE(out.intact());
      }
}

}  // namespace
}  // namespace scrim
