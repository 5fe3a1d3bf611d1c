#include "session/viewfinder.h"

#include <gtest/gtest.h>

#include <thread>

#include "image/convert.h"

namespace scrim {
namespace {

constexpr Size kSize{16, 8};

/// One of each, plain.
struct Scenery {
  Scenery() {
    fill(camera.view(), Yuv{50, 128, 128});
    fill(picture.view(), Yuv{200, 90, 160});
    fill(matte.view(), 255);
  }
  Shot shot() const { return {camera.view(), picture.view(), matte.view(), Clock::now()}; }
  Image camera{kSize}, picture{kSize};
  Matte matte{kSize};
};

TEST(Viewfinder, ShowsWhatIsAskedFor) {
  Viewfinder finder;
  const auto sink = finder.make_sink(kSize);
  const Scenery scenery;
  std::jthread running([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) EXPECT_TRUE(sink->write(scenery.shot()));
  });
  Image out({8, 4});
  const auto shown = [&](Viewfinder::View view) {
    EXPECT_TRUE(finder.take(view, Clock::now() + std::chrono::seconds(60), out.view()));
    return Yuv{out.view().y.data[0], out.view().u.data[0], out.view().v.data[0]};
  };
  EXPECT_EQ(shown(Viewfinder::View::kOutput), (Yuv{200, 90, 160}));
  EXPECT_EQ(shown(Viewfinder::View::kCamera), (Yuv{50, 128, 128}));
  EXPECT_EQ(shown(Viewfinder::View::kMatte), (Yuv{235, 128, 128}));
}

TEST(Viewfinder, WatchesWhileSomebodyAsks) {
  Viewfinder finder;
  const auto sink = finder.make_sink(kSize);
  EXPECT_FALSE(sink->watched());
  Image out({8, 4});
  EXPECT_FALSE(finder.take(Viewfinder::View::kOutput, Clock::now(), out.view()));
  EXPECT_TRUE(sink->watched());
  EXPECT_TRUE(sink->write(Scenery().shot()));  // to nobody: they have gone
}

TEST(Viewfinder, RingsWhenSomebodyAsks) {
  Viewfinder finder;
  Image out({8, 4});
  auto sink = finder.make_sink(kSize);
  int rung = 0;
  sink->when_visited([&] { ++rung; });
  EXPECT_FALSE(finder.take(Viewfinder::View::kOutput, Clock::now(), out.view()));
  EXPECT_EQ(rung, 1);
  sink.reset();
  EXPECT_FALSE(finder.take(Viewfinder::View::kOutput, Clock::now(), out.view()));
  EXPECT_EQ(rung, 1) << "nobody hears it any more";
}

}  // namespace
}  // namespace scrim
