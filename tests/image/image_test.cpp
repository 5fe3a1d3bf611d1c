#include "image/image.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "support/planes.h"

namespace scrim {
namespace {

TEST(Image, ChromaOfOddSizesIsRoundedUp) {
  Image image({17, 5});
  EXPECT_EQ(image.view().u.size(), (Size{9, 3}));
  EXPECT_EQ(image.view().v.size(), (Size{9, 3}));
}

TEST(Image, RowsAreAligned) {
  PlaneBuffer plane({65, 3});
  for (int y = 0; y < 3; ++y)
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(plane.view().row(y)) % 64, 0U) << y;
}

TEST(Image, FillAndCopyStayInsideTheView) {
  for (Size size : awkward_sizes()) {
    GuardedImage from(size);
    GuardedImage to(size);
    fill_with_noise(from.view(), 1);
    fill(to.view().y, 7);
    copy(from.view(), to.view());
    EXPECT_EQ(largest_difference(from.view(), to.view()), 0);
    EXPECT_TRUE(to.intact());
  }
}

TEST(Plane, CropSharesTheSamples) {
  PlaneBuffer plane({8, 8});
  fill(plane.view(), 0);
  fill(plane.view().crop({2, 3, 4, 2}), 9);
  EXPECT_EQ(plane.view().row(3)[1], 0);
  EXPECT_EQ(plane.view().row(3)[2], 9);
  EXPECT_EQ(plane.view().row(4)[5], 9);
  EXPECT_EQ(plane.view().row(5)[5], 0);
}

TEST(CopyPadded, RepeatsTheLastColumnAndRow) {
  PlaneBuffer from({3, 2}), to({5, 4});
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 3; ++x) from.view().row(y)[x] = static_cast<std::uint8_t>(10 * y + x);
  copy_padded(from.view(), to.view());
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 5; ++x)
      EXPECT_EQ(to.view().row(y)[x], 10 * std::min(y, 1) + std::min(x, 2));
}

TEST(ParseSize, ReadsWidthAndHeight) {
  EXPECT_EQ(parse_size("1280x720").value(), (Size{1280, 720}));
  EXPECT_EQ(parse_size("1280").error().code, Errc::kRequest);
  EXPECT_TRUE(parse_size(fmt::format("{0}x{0}", kMaxSide)));
  EXPECT_FALSE(parse_size(fmt::format("1x{}", kMaxSide + 1)));
}

}  // namespace
}  // namespace scrim
