// What becomes of a live run whose look, outputs or matte are changed between two pictures. The
// camera gives a picture when the test says so: nothing here depends on time.
#include <gtest/gtest.h>

#include <condition_variable>
#include <semaphore>
#include <thread>

#include "pipeline/pipeline.h"
#include "support/fakes.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
constexpr Size kSize{32, 16};
constexpr int kBlack = 16, kWhite = 235;

/// Picture n has luma 20 + n.
class SteppedSource : public Source {
 public:
  explicit SteppedSource(std::counting_semaphore<>& steps) : steps_(steps) {}
  Size size() const override { return kSize; }
  double fps() const override { return 50; }
  Expected<Clock::time_point> read(ImageView out) override {
    if (!steps_.try_acquire_for(20ms)) return fail(Errc::kTimeout, "not yet");
    fill(out, Yuv{static_cast<std::uint8_t>(20 + ++given_), 128, 128});
    return Clock::now();
  }

 private:
  std::counting_semaphore<>& steps_;
  int given_ = 0;
};

/// What a sink was shown, in order: the camera's picture by number, and the corner's luma.
class Diary {
 public:
  struct Entry {
    int number, corner;
  };
  void note(const Shot& shot) {
    {
      std::lock_guard lock(mutex_);
      entries_.push_back({*shot.camera.y.data - 20, *shot.picture.y.data});
    }
    changed_.notify_all();
  }
  void wait_for(int number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !entries_.empty() && entries_.back().number >= number; });
  }
  std::vector<Entry> entries() const {
    std::lock_guard lock(mutex_);
    return entries_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Entry> entries_;  // guarded by mutex_
};

class DiarySink : public Sink {
 public:
  DiarySink(Diary& diary, Size size) : diary_(diary), size_(size) {}
  Size size() const override { return size_; }
  Expected<void> write(const Shot& shot) override {
    EXPECT_EQ(shot.picture.size(), size_);
    diary_.note(shot);
    return {};
  }
  bool watched() override { return watched_; }
  static inline std::atomic<bool> watched_ = true;

 private:
  Diary& diary_;
  const Size size_;
};

/// Nobody, or a person, everywhere.
class FlatSegmenter : public Segmenter {
 public:
  explicit FlatSegmenter(std::uint8_t value) : value_(value) {}
  Size matte_size(Size) const override { return {8, 8}; }
  Expected<void> segment(ConstImageView, Rect, Plane out) override {
    fill(out, value_);
    return {};
  }

 private:
  const std::uint8_t value_;
};

NewLook look_of(const char* background) {
  return {Composer::make({*parse_chain(background), {}, {}}, kSize).value(), Image(kSize)};
}

struct Running {
  Running() : pipeline(make(), Pacing::kLive) {
    thread = std::jthread([this] { EXPECT_TRUE(pipeline.run(stop)); });
  }
  ~Running() { stop = true; }

  Stages make() {
    std::vector<std::unique_ptr<Sink>> sinks;
    sinks.push_back(std::make_unique<DiarySink>(diary, kSize));
    return {.source = std::make_unique<SteppedSource>(steps),
            .segmenter = std::make_unique<FlatSegmenter>(0),
            .matting = Matting({.raw = true}),
            .composer = look_of("colour:000000").composer,
            .sinks = std::move(sinks),
            .pause = Image(kSize),
            .attention = &attention};
  }

  /// Carries pictures through until number `last` has been shown.
  void carry(int last) {
    for (; given < last; diary.wait_for(given)) {
      ++given;
      steps.release();
    }
  }

  std::counting_semaphore<> steps{0};
  int given = 0;
  Diary diary;
  Attention attention;
  Pipeline pipeline;
  std::atomic<bool> stop = false;
  std::jthread thread;  // last: it uses all of the above
};

TEST(Change, ALookIsShownWithTheNextPictureAndNoneIsDropped) {
  Running run;
  run.carry(5);
  ASSERT_TRUE(run.pipeline.change({.look = look_of("colour:ffffff")}));
  run.carry(10);
  int last = 0;
  for (const auto& [number, corner] : run.diary.entries()) {
    if (number < 1) continue;  // the pause picture, before the first
    EXPECT_LE(number, last + 1) << "a picture is missing";
    last = number;
    if (number < 5) {
      EXPECT_EQ(corner, kBlack) << number;
    }
    if (number > 5) {
      EXPECT_EQ(corner, kWhite) << number;
    }
  }
  EXPECT_EQ(last, 10);
  EXPECT_EQ(run.pipeline.stats().dropped, 0u);
}

TEST(Change, AnotherMatteIsThatOfTheNextPicture) {
  Running run;
  run.carry(3);
  run.pipeline.change(NewMatting{std::make_unique<FlatSegmenter>(255), Matting({.raw = true})});
  run.carry(6);
  for (const auto& [number, corner] : run.diary.entries()) {
    if (number >= 1 && number <= 3) {
      EXPECT_EQ(corner, kBlack) << "nobody";
    }
    if (number > 3) {
      EXPECT_EQ(corner, 20 + number) << "somebody";
    }
  }
  EXPECT_EQ(run.pipeline.stats().dropped, 0u);
}

TEST(Change, OutputsComeStayAndGo) {
  Diary second;
  Running run;
  run.carry(3);
  std::vector<NewSink> both(2);
  both[0] = {std::make_unique<DiarySink>(second, Size{64, 32}), 0};
  both[1] = {nullptr, 0};
  const auto none = run.pipeline.change({.sinks = std::move(both)});
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
  run.carry(6);
  second.wait_for(6);
  EXPECT_GE(second.entries().front().number, 3);
  std::vector<NewSink> one(1);
  one[0].kept = 0;  // the second
  const auto gone = run.pipeline.change({.sinks = std::move(one)});
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->size(), 1u);
  const std::size_t told = run.diary.entries().size();
  run.steps.release();
  second.wait_for(7);
  EXPECT_EQ(run.diary.entries().size(), told) << "what has gone sees nothing more";
}

TEST(Change, WhatIsToStayOnWakes) {
  Running run;
  ASSERT_TRUE(run.pipeline.change({.always_on = false}));
  DiarySink::watched_ = false;
  while (!run.attention.asleep()) std::this_thread::sleep_for(1ms);
  ASSERT_TRUE(run.pipeline.change({.always_on = true}));
  while (run.attention.asleep()) std::this_thread::sleep_for(1ms);
  DiarySink::watched_ = true;
}

}  // namespace
}  // namespace scrim
