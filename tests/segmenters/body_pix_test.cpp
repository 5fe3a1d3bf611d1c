// Requests, sizes and regions; tests/apps/body_pix holds the answers against the library's.
#include <gtest/gtest.h>

#include "allocations.h"
#include "segmenters/segmenter.h"
#include "support/media.h"

namespace scrim {
namespace {

Expected<std::unique_ptr<Segmenter>> make(const std::string& folder, const std::string& options) {
  return make_segmenter(*parse_spec("bodypix:" + folder + options));
}

TEST(BodyPix, SaysWhatIsWrongWithTheRequest) {
  for (const char* options :
       {"?internal_resolution=middle", "?internal_resolution=3", "?threshold=2", "?size=1"}) {
    const auto made = make("/nowhere", options);
    ASSERT_FALSE(made) << options;
    EXPECT_EQ(made.error().code, Errc::kRequest) << made.error().what;
  }
  EXPECT_EQ(make("", "").error().code, Errc::kRequest);
}

TEST(BodyPix, SaysWhatIsWrongWithTheFolder) {
  const TestFolder folder;
  const auto refusal = [&] {
    const auto made = make(folder.path(), "");
    EXPECT_FALSE(made);
    EXPECT_EQ(made.error().code, Errc::kSystem);
    EXPECT_NE(made.error().what.find("`scrim models` tells"), std::string::npos);
    return made.error().what;
  };
  EXPECT_NE(refusal().find("needs a model.json"), std::string::npos);
  write_bytes(folder / "model.json", "{}");
  EXPECT_NE(refusal().find("does not describe"), std::string::npos);
  write_bytes(folder / "model.json",
              R"({"modelTopology": {"node": []}, "weightsManifest": [{"paths": ["a.bin"],)"
              R"("weights": []}]})");
  EXPECT_NE(refusal().find("a.bin"), std::string::npos);
}

class BodyPixNetwork : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = shared_file("models/bodypix-mobilenet-050-s16-tfjs");
    if (!folder_) GTEST_SKIP() << "no BodyPix networks: SCRIM_SHARED names their folder";
  }
  std::unique_ptr<Segmenter> open(const std::string& options) {
    auto made = make(*folder_, options);
    EXPECT_TRUE(made) << made.error().what;
    return *std::move(made);
  }
  std::optional<std::string> folder_;
};

TEST_F(BodyPixNetwork, AnswersInThePicturesSize) {
  const auto segmenter = open("");
  for (Size size : {Size{160, 120}, Size{33, 17}, Size{1, 40}, Size{1, 1}}) {
    ASSERT_EQ(segmenter->matte_size(size), size);
    const Image picture = moving_picture(size, 3);
    Matte first(size), again(size);
    EXPECT_TRUE(done(segmenter->segment(picture.view(), whole(size), first.view())));
    EXPECT_TRUE(done(segmenter->segment(picture.view(), whole(size), again.view())));
    EXPECT_TRUE(same(first.view(), again.view()));
  }
}

TEST_F(BodyPixNetwork, SeesNothingOutsideTheRegion) {
  const auto segmenter = open("");
  const Rect region{31, 17, 90, 81};
  Image picture = moving_picture({160, 120}, 3);
  Matte first(picture.size()), again(picture.size());
  ASSERT_TRUE(done(segmenter->segment(picture.view(), region, first.view())));
  fill(picture.view().y.crop({0, 0, 160, 17}), 200);
  fill(picture.view().y.crop({0, 98, 160, 22}), 20);
  fill(picture.view().y.crop({0, 0, 31, 120}), 90);
  fill(picture.view().y.crop({121, 0, 39, 120}), 150);
  ASSERT_TRUE(done(segmenter->segment(picture.view(), region, again.view())));
  EXPECT_TRUE(same(first.view(), again.view()));
}

TEST_F(BodyPixNetwork, AThresholdMakesAMask) {
  const Image picture = moving_picture({160, 120}, 3);
  Matte probabilities(picture.size()), mask(picture.size());
  ASSERT_TRUE(done(open("")->segment(picture.view(), whole(picture.size()), probabilities.view())));
  const auto masking = open("?threshold=0.02&flip=on");
  ASSERT_TRUE(done(masking->segment(picture.view(), whole(picture.size()), mask.view())));
  for (int y = 0; y < 120; ++y)
    for (int x = 0; x < 160; ++x) {
      const int probability = probabilities.view().row(y)[x];
      if (probability == 5) continue;  // on the line
      ASSERT_EQ(mask.view().row(y)[x], probability > 5 ? 255 : 0) << x << ' ' << y;
    }
}

TEST_F(BodyPixNetwork, TakesMemoryForTheFirstPictureOnly) {
  if (!kCountsAllocations) GTEST_SKIP() << "sanitizers bring their own operator new";
  const auto segmenter = open("");
  const Image picture = moving_picture({160, 120}, 3);
  Matte matte(picture.size());
  ASSERT_TRUE(done(segmenter->segment(picture.view(), whole(picture.size()), matte.view())));
  const auto before = allocation_count();
  ASSERT_TRUE(done(segmenter->segment(picture.view(), {10, 7, 100, 90}, matte.view())));
  ASSERT_TRUE(done(segmenter->segment(picture.view(), whole(picture.size()), matte.view())));
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace scrim
