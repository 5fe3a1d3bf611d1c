#include <gtest/gtest.h>

#include <cstdlib>

#include "network/model.h"
#include "segmenters/segmenter.h"
#include "support/media.h"

namespace scrim {
namespace {

Expected<std::unique_ptr<Segmenter>> make(const std::string& text) {
  return make_segmenter(*parse_spec(text));
}

Image grey(Size size) {
  Image image(size);
  fill(image.view().y, 120);
  fill(image.view().u, 128);
  fill(image.view().v, 128);
  return image;
}

TEST(Segmenters, UnknownOnesAreTheRequestsFault) {
  for (const char* text : {"persn", "person?model=selfy", "oval?x=7", "person?size=3"}) {
    const auto made = make(text);
    ASSERT_FALSE(made) << text;
    EXPECT_EQ(made.error().code, Errc::kRequest) << made.error().what;
  }
}

TEST(Segmenters, TheOvalLiesWhereItIsTold) {
  const auto oval = make("oval?x=0.25&y=0.5&width=0.2&height=0.5");
  ASSERT_TRUE(oval) << oval.error().what;
  const Image picture = grey({200, 100});
  Matte matte((*oval)->matte_size({200, 100}));
  ASSERT_TRUE((*oval)->segment(picture.view(), whole(picture.size()), matte.view()));
  EXPECT_EQ(matte.view().row(32)[16], 255);
  EXPECT_EQ(matte.view().row(32)[32], 0);
  EXPECT_EQ(matte.view().row(4)[16], 0);
  // The same oval, seen through a region of which it is the middle.
  ASSERT_TRUE((*oval)->segment(picture.view(), {0, 0, 100, 100}, matte.view()));
  EXPECT_EQ(matte.view().row(32)[32], 255);
  EXPECT_EQ(matte.view().row(32)[4], 0);
}

class Person : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto model = find_model(GetParam());
    ASSERT_TRUE(model) << model.error().what;
    if (!std::filesystem::exists(model->file))
      GTEST_SKIP() << "the networks are not fetched: run `npm ci` in models/";
    auto made = make("person?model=" + GetParam());
    ASSERT_TRUE(made) << made.error().what;
    person_ = *std::move(made);
  }
  std::unique_ptr<Segmenter> person_;
};

TEST_P(Person, FindsNobodyInGrey) {
  Matte matte(person_->matte_size({}));
  for (Size size : {Size{1280, 720}, Size{33, 17}, Size{1, 1}}) {
    const Image picture = grey(size);
    fill(matte.view(), 77);
    ASSERT_TRUE(person_->segment(picture.view(), whole(size), matte.view()));
    int above = 0;
    for (int y = 0; y < matte.size().height; ++y)
      for (int x = 0; x < matte.size().width; ++x) above += matte.view().row(y)[x] > 127;
    EXPECT_LT(above, matte.size().width * matte.size().height / 100) << size.width;
  }
}

TEST_P(Person, IsStateless) {
  const Image picture = moving_picture({320, 240}, 3);
  const Image other = moving_picture({640, 480}, 9);
  Matte first(person_->matte_size({})), between(person_->matte_size({})),
      again(person_->matte_size({}));
  ASSERT_TRUE(person_->segment(picture.view(), {16, 8, 200, 180}, first.view()));
  ASSERT_TRUE(person_->segment(other.view(), whole(other.size()), between.view()));
  ASSERT_TRUE(person_->segment(picture.view(), {16, 8, 200, 180}, again.view()));
  EXPECT_TRUE(same(first.view(), again.view()));
}

INSTANTIATE_TEST_SUITE_P(All, Person, testing::Values("selfie", "selfie_landscape"),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace scrim
