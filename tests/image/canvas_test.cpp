#include "image/canvas.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "image/convert.h"
#include "support/planes.h"

namespace scrim {
namespace {

const Colour kWhite = rgb(0xffffff);

/// A matte of what a path covers, on a black picture.
struct Sheet {
  Image picture;
  Matte matte;
  Canvas canvas;

  explicit Sheet(Size size) : picture(size), matte(size), canvas(size) {
    fill(picture.view(), Yuv{16, 128, 128});
    fill(matte.view(), 0);
    canvas.aim(picture.view(), matte.view());
  }
  int at(int x, int y) const { return matte.view().row(y)[x]; }
  double covered() const {
    double sum = 0;
    for (int y = 0; y < matte.size().height; ++y)
      for (int x = 0; x < matte.size().width; ++x) sum += at(x, y);
    return sum / 255;
  }
};

/// The slow, obvious twin: counts points inside, 32x32 to a pixel. Non-zero winding.
int winding(const std::vector<Point>& ring, Point p) {
  int count = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i], b = ring[(i + 1) % ring.size()];
    if ((a.y <= p.y) == (b.y <= p.y)) continue;
    if (a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) > p.x) count += a.y < b.y ? 1 : -1;
  }
  return count;
}

double counted(const std::vector<Point>& ring, int x, int y) {
  constexpr int kSteps = 32;
  int inside = 0;
  for (int j = 0; j < kSteps; ++j)
    for (int i = 0; i < kSteps; ++i)
      inside += winding(ring, {x + (i + 0.5) / kSteps, y + (j + 0.5) / kSteps}) != 0;
  return 255.0 * inside / (kSteps * kSteps);
}

TEST(Canvas, CoversTrianglesAsACountOfPointsDoes) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> place(-8, 33);
  for (int round = 0; round < 30; ++round) {
    const std::vector<Point> ring{{place(random), place(random)},
                                  {place(random), place(random)},
                                  {place(random), place(random)}};
    Sheet sheet({25, 21});
    sheet.canvas.fill(sheet.canvas.shape().polygon(std::span(ring)), {flat(kWhite)});
    for (int y = 0; y < 21; ++y)
      for (int x = 0; x < 25; ++x) ASSERT_NEAR(sheet.at(x, y), counted(ring, x, y), 7) << x << y;
  }
}

TEST(Canvas, ABoxCoversPartsOfPixelsExactly) {
  Sheet sheet({8, 8});
  sheet.canvas.fill(sheet.canvas.shape().box({1.25, 2.5}, {5, 6}), {flat(kWhite)});
  EXPECT_EQ(sheet.at(0, 3), 0);
  EXPECT_NEAR(sheet.at(1, 3), 0.75 * 255, 1);
  EXPECT_EQ(sheet.at(2, 3), 255);
  EXPECT_NEAR(sheet.at(2, 2), 0.5 * 255, 1);
  EXPECT_NEAR(sheet.at(1, 2), 0.375 * 255, 1);
  EXPECT_EQ(sheet.at(5, 3), 0);
}

TEST(Canvas, RingsUniteWhicheverWayTheyWind) {
  Sheet sheet({16, 16});
  sheet.canvas.fill(sheet.canvas.shape()
                        .polygon({{2, 2}, {10, 2}, {10, 10}, {2, 10}})
                        .polygon({{6, 6}, {6, 14}, {14, 14}, {14, 6}}),
                    {flat(kWhite)});
  EXPECT_EQ(sheet.at(8, 8), 255);
  EXPECT_EQ(sheet.at(12, 12), 255);
  EXPECT_NEAR(sheet.covered(), 64 + 64 - 16, 0.01);
}

TEST(Canvas, RoundShapesHaveTheirArea) {
  Sheet sheet({100, 100});
  sheet.canvas.fill(sheet.canvas.shape().ellipse({50, 50}, 40, 25, 0.1), {flat(kWhite)});
  EXPECT_NEAR(sheet.covered(), std::numbers::pi * 40 * 25, 8);
  Sheet ribbon({100, 100});
  ribbon.canvas.fill(ribbon.canvas.shape().ribbon({{20, 50}, {50, 50}, {80, 50}}, {20, 20, 20}),
                     {flat(kWhite)});
  EXPECT_NEAR(ribbon.covered(), 60 * 20 + std::numbers::pi * 100, 8);
}

TEST(Canvas, FlatPaintIsItsColourAndLeavesTheRestAlone) {
  Sheet sheet({16, 16});
  sheet.canvas.fill(sheet.canvas.shape().box({4, 4}, {12, 12}), {flat({100, 90, 200})});
  EXPECT_EQ(sheet.picture.view().y.row(7)[7], 100);
  EXPECT_EQ(sheet.picture.view().u.row(3)[3], 90);
  EXPECT_EQ(sheet.picture.view().v.row(3)[3], 200);
  EXPECT_EQ(sheet.picture.view().y.row(3)[7], 16);
  EXPECT_EQ(sheet.picture.view().u.row(1)[3], 128);
}

TEST(Canvas, PaintsFollowThePlace) {
  Sheet sheet({64, 64});
  sheet.canvas.place(scaled(2, 2));
  sheet.canvas.fill(sheet.canvas.shape().box({0, 0}, {32, 32}),
                    {linear({8, 0}, {50, 128, 128}, {24, 0}, {150, 128, 128}),
                     glow({235, 128, 128}, 1, {16, 24}, 6, 4)});
  const ConstPlane luma = std::as_const(sheet.picture).view().y;
  EXPECT_EQ(luma.row(4)[3], 50);
  EXPECT_NEAR(luma.row(4)[32], 100, 3);
  EXPECT_EQ(luma.row(4)[60], 150);
  EXPECT_GT(luma.row(48)[32], 225);
  EXPECT_NEAR(luma.row(58)[32], 100, 3) << "outside of the glow";
}

TEST(Canvas, ColoursAreThoseOfTheConversion) {
  for (const std::uint32_t hex : {0x000000u, 0xffffffu, 0xff0000u, 0x12ab9fu, 0x0000ffu}) {
    const auto byte = [hex](int shift) { return static_cast<std::uint8_t>(hex >> shift & 255); };
    const Yuv exact = rgb_to_internal({byte(16), byte(8), byte(0)});
    const Colour colour = rgb(hex);
    EXPECT_NEAR(colour.y, exact.y, 0.51);
    EXPECT_NEAR(colour.u, exact.u, 0.51);
    EXPECT_NEAR(colour.v, exact.v, 0.51);
  }
}

TEST(Canvas, WritesOnlyIntoItsPicture) {
  for (const Size size : awkward_sizes()) {
    GuardedImage picture(size);
    GuardedPlane matte(size);
    Canvas canvas(size);
    canvas.aim(picture.view(), matte.view());
    for (const double reach : {0.3, 5.0, 400.0, 1e9})
      canvas.fill(
          canvas.shape().ellipse({size.width / 2.0, 3}, reach, reach).box({-reach, 1}, {2, reach}),
          {linear({0, 0}, kWhite, {9, 4}, rgb(0x123456)), fade(kWhite, {0, 0}, 0, {3, 3}, 1),
           glow(kWhite, 1, {1, 1}, reach, 2), disc(kWhite, 0.5, {1, 1}, 0, 0)});
    EXPECT_TRUE(picture.intact() && matte.intact()) << size.width << "x" << size.height;
  }
}

TEST(Path, SineIsTheSine) {
  for (double turns = -2.3; turns < 2.3; turns += 0.01) {
    EXPECT_NEAR(sine(turns), std::sin(turns * 2 * std::numbers::pi), 1e-7);
    EXPECT_NEAR(cosine(turns), std::cos(turns * 2 * std::numbers::pi), 1e-7);
  }
}

TEST(Path, TransformsComposeAndInvert) {
  const Transform t = moved(3, 4) * turned(0.13, {5, 6}) * scaled(2, 0.5);
  const Point p = (t * t.inverse())({7, -9});
  EXPECT_NEAR(p.x, 7, 1e-9);
  EXPECT_NEAR(p.y, -9, 1e-9);
  const Point quarter = turned(0.25)({1, 0});
  EXPECT_NEAR(quarter.x, 0, 1e-7);
  EXPECT_NEAR(quarter.y, 1, 1e-7) << "clockwise as seen: y points down";
}

TEST(Path, ACornerWrittenTwiceStaysSharp) {
  Path path;
  path.smooth({{0, 0}, {0, 0}, {10, 0}, {10, 0}, {5, 8}});
  double lowest = 0;
  for (const Point p : path.ring(0)) lowest = std::min({lowest, p.x, p.y});
  EXPECT_GT(lowest, -1.5);
}

TEST(Chance, IsEvenAndRepeats) {
  double sum = 0;
  for (int i = 0; i < 1000; ++i) {
    const double c = chance(3, i);
    ASSERT_GE(c, 0);
    ASSERT_LT(c, 1);
    ASSERT_EQ(c, chance(3, i));
    sum += c;
  }
  EXPECT_NEAR(sum / 1000, 0.5, 0.05);
}

}  // namespace
}  // namespace scrim
