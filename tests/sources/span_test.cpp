#include "sources/span.h"

#include <gtest/gtest.h>

#include "support/fakes.h"

namespace scrim {
namespace {

/// The seconds at which the span gives pictures, until it ends.
std::vector<double> times(Span span) {
  Image picture(span.size());
  std::vector<double> seconds;
  while (auto read = span.read(picture.view())) seconds.push_back(seconds_since_start(*read));
  return seconds;
}

std::unique_ptr<Source> ten_frames() {
  return std::make_unique<CountingSource>(Size{16, 16}, 10, 10);
}

TEST(Span, WithoutLimitsIsTheWhole) {
  EXPECT_EQ(times(Span(ten_frames(), 0, {})).size(), 10u);
}

TEST(Span, CutsBothEndsAndStartsItsTimesAnew) {
  const auto seconds = times(Span(ten_frames(), 0.25, 0.65));
  ASSERT_EQ(seconds.size(), 4u);
  EXPECT_NEAR(seconds[0], 0.05, 1e-6);
  EXPECT_NEAR(seconds[3], 0.35, 1e-6);
}

TEST(Span, TheEndItselfIsOutside) {
  EXPECT_EQ(times(Span(ten_frames(), 0, 0.3)).size(), 3u);
}

TEST(Span, BeyondTheEndIsEmpty) {
  EXPECT_TRUE(times(Span(ten_frames(), 5, {})).empty());
}

TEST(Span, SeeksWhereTheWholeCan) {
  const Spec pattern{"pattern", "", {{"seconds", "3"}}};
  const SourceRequest request{.size = Size{64, 48}, .fps = 7, .pacing = Pacing::kOffline};
  Span span(*open_source(pattern, request), 0.5, 2.5);
  Image picture({64, 48});
  std::vector<Clock::time_point> moments;
  while (const auto at = span.read(picture.view())) moments.push_back(*at);
  ASSERT_EQ(moments.size(), 14u);
  for (const std::size_t k : {13, 5, 6, 0}) {
    EXPECT_TRUE(span.seek(moments[k]).value());
    EXPECT_EQ(span.read(picture.view()).value(), moments[k]);
  }
  EXPECT_FALSE(Span(ten_frames(), 0, {}).seek(kStart).value());
}

TEST(Span, PassesFailuresOn) {
  auto source = std::make_unique<CountingSource>(Size{16, 16}, 10, 10);
  source->fail_at = 2;
  Span span(std::move(source), 0, {});
  Image picture({16, 16});
  EXPECT_TRUE(span.read(picture.view()));
  EXPECT_TRUE(span.read(picture.view()));
  EXPECT_EQ(span.read(picture.view()).error().what, "the source broke");
}

}  // namespace
}  // namespace scrim
