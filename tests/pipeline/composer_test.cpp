#include "pipeline/composer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/convert.h"

namespace scrim {
namespace {

using testing::HasSubstr;
constexpr Size kSize{48, 32};

/// A grey camera picture with a bright left half; the person is the right half.
struct Moment {
  Image camera{kSize}, out{kSize}, person{kSize};
  Matte matte{kSize};
  ConstPlane composed_matte;
  Clock::time_point now = kStart;
  Stats stats;

  Moment() {
    fill(camera.view(), Yuv{100, 128, 128});
    fill(camera.view().y.crop({0, 0, 24, 32}), 200);
    fill(matte.view(), 0);
    fill(matte.view().crop({24, 0, 24, 32}), 255);
  }

  /// Dark, in the room.
  void hang_up_a_picture() { fill(camera.view().y.crop({8, 0, 4, 32}), 40); }

  ConstImageView compose(Composer& composer) {
    composed_matte = composer.compose(std::as_const(camera).view(), std::as_const(matte).view(),
                                      now, {out.view(), person.view()}, stats);
    now += std::chrono::milliseconds(33);
    return std::as_const(out).view();
  }
};

Look look_of(const char* background, const char* person = "", const char* picture = "") {
  return {*parse_chain(background), *parse_chain(person), *parse_chain(picture)};
}

Composer made(const Look& look) {
  auto composer = Composer::make(look, kSize);
  EXPECT_TRUE(composer.has_value());
  return *std::move(composer);
}

std::string error_of(const Look& look) {
  auto ok = check(look);
  if (ok) return "";
  EXPECT_EQ(ok.error().code, Errc::kRequest);
  return ok.error().what;
}

TEST(Composer, PutsThePersonBeforeTheBackground) {
  Composer composer = made(look_of("colour:000000"));
  Moment moment;
  const auto out = moment.compose(composer);
  EXPECT_EQ(out.y.row(5)[3], 16);
  EXPECT_EQ(out.y.row(5)[40], 100);
}

TEST(Composer, AnEffectAloneWorksOnTheRoom) {
  Moment moment;
  moment.hang_up_a_picture();
  Composer spelled = made(look_of("room,blur?radius=200"));
  Composer brief = made(look_of("blur?radius=200"));
  const int soft = moment.compose(spelled).y.row(5)[9];
  EXPECT_GT(soft, 60) << "the room is never sharp";
  EXPECT_LT(soft, 200);
  EXPECT_EQ(moment.compose(brief).y.row(5)[9], soft);
}

TEST(Composer, WithoutABackgroundTheRoomIsBlurred) {
  Moment moment;
  moment.hang_up_a_picture();
  Composer usual = made({});
  EXPECT_GT(moment.compose(usual).y.row(5)[9], 50) << "it is 40 as it is";
}

TEST(Composer, PersonEffectsCarryTheMatteAlong) {
  Composer composer = made(look_of("colour:000000", "mirror"));
  Moment moment;
  const auto out = moment.compose(composer);
  EXPECT_EQ(out.y.row(5)[3], 100) << "the person moved to the left";
  EXPECT_EQ(out.y.row(5)[40], 16);
}

TEST(Composer, PictureEffectsWorkOnEverything) {
  Composer composer = made(look_of("colour:ffffff", "", "mirror"));
  Moment moment;
  const auto out = moment.compose(composer);
  EXPECT_EQ(out.y.row(5)[3], 100);
  EXPECT_EQ(out.y.row(5)[40], 235);
}

TEST(Composer, GivesTheMatteOfTheFinishedPicture) {
  const struct {
    const char *person, *picture;
    int left;
  } cases[] = {{"", "", 0}, {"mirror", "", 255}, {"", "mirror", 255}, {"mirror", "mirror", 0}};
  for (const auto& [person, picture, left] : cases) {
    Composer composer = made(look_of("colour:000000,blur", person, picture));
    Moment moment;
    moment.compose(composer);
    EXPECT_EQ(moment.composed_matte.row(5)[3], left) << person << " / " << picture;
    EXPECT_EQ(moment.composed_matte.row(5)[40], 255 - left) << person << " / " << picture;
    EXPECT_EQ(moment.matte.view().row(5)[3], 0) << "the camera's own stays as it is";
  }
}

TEST(Composer, GivesThePersonUnblended) {
  for (const char* picture : {"", "mirror"}) {
    Composer composer = made(look_of("colour:000000", "", picture));
    Moment moment;
    fill(moment.matte.view(), 128);
    const auto out = moment.compose(composer);
    const int x = *picture ? 40 : 3;
    EXPECT_LT(out.y.row(5)[x], 120) << "the bright half, before black";
    EXPECT_EQ(std::as_const(moment.person).view().y.row(5)[x], 200);
    EXPECT_EQ(moment.composed_matte.row(5)[x], 128);
  }
}

TEST(Composer, EffectsOnTheBackgroundDoNotPileUp) {
  Composer composer = made(look_of("colour:ffffff,blur"));
  Moment moment;
  moment.compose(composer);
  EXPECT_EQ(moment.compose(composer).y.row(5)[3], 235);
}

/// Composes with one look, then with another that has adopted the first: what the second makes of a
/// room that has become a little brighter.
int seen_after_change(const Look& first, const Look& second) {
  Moment moment;
  Composer before = made(first), after = made(second);
  for (int i = 0; i < 20; ++i) moment.compose(before);
  after.adopt(before);
  fill(moment.camera.view().y, 102);
  return moment.compose(after).y.row(5)[40];
}

TEST(Composer, AnEffectWhoseSpecDidNotChangeKeepsItsState) {
  const auto with = [](const char* effects) { return look_of("room", "", effects); };
  const int kept = seen_after_change(with("denoise"), with("denoise"));
  EXPECT_LT(kept, 102) << "it still knows the room of before";
  EXPECT_EQ(seen_after_change(with("denoise"), with("vignette?strength=0,denoise")), kept);
  EXPECT_EQ(seen_after_change(with("denoise,denoise"), with("denoise")), kept);
  EXPECT_EQ(seen_after_change(with(""), with("denoise")), 102);
  EXPECT_EQ(seen_after_change(with("denoise?strength=0.9"), with("denoise")), 102);
}

TEST(Composer, ABackgroundWhoseSpecDidNotChangeGoesOn) {
  Moment moment;
  Composer before = made(look_of("colour:white")), after = made(look_of("colour:white,grey"));
  moment.compose(before);
  after.adopt(before);
  EXPECT_EQ(moment.compose(after).y.row(5)[3], 235);
}

TEST(Composer, SaysWhatIsWrong) {
  EXPECT_THAT(error_of(look_of("blurr")), HasSubstr("did you mean 'blur'?"));
  EXPECT_THAT(error_of(look_of("colour")), HasSubstr("needs an argument"));
  EXPECT_THAT(error_of(look_of("room,blur?radius=banana")), HasSubstr("a number from 0 to"));
  EXPECT_THAT(error_of(look_of("room", "nosuch")), HasSubstr("--person"));
  EXPECT_THAT(error_of(look_of("room", "", "miror")), HasSubstr("did you mean 'mirror'?"));
  EXPECT_EQ(error_of(look_of("room,blur", "mirror", "blur")), "");
}

}  // namespace
}  // namespace scrim
