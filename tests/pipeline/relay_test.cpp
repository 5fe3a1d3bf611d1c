// A pipeline whose mattes are made elsewhere: several pictures under way, answers late and out of
// order, another segmenter in the middle, and nobody there.
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <thread>

#include "pipeline/pipeline.h"
#include "support/fakes.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
constexpr Size kSize{32, 16};

/// Answers as EchoSegmenter does, plus `more`, once as many are under way as there may be, or after
/// `delay`. What a test looks at outlives it.
class EchoRelay : public Segmenter, public Relay {
 public:
  struct Story {
    std::atomic<int> sent = 0, most = 0, unsent = 0;
    std::atomic<bool> gone = false;
    std::atomic<bool> swallows = false, cancelled = false;
  };
  EchoRelay(Story& story, std::size_t capacity, int more = 0)
      : story_(story), capacity_(capacity), more_(more) {}

  Relay* relay() override { return this; }
  Size matte_size(Size) const override { return {8, 8}; }
  std::size_t capacity() const override { return capacity_; }
  void when_answered(std::function<void()> ring) override { ring_ = std::move(ring); }
  void cancel() override {
    story_.cancelled = true;
    story_.cancelled.notify_all();
  }
  bool answered() const override { return sent_.size() == capacity_; }
  void send(ConstImageView picture) override {
    ASSERT_LT(sent_.size(), capacity_);
    sent_.push_back({picture.y.data, *picture.y.data});
    ++story_.sent;
    story_.most = std::max<int>(story_.most, static_cast<int>(sent_.size()));
    ring_();
  }
  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    EXPECT_EQ(region, whole(kSize));
    while (!sent_.empty() && sent_.front().from != picture.y.data) sent_.pop_front();
    if (sent_.empty()) {
      ++story_.unsent;
      send(picture);
    }
    const Sent oldest = sent_.front();
    sent_.pop_front();
    if (story_.swallows) story_.cancelled.wait(false);
    if (story_.gone || story_.swallows) return fail(Errc::kDisconnected, "nobody there");
    fill(out, static_cast<std::uint8_t>(oldest.answer + more_));
    return {};
  }

 private:
  struct Sent {
    const std::uint8_t* from;
    std::uint8_t answer;
  };
  Story& story_;
  const std::size_t capacity_;
  const int more_;
  std::deque<Sent> sent_;
  std::function<void()> ring_;
};

struct Relayed {
  explicit Relayed(std::unique_ptr<Segmenter> segmenter, Pacing pacing, int frames = 40)
      : source(std::make_unique<CountingSource>(kSize, frames)), pacing_(pacing) {
    source->before_read = [this](int frame) {
      if (before_read) before_read(frame);
    };
    auto sink = std::make_unique<TellingSink>(kSize, story);
    std::vector<std::unique_ptr<Sink>> sinks;
    sinks.push_back(std::move(sink));
    Image pause(kSize);
    fill(pause.view(), Yuv{77, 128, 128});
    auto composer = Composer::make({.background = *parse_chain("colour:000000")}, kSize);
    pipeline.emplace(Stages{std::move(source), std::move(segmenter), Matting({.raw = true}),
                            *std::move(composer), std::move(sinks), std::move(pause)},
                     pacing_);
  }
  Expected<void> go() { return pipeline->run(stop); }

  TellingSink::Story story;
  std::function<void(int)> before_read;
  std::unique_ptr<CountingSource> source;
  std::atomic<bool> stop = false;
  const Pacing pacing_;
  std::optional<Pipeline> pipeline;
};

TEST(RelayedMattes, KeepTheirOrderAndBelongToTheirPicture) {
  for (const std::size_t capacity : {1u, 2u, 4u, 8u}) {
    EchoRelay::Story relay;
    Relayed run(std::make_unique<EchoRelay>(relay, capacity), Pacing::kOffline);
    ASSERT_TRUE(run.go());
    ASSERT_EQ(run.story.shots.size(), 40u);
    for (std::size_t i = 0; i < 40; ++i) {
      EXPECT_EQ(run.story.shots[i].camera, 16 + static_cast<int>(i));
      EXPECT_EQ(run.story.shots[i].matte, run.story.shots[i].camera);
    }
    EXPECT_EQ(relay.most, static_cast<int>(capacity));
    EXPECT_EQ(relay.sent, 40);
    EXPECT_EQ(relay.unsent, 0) << "each picture is sent once, before its answer is waited for";
    EXPECT_GT(run.pipeline->stats().relay_p99, 0s);
  }
}

TEST(RelayedMattes, LiveNeverMixMatteAndPicture) {
  EchoRelay::Story relay;
  Relayed run(std::make_unique<EchoRelay>(relay, 3), Pacing::kLive);
  run.before_read = [](int) { std::this_thread::sleep_for(2ms); };
  ASSERT_TRUE(run.go());
  int with_person = 0;
  for (const auto& shot : run.story.shots) {
    if (shot.camera == 77) continue;  // the pause picture, if the machine is slow
    EXPECT_EQ(shot.matte, shot.camera);
    ++with_person;
  }
  EXPECT_GT(with_person, 0);
}

TEST(RelayedMattes, GoOnWithAnotherSegmenterInTheMiddle) {
  EchoRelay::Story first, second;
  Relayed run(std::make_unique<EchoRelay>(first, 4), Pacing::kOffline);
  run.before_read = [&](int frame) {
    if (frame == 10)
      run.pipeline->change({std::make_unique<EchoRelay>(second, 2, 1), Matting({.raw = true})});
    if (frame == 20)
      run.pipeline->change({std::make_unique<EchoSegmenter>(), Matting({.raw = true})});
    if (frame == 30)
      run.pipeline->change({std::make_unique<EchoRelay>(first, 8), Matting({.raw = true})});
  };
  ASSERT_TRUE(run.go());
  ASSERT_EQ(run.story.shots.size(), 40u);
  int of_second = 0;
  for (const auto& shot : run.story.shots) {
    const int more = shot.matte - shot.camera;
    EXPECT_TRUE(more == 0 || more == 1) << shot.camera << " " << shot.matte;
    of_second += more;
  }
  EXPECT_GT(of_second, 0);
}

TEST(RelayedMattes, OfflineTheEndWhenNobodyIsThere) {
  EchoRelay::Story relay;
  Relayed run(std::make_unique<EchoRelay>(relay, 3), Pacing::kOffline);
  relay.gone = true;
  const auto done = run.go();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "nobody there");
  EXPECT_TRUE(run.story.shots.empty());
  EXPECT_FALSE(run.story.closed) << "nothing half-written stays";
}

TEST(RelayedMattes, OfflineWhoeverStopsWaitsForNoAnswer) {
  EchoRelay::Story relay;
  Relayed run(std::make_unique<EchoRelay>(relay, 2), Pacing::kOffline);
  relay.swallows = true;
  run.before_read = [&](int frame) { run.stop = frame == 2; };
  const auto done = run.go();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "interrupted before the end; no unfinished file is kept");
  EXPECT_FALSE(run.story.closed);
}

TEST(RelayedMattes, LiveThePausePictureUntilItIsBack) {
  EchoRelay::Story relay;
  Relayed run(std::make_unique<EchoRelay>(relay, 2), Pacing::kLive, 200);
  relay.gone = true;
  run.before_read = [&](int frame) {
    std::this_thread::sleep_for(2ms);
    if (frame != 60) return;
    while (!run.pipeline->shows_pause()) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(run.pipeline->stats().trouble, "nobody there");
    relay.gone = false;
  };
  ASSERT_TRUE(run.go());
  bool back = false;
  for (const auto& shot : run.story.shots) {
    back |= shot.matte == shot.camera;
    EXPECT_TRUE(back || shot.picture == 77) << "no room, and nobody in it";
  }
  EXPECT_TRUE(back);
  EXPECT_EQ(run.pipeline->stats().trouble, "");
  EXPECT_GT(run.pipeline->stats().failed, 0u);
}

}  // namespace
}  // namespace scrim
