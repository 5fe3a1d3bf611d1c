#include "matte/cleaning.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

struct Page {
  Matte matte{{320, 180}};
  Page() { fill(matte.view(), 0); }
  Page& paint(Rect where, int value) {
    fill(matte.view().crop(where), static_cast<std::uint8_t>(value));
    return *this;
  }
  int cleaned_at(int x, int y) {
    Cleaning().apply(matte.view());
    return matte.view().row(y)[x];
  }
};

constexpr Rect kPerson{100, 40, 120, 140};

TEST(Cleaning, KeepsAPersonAndTheSoftEdge) {
  EXPECT_EQ(Page().paint({98, 38, 124, 142}, 90).paint(kPerson, 255).cleaned_at(150, 100), 255);
  EXPECT_EQ(Page().paint({98, 38, 124, 142}, 90).paint(kPerson, 255).cleaned_at(99, 100), 90);
}

TEST(Cleaning, DropsSpecksWithTheirRims) {
  Page page;
  page.paint(kPerson, 255).paint({20, 20, 14, 14}, 60).paint({22, 22, 10, 10}, 200);
  EXPECT_EQ(page.cleaned_at(25, 25), 0);
  EXPECT_EQ(page.matte.view().row(21)[21], 0);
  EXPECT_EQ(page.matte.view().row(100)[150], 255);
}

TEST(Cleaning, KeepsASecondPerson) {
  EXPECT_EQ(Page().paint(kPerson, 255).paint({20, 60, 40, 120}, 255).cleaned_at(30, 100), 255);
}

TEST(Cleaning, NothingOfAPersonsSizeIsNobody) {
  EXPECT_EQ(Page().paint({20, 20, 30, 30}, 255).cleaned_at(30, 30), 0);
}

TEST(Cleaning, ClosesSmallGapsWithinThePerson) {
  EXPECT_EQ(Page().paint(kPerson, 255).paint({150, 90, 12, 12}, 20).cleaned_at(155, 95), 255);
}

TEST(Cleaning, LeavesLargeGapsAndThoseAtTheBorder) {
  EXPECT_EQ(Page().paint(kPerson, 255).paint({140, 90, 30, 30}, 0).cleaned_at(150, 100), 0);
  EXPECT_EQ(Page().paint(kPerson, 255).paint({150, 170, 10, 10}, 0).cleaned_at(155, 179), 0);
}

TEST(Cleaning, WhatLiesWellInsideIsSolid) {
  EXPECT_EQ(Page().paint(kPerson, 180).cleaned_at(150, 100), 255);
  EXPECT_EQ(Page().paint(kPerson, 180).cleaned_at(102, 100), 180) << "near the edge it stays";
}

}  // namespace
}  // namespace scrim
