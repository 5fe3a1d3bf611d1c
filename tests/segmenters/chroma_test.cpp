#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <utility>

#include "image/convert.h"
#include "image/kernels.h"
#include "image/scale.h"
#include "segmenters/segmenter.h"
#include "sources/presenter.h"

namespace scrim {
namespace {

constexpr Size kSize{1280, 720};

/// The presenter before a lit screen: folds and shadows in its luma, grain in all of it.
struct Studio {
  Image picture{kSize};
  Matte truth{kSize};

  Studio() {
    Image screen(kSize), person(kSize);
    Presenter(kSize, {}).draw(3, person.view(), truth.view());
    fill(screen.view(), rgb_to_internal({0, 177, 64}));
    std::mt19937 random(1);
    const Plane luma = screen.view().y;
    for (int y = 0; y < kSize.height; ++y)
      for (int x = 0; x < kSize.width; ++x)
        luma.row(y)[x] =
            static_cast<std::uint8_t>(luma.row(y)[x] + std::lround(20 * std::sin(x / 70.0)) +
                                      static_cast<int>(random() % 7) - 3);
    blend(std::as_const(person).view(), std::as_const(screen).view(), std::as_const(truth).view(),
          picture.view());
  }
};

TEST(Chroma, KeysThePersonWithSoftEdges) {
  const Studio studio;
  auto chroma = *make_segmenter(*parse_spec("chroma?colour=00b140"));
  Matte matte(chroma->matte_size({})), truth(chroma->matte_size({}));
  ASSERT_TRUE(chroma->segment(studio.picture.view(), whole(kSize), matte.view()));
  scale(studio.truth.view(), truth.view());
  double wrong = 0;
  int soft = 0;
  for (int y = 0; y < matte.size().height; ++y)
    for (int x = 0; x < matte.size().width; ++x) {
      const int is = matte.view().row(y)[x];
      wrong += std::abs(is - truth.view().row(y)[x]) / 255.0;
      soft += is > 20 && is < 235;
    }
  EXPECT_LT(wrong / (matte.size().width * matte.size().height), 0.01);
  EXPECT_GT(soft, 200);
}

TEST(Chroma, AGreyScreenIsRefused) {
  for (const char* text : {"chroma?colour=white", "chroma?colour=nonsense"}) {
    auto chroma = make_segmenter(*parse_spec(text));
    ASSERT_FALSE(chroma) << text;
    EXPECT_EQ(chroma.error().code, Errc::kRequest);
  }
}

}  // namespace
}  // namespace scrim
