#include "pipeline/span_mattes.h"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "image/scale.h"
#include "pipeline/foresight.h"
#include "sources/source.h"
#include "support/fakes.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
constexpr Size kSize{64, 48};
constexpr double kFps = 6;

/// Takes what is bright for a person; answers for a region what is seen in it.
class LumaSegmenter : public Segmenter {
 public:
  Size matte_size(Size) const override { return {16, 16}; }
  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    scale(picture.y.crop(region), out);
    return {};
  }
};

/// A bright block in a dark room, which wanders and flickers; `times` are those of its pictures.
class BlockSource : public Source {
 public:
  explicit BlockSource(std::vector<double> times) : times_(std::move(times)) {}
  Size size() const override { return kSize; }
  double fps() const override { return kFps; }
  Expected<Clock::time_point> read(ImageView out) override {
    if (next_ == times_.size()) return fail(Errc::kEndOfStream, "the end");
    const double at = times_[next_] + late;
    const auto i = static_cast<int>(next_++);
    fill(out, Yuv{static_cast<std::uint8_t>(30 + i * 37 % 11), 128, 128});
    fill(out.y.crop({i * 3 % 24, 8, 30, 40}), static_cast<std::uint8_t>(130 + i * 53 % 90));
    return at_seconds(at);
  }
  Expected<bool> seek(Clock::time_point moment) override {
    next_ = 0;
    while (next_ < times_.size() && at_seconds(times_[next_]) < moment) ++next_;
    return true;
  }

  double late = 0;

 private:
  std::vector<double> times_;
  std::size_t next_ = 0;
};

std::vector<double> evenly(double seconds) {
  std::vector<double> times;
  for (int i = 0; i < seconds * kFps; ++i) times.push_back(i / kFps);
  return times;
}

/// Each matte of all pictures, one after the other; ends with the first error.
Expected<std::vector<std::uint8_t>> all_mattes(SpanMattes& mattes,
                                               const std::vector<double>& times) {
  BlockSource source(times);
  Image picture(kSize);
  Matte matte(kSize);
  std::vector<std::uint8_t> bytes;
  while (const auto at = source.read(picture.view())) {
    auto made = mattes.make(std::as_const(picture).view(), *at, matte.view());
    if (!made) return std::unexpected(made.error());
    for (int y = 0; y < kSize.height; ++y)
      bytes.insert(bytes.end(), matte.view().row(y), matte.view().row(y) + kSize.width);
  }
  return bytes;
}

std::vector<Lookout> lookouts(const std::vector<double>& times, int count, double late = 0) {
  std::vector<Lookout> all;
  for (int i = 0; i < count; ++i)
    all.push_back({[times, late]() -> Expected<std::unique_ptr<Source>> {
                     auto source = std::make_unique<BlockSource>(times);
                     source->late = late;
                     return source;
                   },
                   std::make_unique<LumaSegmenter>()});
  return all;
}

TEST(SpanMattes, AreTheSameHoweverManyWorkersMakeThem) {
  // An uneven rate, too; the last picture is in the fade before a span that never comes.
  auto uneven = evenly(23.9);
  std::erase_if(uneven, [](double t) { return t > 10 && static_cast<int>(t * kFps) % 4 == 1; });
  for (const auto& times : {evenly(18), uneven}) {
    auto alone = in_order({}, std::make_unique<LumaSegmenter>());
    const auto wanted = all_mattes(*alone, times);
    ASSERT_TRUE(wanted.has_value());
    for (const int workers : {1, 2, 3}) {
      auto ahead = foresee({}, lookouts(times, workers));
      const auto mattes = all_mattes(*ahead, times);
      ASSERT_TRUE(mattes.has_value()) << mattes.error().what;
      EXPECT_EQ(*mattes, *wanted) << workers << " workers";
    }
  }
}

TEST(SpanMattes, OfHighEffortAreTheSameHoweverManyWorkersMakeThem) {
  const MatteSettings high{.effort = Effort::kHigh};
  const auto times = evenly(18);
  auto one = foresee(high, lookouts(times, 1)), three = foresee(high, lookouts(times, 3));
  const auto wanted = all_mattes(*one, times);
  ASSERT_TRUE(wanted.has_value());
  EXPECT_EQ(all_mattes(*three, times).value(), *wanted);
}

TEST(SpanMattes, BeginLikeAnyOthers) {
  const auto times = evenly(7);  // within the first span nothing is cut
  auto spans = in_order({}, std::make_unique<LumaSegmenter>());
  const auto mattes = all_mattes(*spans, times);
  ASSERT_TRUE(mattes.has_value());
  BlockSource source(times);
  Image picture(kSize);
  Matte matte(kSize);
  Matting matting;
  LumaSegmenter segmenter;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto at = source.read(picture.view());
    ASSERT_TRUE(matting.make(std::as_const(picture).view(), *at, segmenter, matte.view()));
    EXPECT_EQ(matte.view().row(20)[30], (*mattes)[(i * 48 + 20) * 64 + 30]) << i;
  }
}

TEST(SpanMattes, GoOverSpansWithoutPictures) {
  auto times = evenly(5);
  for (const double t : {1e6, 1e6 + .1, 2e6}) times.push_back(t);
  auto alone = in_order({}, std::make_unique<LumaSegmenter>());
  auto ahead = foresee({}, lookouts(times, 2));
  const auto wanted = all_mattes(*alone, times);
  ASSERT_TRUE(wanted.has_value());
  EXPECT_EQ(all_mattes(*ahead, times).value(), *wanted);
}

TEST(SpanMattes, AreOfThatVeryPictureOrAnError) {
  const auto times = evenly(5);
  auto ahead = foresee({}, lookouts(times, 2, .001));
  const auto mattes = all_mattes(*ahead, times);
  ASSERT_FALSE(mattes.has_value());
  EXPECT_NE(mattes.error().what.find("not the same"), std::string::npos) << mattes.error().what;
}

TEST(SpanMattes, TellWhatTheWorkersFailWith) {
  std::vector<Lookout> blind = lookouts(evenly(5), 1);
  blind[0].open = []() -> Expected<std::unique_ptr<Source>> {
    return fail(Errc::kSystem, "read gone.mp4: No such file or directory");
  };
  auto ahead = foresee({}, std::move(blind));
  const auto mattes = all_mattes(*ahead, evenly(5));
  ASSERT_FALSE(mattes.has_value());
  EXPECT_EQ(mattes.error().what, "read gone.mp4: No such file or directory");
}

TEST(SpanMattes, EndWhileWorkersAreUnderWay) {
  auto ahead = foresee({}, lookouts(evenly(3000), 2));
  EXPECT_TRUE(all_mattes(*ahead, evenly(1)).has_value());
}

/// Blocks in its first picture until it is let go.
class StuckSource : public BlockSource {
 public:
  StuckSource(std::latch& reading, std::latch& let)
      : BlockSource({0}), reading_(reading), let_(let) {}
  Expected<Clock::time_point> read(ImageView out) override {
    reading_.count_down();
    let_.wait();
    return BlockSource::read(out);
  }

 private:
  std::latch &reading_, &let_;
};

TEST(SpanMattes, WhoWaitsForOneIsToldOnceNoneIsMade) {
  std::latch reading(1), let(1);
  std::vector<Lookout> stuck = lookouts({}, 1);
  stuck[0].open = [&] { return std::make_unique<StuckSource>(reading, let); };
  auto ahead = foresee({}, std::move(stuck));
  std::jthread waits([&] { EXPECT_FALSE(all_mattes(*ahead, evenly(1)).has_value()); });
  reading.wait();
  ahead->cancel();
  waits.join();
  let.count_down();
}

}  // namespace
}  // namespace scrim
