#include "session/reopening.h"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <thread>
#include <vector>

#include "image/convert.h"

namespace scrim {
namespace {

constexpr Size kSize{32, 16};

/// Gives some pictures, of which each cost one damaged one, and then fails.
class FrailCamera : public Source {
 public:
  static inline std::atomic<int> open = 0;  // how many there are
  FrailCamera(int pictures, Errc failure) : left_(pictures), failure_(failure) { ++open; }
  ~FrailCamera() override { --open; }
  bool is_device() const override { return true; }
  Size size() const override { return kSize; }
  double fps() const override { return 25; }
  std::string description() const override { return "frail"; }
  std::uint64_t damaged() const override { return damaged_; }
  Expected<Clock::time_point> read(ImageView out) override {
    if (left_-- <= 0) return fail(failure_, "the camera is gone");
    ++damaged_;
    fill(out, Yuv{});
    return kStart;
  }

 private:
  int left_;
  Errc failure_;
  std::uint64_t damaged_ = 0;
};

const Attention attention;  // live

struct Told {
  std::vector<std::string> lines;
  Reopening::Tell teller() {
    return [this](const std::string& line) { lines.push_back(line); };
  }
};

TEST(Reopening, ALostCameraIsOpenedAgainUntilThatSucceeds) {
  Told told;
  int tries = 0;
  const auto open = [&]() -> Expected<std::unique_ptr<Source>> {
    if (++tries < 3) return fail(Errc::kSystem, "not yet");
    return std::make_unique<FrailCamera>(2, Errc::kEndOfStream);
  };
  Reopening camera(std::make_unique<FrailCamera>(1, Errc::kDisconnected), open, told.teller(),
                   attention);
  Image picture(kSize);
  EXPECT_TRUE(camera.read(picture.view()));
  EXPECT_EQ(camera.read(picture.view()).error().code, Errc::kTimeout) << "it is gone";
  EXPECT_EQ(camera.read(picture.view()).error().code, Errc::kTimeout) << "not yet back";
  EXPECT_EQ(camera.read(picture.view()).error().code, Errc::kTimeout);
  EXPECT_TRUE(camera.read(picture.view())) << "back";
  EXPECT_TRUE(camera.read(picture.view()));
  EXPECT_EQ(camera.damaged(), 3u) << "counted over both";
  EXPECT_EQ(camera.read(picture.view()).error().code, Errc::kEndOfStream);
  ASSERT_EQ(told.lines.size(), 2u);
  EXPECT_EQ(told.lines[0], "the camera is gone; waiting for the camera to come back");
  EXPECT_EQ(told.lines[1], "the camera is back: frail");
}

TEST(Reopening, ACameraThatIsNotWantedIsClosedUntilItIs) {
  Told told;
  Attention wanted;
  int opened = 0;
  const auto open = [&]() -> Expected<std::unique_ptr<Source>> {
    ++opened;
    return std::make_unique<FrailCamera>(9, Errc::kEndOfStream);
  };
  Reopening camera(std::make_unique<FrailCamera>(9, Errc::kEndOfStream), open, told.teller(),
                   wanted);
  Image picture(kSize);
  EXPECT_TRUE(camera.read(picture.view()));
  EXPECT_EQ(FrailCamera::open, 1);
  wanted.sleep(true);
  EXPECT_EQ(camera.read(picture.view()).error().code, Errc::kTimeout);
  EXPECT_EQ(FrailCamera::open, 0);
  wanted.pause(true);
  wanted.sleep(false);
  EXPECT_EQ(camera.read(picture.view()).error().code, Errc::kTimeout) << "somebody looks: paused";
  EXPECT_EQ(opened, 0);
  wanted.pause(false);
  EXPECT_TRUE(camera.read(picture.view()));
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(camera.damaged(), 2u) << "counted over both";
  ASSERT_EQ(told.lines.size(), 2u);
  EXPECT_EQ(told.lines[0], "nobody is looking; the camera is off");
  EXPECT_EQ(told.lines[1], "the camera is on: frail");
}

TEST(Reopening, ACameraThatStallsIsOpenedAnew) {
  Told told;
  int opened = 0;
  const auto open = [&]() -> Expected<std::unique_ptr<Source>> {
    EXPECT_EQ(FrailCamera::open, 0) << "one at a time";
    // The first one anew stalls as well.
    return std::make_unique<FrailCamera>(++opened == 1 ? 0 : 9, Errc::kTimeout);
  };
  Reopening camera(std::make_unique<FrailCamera>(0, Errc::kTimeout), open, told.teller(),
                   attention);
  Image picture(kSize);
  int reads = 1;
  for (; !camera.read(picture.view()) && reads < 100; ++reads) EXPECT_LE(FrailCamera::open, 1);
  EXPECT_EQ(opened, 2);
  EXPECT_GT(reads, 10) << "some cameras take their time";
  ASSERT_EQ(told.lines.size(), 2u) << "however often it is tried";
  EXPECT_EQ(told.lines[0], "no pictures come; the camera is opened again");
  EXPECT_EQ(told.lines[1], "pictures come again: frail");
}

/// Reads until told to stop, as a pipeline does.
struct Reading {
  explicit Reading(Reopening& camera) : camera_(camera) {}
  ~Reading() { thread_.request_stop(); }

 private:
  Reopening& camera_;
  std::jthread thread_{[this](const std::stop_token& stop) {
    for (Image picture(kSize); !stop.stop_requested();) (void)camera_.read(picture.view());
  }};
};

Reopening::Open frail(int pictures) {
  return [=] { return std::make_unique<FrailCamera>(pictures, Errc::kTimeout); };
}

TEST(Reopening, AnotherCameraTakesOver) {
  Told told;
  Reopening camera(std::make_unique<FrailCamera>(1 << 20, Errc::kTimeout), frail(0), told.teller(),
                   attention);
  {
    const Reading reading(camera);
    EXPECT_EQ(camera.changes(), 0u);
    const auto name = camera.change(frail(1 << 20));
    ASSERT_TRUE(name) << name.error().what;
    EXPECT_EQ(*name, "frail");
  }
  EXPECT_EQ(camera.changes(), 1u);
  EXPECT_EQ(FrailCamera::open, 1) << "the old one is closed";
}

TEST(Reopening, WhatCannotBeOpenedIsRefusedAndTheOldOneIsFoundAgain) {
  Told told;
  int opened = 0;
  const auto again = [&]() -> Expected<std::unique_ptr<Source>> {
    ++opened;
    return std::make_unique<FrailCamera>(1 << 20, Errc::kTimeout);
  };
  Reopening camera(std::make_unique<FrailCamera>(1 << 20, Errc::kTimeout), again, told.teller(),
                   attention);
  const auto never = []() -> Expected<std::unique_ptr<Source>> {
    return fail(Errc::kSystem, "no such camera");
  };
  {
    const Reading reading(camera);
    EXPECT_EQ(camera.change(never).error().what, "no such camera");
  }
  Image picture(kSize);
  EXPECT_TRUE(camera.read(picture.view()));
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(FrailCamera::open, 1);
}

TEST(Reopening, OneInTheWayOfTheNewOneMakesRoom) {
  Told told;
  Reopening camera(std::make_unique<FrailCamera>(1 << 20, Errc::kTimeout), frail(0), told.teller(),
                   attention);
  const auto alone = []() -> Expected<std::unique_ptr<Source>> {
    if (FrailCamera::open > 0) return fail(Errc::kSystem, "busy");
    return std::make_unique<FrailCamera>(1 << 20, Errc::kTimeout);
  };
  const Reading reading(camera);
  EXPECT_TRUE(camera.change(alone));
  EXPECT_EQ(FrailCamera::open, 1);
}

TEST(Reopening, NoCameraIsOpenedWhileNoneIsWanted) {
  Told told;
  Attention paused;
  paused.pause(true);
  Reopening camera(std::make_unique<FrailCamera>(9, Errc::kTimeout), frail(0), told.teller(),
                   paused);
  bool opened = false;
  const auto open = [&]() -> Expected<std::unique_ptr<Source>> {
    opened = true;
    return std::make_unique<FrailCamera>(9, Errc::kTimeout);
  };
  Image picture(kSize);
  {
    const Reading reading(camera);
    EXPECT_EQ(camera.change(open).value(), "");
    EXPECT_FALSE(opened);
    paused.pause(false);
    while (FrailCamera::open == 0) std::this_thread::yield();
  }
  EXPECT_TRUE(opened);
}

/// Opens a camera when it is told to, and says when it is being opened.
struct Gate {
  Reopening::Open open() {
    return [this]() -> Expected<std::unique_ptr<Source>> {
      begun.release();
      let.acquire();
      return std::make_unique<FrailCamera>(1 << 20, Errc::kTimeout);
    };
  }
  std::binary_semaphore begun{0}, let{0};
};

TEST(Reopening, AWishThatAnotherOneFollowsNeverComesTrue) {
  Told told;
  Gate gate;
  Reopening camera(std::make_unique<FrailCamera>(1 << 20, Errc::kTimeout), frail(0), told.teller(),
                   attention);
  const Reading reading(camera);
  std::jthread first([&] {
    EXPECT_EQ(camera.change(gate.open()).error().what, "another one was asked for meanwhile");
  });
  gate.begun.acquire();
  std::jthread second([&] {
    const auto never = []() -> Expected<std::unique_ptr<Source>> {
      return fail(Errc::kSystem, "no such camera");
    };
    EXPECT_EQ(camera.change(never).error().what, "no such camera") << "its own answer";
  });
  first.join();
  gate.let.release();
  second.join();
}

TEST(Reopening, AWishThatIsOverLeavesThePresentCamera) {
  Told told;
  Gate gate;
  int again = 0;
  const auto present = [&]() -> Expected<std::unique_ptr<Source>> {
    ++again;
    return std::make_unique<FrailCamera>(9, Errc::kTimeout);
  };
  Reopening camera(std::make_unique<FrailCamera>(0, Errc::kDisconnected), present, told.teller(),
                   attention);
  {
    const Reading reading(camera);
    std::jthread change([&] {
      const auto answer = camera.change(gate.open());
      EXPECT_FALSE(answer);
    });
    gate.begun.acquire();
    camera.end();
    change.join();
    EXPECT_FALSE(camera.change(frail(9))) << "nobody waits for what will not come";
    gate.let.release();
  }
  Image picture(kSize);
  while (!camera.read(picture.view())) {
  }
  EXPECT_GE(again, 1) << "the present one was opened again, not the other one";
  EXPECT_EQ(FrailCamera::open, 1);
}

TEST(Reopening, OtherFailuresAreFinal) {
  Told told;
  const auto open = []() -> Expected<std::unique_ptr<Source>> {
    ADD_FAILURE() << "nothing is to be opened";
    return fail(Errc::kSystem, "");
  };
  Reopening camera(std::make_unique<FrailCamera>(0, Errc::kSystem), open, told.teller(), attention);
  Image picture(kSize);
  EXPECT_EQ(camera.read(picture.view()).error().code, Errc::kSystem);
  EXPECT_EQ(camera.fps(), 25);
}

}  // namespace
}  // namespace scrim
