// make() takes no memory after the first picture, whatever the pictures show.
#include <gtest/gtest.h>

#include "allocations.h"
#include "matte/matting.h"

namespace scrim {
namespace {

/// Nobody in the first answer; in later ones more regions than any picture has.
class WildSegmenter : public Segmenter {
 public:
  Size matte_size(Size) const override { return {320, 180}; }
  Expected<void> segment(ConstImageView, Rect, Plane out) override {
    const int bright = asked_++ == 0 ? 0 : 255;
    for (int y = 0; y < out.height; ++y)
      for (int x = 0; x < out.width; ++x)
        out.row(y)[x] = static_cast<std::uint8_t>((x + y) % 2 * bright);
    return {};
  }

 private:
  int asked_ = 0;
};

TEST(MattingAllocation, NoneAfterTheFirstPicture) {
  if (!kCountsAllocations) GTEST_SKIP() << "sanitizers bring their own operator new";
  const Size size{320, 180};
  Image picture(size);
  for (Plane plane : {picture.view().y, picture.view().u, picture.view().v}) fill(plane, 128);
  Matte out(size);
  Matting matting;
  WildSegmenter segmenter;
  const auto make = [&](double seconds) {
    return matting.make(picture.view(), at_seconds(seconds), segmenter, out.view()).has_value();
  };
  ASSERT_TRUE(make(0));
  const auto before = allocation_count();
  ASSERT_GT(before, 0u);
  for (int k = 1; k < 40; ++k) ASSERT_TRUE(make(k / 30.0));
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace scrim
