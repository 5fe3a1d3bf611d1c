#include "sources/pattern.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sources/source.h"
#include "support/planes.h"

namespace scrim {
namespace {

constexpr Size kSize{640, 360};

Yuv at(ConstImageView image, int x, int y) {
  return {image.y.row(y)[x], image.u.row(y / 2)[x / 2], image.v.row(y / 2)[x / 2]};
}

bool holds_only(ConstImageView image, Rect r, Yuv colour) {
  for (int y = r.y; y < r.y + r.height; ++y)
    for (int x = r.x; x < r.x + r.width; ++x)
      if (at(image, x, y) != colour) return false;
  return true;
}

std::unique_ptr<Source> opened(const std::string& spec, SourceRequest request) {
  auto source = open_source(parse_spec(spec).value(), request);
  EXPECT_TRUE(source.has_value());
  return *std::move(source);
}

TEST(Pattern, BarsAndBoxHaveTheirExactColours) {
  Image image(kSize);
  draw_pattern(1.3, image.view());
  for (int bar = 0; bar < 8; ++bar)
    EXPECT_TRUE(holds_only(image.view(), pattern_bar(kSize, bar),
                           kPatternBars[static_cast<std::size_t>(bar)]))
        << bar;
  EXPECT_TRUE(holds_only(image.view(), pattern_box(kSize, 1.3), kPatternBox));
  EXPECT_EQ(at(image.view(), kSize.width - 1, kSize.height - 1), kPatternField);
}

TEST(Pattern, TheRampRunsFromBlackToWhite) {
  Image image(kSize);
  draw_pattern(0, image.view());
  const Rect ramp = pattern_ramp(kSize);
  const std::uint8_t* row = image.view().y.row(ramp.y + ramp.height - 1);
  EXPECT_EQ(row[0], 16);
  EXPECT_EQ(row[kSize.width - 1], 235);
  for (int x = 0; x < kSize.width; ++x) EXPECT_EQ(row[x], pattern_ramp_luma(kSize.width, x));
}

TEST(Pattern, TheBoxMoves) {
  EXPECT_EQ(pattern_box(kSize, 0).x, 0);
  EXPECT_GT(pattern_box(kSize, 2).x, pattern_box(kSize, 1).x);
  EXPECT_EQ(pattern_box(kSize, 5), pattern_box(kSize, 1));
}

TEST(Pattern, FillsPicturesOfAnySizeAndNothingElse) {
  for (const Size size : awkward_sizes()) {
    GuardedImage image(size);
    fill(image.view(), {1, 1, 1});
    draw_pattern(2.7, image.view());
    EXPECT_TRUE(image.intact()) << size.width << "x" << size.height;
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        ASSERT_NE(at(image.view(), x, y).u, 1) << size.width << "x" << size.height;
  }
}

TEST(PatternSource, OfflineGivesEveryFrameAtItsTimeUntilTheEnd) {
  const auto source = opened("pattern?seconds=2",
                             {.size = kSize, .fps = 30000.0 / 1001, .pacing = Pacing::kOffline});
  EXPECT_EQ(source->size(), kSize);
  Image image(kSize), expected(kSize);
  int frames = 0;
  for (;; ++frames) {
    const auto moment = source->read(image.view());
    if (!moment) {
      EXPECT_EQ(moment.error().code, Errc::kEndOfStream);
      break;
    }
    ASSERT_EQ(*moment, at_seconds(frames / (30000.0 / 1001)));
    draw_pattern(seconds_since_start(*moment), expected.view());
    ASSERT_EQ(largest_difference(image.view(), expected.view()), 0);
  }
  EXPECT_EQ(frames, 60);
}

TEST(PatternSource, WithoutAnEndItGoesOn) {
  const Size small{16, 16};
  const auto source =
      opened("pattern?seconds=0", {.size = small, .fps = 1, .pacing = Pacing::kOffline});
  Image image(small);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(source->read(image.view()), at_seconds(i));
}

TEST(PatternSource, LiveBeatsLieOnOneGridAndNeverInTheFuture) {
  const Size small{16, 16};
  constexpr double kFps = 200;
  const auto source = opened("pattern", {.size = small, .fps = kFps});
  Image image(small);
  const auto first = source->read(image.view()).value();
  auto last = first - Clock::duration(1);
  for (int i = 0; i < 8; ++i) {
    const auto moment = source->read(image.view()).value();
    EXPECT_GT(moment, last);
    EXPECT_LE(moment, Clock::now());
    const double beats = Seconds(moment - first).count() * kFps;
    EXPECT_NEAR(beats, std::round(beats), 1e-6);
    last = moment;
  }
}

TEST(PatternSource, ALiveBeatFartherThanASecondIsATimeout) {
  const Size small{16, 16};
  const auto source = opened("pattern", {.size = small, .fps = 0.01});
  Image image(small);
  EXPECT_TRUE(source->read(image.view()).has_value()) << "the first one is at once";
  EXPECT_EQ(source->read(image.view()).error().code, Errc::kTimeout);
}

}  // namespace
}  // namespace scrim
