#include "backgrounds/scene.h"

#include <gmock/gmock.h>

#include "backgrounds/scenery.h"
#include "image/scale.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::HasSubstr;

Image drawn(const SceneKind& scene, int seed, Size size) {
  Image picture(size);
  draw_scene(scene, seed, picture.view());
  return picture;
}

TEST(Scene, EachIsDrawnAtAnySize) {
  for (const SceneKind& scene : kScenes)
    for (const Size size : {Size{1, 1}, Size{16, 16}, Size{161, 91}, Size{90, 160}, Size{401, 50}})
      drawn(scene, 1, size);
}

TEST(Scene, EachFillsThePictureAndDiffersFromTheOthers) {
  constexpr Size kSize{320, 180};
  for (const SceneKind& scene : kScenes) {
    const Image picture = drawn(scene, 1, kSize);
    for (const SceneKind& other : kScenes)
      EXPECT_EQ(same(picture.view(), drawn(other, 1, kSize).view()), scene.name == other.name);
  }
}

TEST(Scene, EachHasVariants) {
  for (const SceneKind& scene : kScenes)
    EXPECT_FALSE(same(drawn(scene, 1, {64, 36}).view(), drawn(scene, 2, {64, 36}).view()))
        << scene.name;
}

/// How much a scene at this size, made small again, is like the same scene drawn small.
double likeness(const SceneKind& scene, Size size) {
  const Image small = drawn(scene, 1, {320, 180}), large = drawn(scene, 1, size);
  Image reduced({320, 180});
  scale(large.view(), reduced.view());
  return psnr(small.view().y, std::as_const(reduced).view().y);
}

TEST(Scene, LooksTheSameAtEverySize) {
  for (const SceneKind& scene : kScenes) EXPECT_GT(likeness(scene, {960, 540}), 24) << scene.name;
  EXPECT_GT(likeness(kScenes[0], {3840, 2160}), 24);
}

TEST(Scene, IsFoundByItsNameAndOthersAreHinted) {
  EXPECT_TRUE(Scenery({"scene", "", {}}, {64, 36}).draw());
  EXPECT_TRUE(Scenery({"scene", "bokeh", {{"seed", "3"}}}, {64, 36}).draw());
  EXPECT_THAT(refusal({"scene", "studoi", {}}), HasSubstr("did you mean 'studio'?"));
  EXPECT_THAT(refusal({"scene", "bokeh", {{"seed", "x"}}}), HasSubstr("a whole number from 0"));
}

}  // namespace
}  // namespace scrim
