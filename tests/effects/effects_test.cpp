#include <gtest/gtest.h>

#include <algorithm>

#include "effects/effect.h"
#include "image/convert.h"

namespace scrim {
namespace {

std::unique_ptr<Effect> made(const char* text, Size size) {
  auto effect = make_effect(*parse_spec(text), {size});
  EXPECT_TRUE(effect.has_value()) << text;
  return *std::move(effect);
}

/// A picture with a white left part and a matte on the same part.
struct Page {
  Image picture;
  Matte matte;

  explicit Page(Size size, int white) : picture(size), matte(size) {
    fill(picture.view(), Yuv{16, 128, 128});
    fill(matte.view(), 0);
    const Rect left{0, 0, white, size.height};
    fill(picture.view().y.crop(left), 235);
    fill(matte.view().crop(left), 255);
  }
  void apply(Effect& effect) {
    effect.apply({picture.view(), matte.view()},
                 {std::as_const(picture).view(), std::as_const(picture).view(),
                  std::as_const(matte).view(), kStart});
  }
  int luma(int x) { return picture.view().y.row(1)[x]; }
};

TEST(Effects, EveryKindWorksAtEverySize) {
  for (const EffectKind& kind : effect_kinds())
    for (const Size size : {Size{1, 1}, Size{7, 5}, Size{64, 2}, Size{33, 90}}) {
      Page page(size, size.width / 2);
      if (kind.argument == Argument::kFile) continue;  // over_test.cpp has them
      auto effect = (kind.make)(example_of(kind), {size, kind.home});
      ASSERT_TRUE(effect) << kind.name << ": " << effect.error().what;
      page.apply(**effect);
    }
}

TEST(Mirror, ExchangesLeftAndRightOfPictureAndMatte) {
  Page page({31, 9}, 10);
  page.apply(*made("mirror", {31, 9}));
  EXPECT_EQ(page.luma(0), 16);
  EXPECT_EQ(page.luma(20), 16);
  EXPECT_EQ(page.luma(21), 235);
  EXPECT_EQ(page.matte.view().row(0)[30], 255);
  EXPECT_EQ(page.matte.view().row(0)[20], 0);
}

TEST(Blur, SoftensAnEdgeAndKeepsTheMean) {
  const Size size{320, 180};
  Page page(size, 160);
  page.apply(*made("blur?radius=24", size));
  EXPECT_EQ(page.luma(0), 235);
  EXPECT_EQ(page.luma(319), 16);
  EXPECT_NEAR(page.luma(160), 125, 14);
  EXPECT_TRUE(std::is_sorted(page.picture.view().y.row(90), page.picture.view().y.row(90) + 320,
                             std::greater()));
}

TEST(Blur, IsNeverLostInASmallPicture) {
  Page page({64, 36}, 32);
  page.apply(*made("blur?radius=1", {64, 36}));
  EXPECT_LT(page.luma(31), 235);
  EXPECT_GT(page.luma(32), 16);
}

TEST(Blur, RadiusZeroLeavesThePictureAlone) {
  Page page({64, 36}, 32);
  page.apply(*made("blur?radius=0", {64, 36}));
  EXPECT_EQ(page.luma(31), 235);
  EXPECT_EQ(page.luma(32), 16);
}

TEST(Blur, LooksTheSameAtEverySize) {
  Page small({160, 90}, 80), large({640, 360}, 320);
  small.apply(*made("blur", {160, 90}));
  large.apply(*made("blur", {640, 360}));
  for (int x = 10; x < 150; x += 10) EXPECT_NEAR(small.luma(x), large.luma(4 * x + 2), 12) << x;
}

}  // namespace
}  // namespace scrim
