#include "matte/edge_colour.h"

#include <gtest/gtest.h>

#include "image/convert.h"
#include "image/kernels.h"
#include "support/planes.h"

namespace scrim {
namespace {

constexpr Yuv kWall{180, 100, 140};
constexpr Yuv kHair{50, 130, 125};

std::uint8_t mixed(int a, int b, int cover) {
  return static_cast<std::uint8_t>((a * cover + b * (255 - cover) + 127) / 255);
}

/// A person of kHair at the right of a kWall, with a soft edge 12 pixels wide between them.
struct Portrait {
  explicit Portrait(Size size) : picture(size), matte(size) {
    const int middle = size.width / 2;
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        matte.view().row(y)[x] =
            static_cast<std::uint8_t>(std::clamp((x - middle + 6) * 255 / 12, 0, 255));
    Image wall(size);
    fill(picture.view(), kHair);
    fill(wall.view(), kWall);
    blend(std::as_const(picture).view(), std::as_const(wall).view(), matte.view(), picture.view());
  }
  ConstImageView seen() const { return picture.view(); }

  Image picture;
  Matte matte;
};

int at(ConstPlane plane, int x, int y) {
  return plane.row(y)[x];
}

/// What is seen, with the edge's colours mended.
Image mended(ConstImageView seen, ConstPlane matte) {
  Image out(seen.size());
  copy(seen, out.view());
  EdgeColour edge;
  edge.see(seen, matte);
  edge.apply(seen, matte, EdgeColour::Share::kWhole, out.view());
  return out;
}

TEST(EdgeColour, GivesTheSoftBandThePersonsOwnColour) {
  const Portrait portrait({96, 64});
  Image out = mended(portrait.seen(), portrait.matte.view());
  for (int x = 44; x < 54; ++x) {
    EXPECT_NEAR(at(out.view().y, x, 30), kHair.y, 3) << x;
    EXPECT_NEAR(at(out.view().u, x / 2, 15), kHair.u, 3) << x;
    EXPECT_NEAR(at(out.view().v, x / 2, 15), kHair.v, 3) << x;
  }
}

TEST(EdgeColour, MendsWhatWasBlendedAlready) {
  const Size size{96, 64};
  const Portrait portrait(size);
  Image screen(size), out(size);
  fill(screen.view(), Yuv{90, 60, 60});
  blend(portrait.seen(), std::as_const(screen).view(), portrait.matte.view(), out.view());
  EdgeColour edge;
  edge.see(portrait.seen(), portrait.matte.view());
  edge.apply(portrait.seen(), portrait.matte.view(), EdgeColour::Share::kByMatte, out.view());
  for (int x = 42; x < 56; ++x)
    EXPECT_NEAR(at(out.view().y, x, 30), mixed(kHair.y, 90, at(portrait.matte.view(), x, 30)), 4);
}

TEST(EdgeColour, LeavesWhatIsOpaqueOrNobody) {
  const Portrait portrait({96, 64});
  Image out = mended(portrait.seen(), portrait.matte.view());
  for (const auto& [from, to] : {std::pair{0, 40}, std::pair{56, 96}})
    for (int x = from; x < to; ++x)
      EXPECT_EQ(at(out.view().y, x, 30), at(portrait.seen().y, x, 30)) << x;
}

TEST(EdgeColour, LeavesAPersonInWhoseMiddleTheMatteIsWrong) {
  const Size size{96, 64};
  Image picture(size);
  Matte matte(size);
  fill(picture.view(), kHair);
  fill(matte.view(), 255);
  fill(matte.view().crop({32, 16, 32, 32}), 120);
  const auto change = [&] {
    const Image out = mended(std::as_const(picture).view(), matte.view());
    return largest_difference(std::as_const(picture).view(), out.view());
  };
  EXPECT_EQ(change(), 0) << "no room is near";
  fill(matte.view().crop({40, 24, 16, 16}), 0);
  EXPECT_EQ(change(), 0) << "room and person look alike";
}

TEST(EdgeColour, LeavesColoursThatAreNeitherRoomNorPerson) {
  const Portrait portrait({96, 64});
  Image striped({96, 64});
  copy(portrait.seen(), striped.view());
  fill(striped.view().u.crop({23, 12, 2, 8}), 220);
  Image out = mended(std::as_const(striped).view(), portrait.matte.view());
  EXPECT_EQ(at(out.view().u, 23, 15), 220);
  EXPECT_EQ(at(out.view().y, 47, 30), at(striped.view().y, 47, 30));
}

TEST(EdgeColour, StaysWithinPicturesOfAnySize) {
  EdgeColour edge;
  for (const Size size : awkward_sizes()) {
    GuardedImage picture(size), out(size);
    GuardedPlane matte(size);
    fill_with_noise(picture.view(), 1);
    fill_with_noise(matte.view(), 2);
    fill(matte.view().crop({0, 0, size.width / 2, size.height}), 0);
    copy(picture.view(), out.view());
    edge.see(picture.view(), matte.view());
    edge.apply(picture.view(), matte.view(), EdgeColour::Share::kWhole, out.view());
    EXPECT_TRUE(out.intact() && picture.intact() && matte.intact()) << size.width;
  }
}

}  // namespace
}  // namespace scrim
