// The shared library as a program sees it: by <scrim/scrim.h> and <scrim/scrim.hpp> alone.
#include <gtest/gtest.h>
#include <scrim/scrim.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <scrim/scrim.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "allocations.h"

namespace {

/// An I420 picture whose rows end in bytes that nobody may touch.
class Picture {
 public:
  Picture(int width, int height, std::uint8_t luma = 100, int padding = 0) {
    image.width = width;
    image.height = height;
    lay(0, image.y, width, height, luma, padding);
    lay(1, image.u, (width + 1) / 2, (height + 1) / 2, 128, padding);
    lay(2, image.v, (width + 1) / 2, (height + 1) / 2, 128, padding);
  }
  std::uint8_t luma(int x, int y) const { return image.y.data[y * image.y.stride + x]; }
  bool padding_is_whole() const {
    for (const auto& rows : rows_)
      for (std::size_t at = 0; at < rows.bytes.size(); ++at)
        if (at % rows.stride >= rows.width && rows.bytes[at] != kPadding) return false;
    return true;
  }

  scrim_image image{};

 private:
  static constexpr std::uint8_t kPadding = 77;
  struct Rows {
    std::vector<std::uint8_t> bytes;
    std::size_t width, stride;
  };
  void lay(std::size_t which, scrim_plane& plane, int width, int height, std::uint8_t value,
           int padding) {
    const auto stride = static_cast<std::size_t>(width + padding);
    Rows& rows = rows_[which];
    rows = {std::vector<std::uint8_t>(stride * static_cast<std::size_t>(height), kPadding),
            static_cast<std::size_t>(width), stride};
    for (std::size_t at = 0; at < rows.bytes.size(); ++at)
      if (at % stride < rows.width) rows.bytes[at] = value;
    plane = {rows.bytes.data(), static_cast<std::ptrdiff_t>(stride)};
  }

  std::array<Rows, 3> rows_;
};

class Library : public testing::Test {
 protected:
  Library() { made_.set("segmenter", "oval"); }

  /// Expects a call that fails, with `words` in its text.
  static void fails(scrim_handle* handle, int result, std::string_view words) {
    EXPECT_EQ(result, SCRIM_WRONG) << words;
    const std::string_view said = scrim_error(handle);
    EXPECT_NE(said.find(words), said.npos) << said << "\ndoes not say: " << words;
    EXPECT_EQ(said.find("--"), said.npos) << said;
  }

  static constexpr int kWidth = 64, kHeight = 48;
  static constexpr int kPersonX = 32, kPersonY = 30;  // within the oval
  scrim::VirtualBackground made_{kWidth, kHeight};
  Picture in_{kWidth, kHeight}, out_{kWidth, kHeight, 0};
};

TEST_F(Library, PutsABackgroundBehindThePerson) {
  made_.set("background", "colour:white");
  made_.process(in_.image, out_.image, {});
  EXPECT_EQ(out_.luma(0, 0), 235);
  EXPECT_EQ(out_.luma(kPersonX, kPersonY), 100);
  EXPECT_EQ(in_.luma(0, 0), 100);
}

TEST_F(Library, WritesWhereItReads) {
  made_.set("background", "colour:white");
  made_.process(in_.image, in_.image, {});
  EXPECT_EQ(in_.luma(0, 0), 235);
}

/// A film behind the person is one picture after the other; what effects remember is not its.
TEST_F(Library, EffectsRememberWhenAnotherPictureIsGiven) {
  const auto luma_after_the_dark = [this](bool gives_again) {
    scrim::VirtualBackground made(kWidth, kHeight);
    made.set("segmenter", "oval");
    made.give_picture("film", Picture(kWidth, kHeight, 90).image);
    made.set("background", "image:film");
    made.set("picture", "autolight");
    made.process(Picture(kWidth, kHeight, 40).image, out_.image, {});
    if (gives_again) made.give_picture("film", Picture(kWidth, kHeight, 91).image);
    made.process(in_.image, out_.image, std::chrono::milliseconds(33));
    return out_.luma(kPersonX, kPersonY);
  };
  EXPECT_EQ(luma_after_the_dark(true), luma_after_the_dark(false));
}

TEST_F(Library, GivesTheMatteAlone) {
  std::vector<std::uint8_t> matte(kWidth * kHeight);
  made_.matte(in_.image, {matte.data(), kWidth}, {});
  EXPECT_EQ(matte[0], 0);
  EXPECT_EQ(matte[kPersonY * kWidth + kPersonX], 255);
}

TEST_F(Library, TakesAnySizeAndLeavesThePaddingOfRowsAlone) {
  for (const auto& [width, height] : {std::pair{1, 1}, {3, 5}, {641, 361}, {2, 300}, {1000, 7}}) {
    scrim::VirtualBackground made(width, height);
    made.set("segmenter", "oval");
    made.set("background", "room,blur");
    made.set("person", "outline");
    made.set("picture", "mirror,vignette");
    const Picture in(width, height, 100, 13), out(width, height, 0, 5);
    for (int frame = 0; frame < 3; ++frame)
      made.process(in.image, out.image, std::chrono::milliseconds(33 * frame));
    EXPECT_TRUE(in.padding_is_whole() && out.padding_is_whole()) << width << "x" << height;
    EXPECT_NE(out.luma(0, 0), 0) << width << "x" << height;
  }
}

TEST_F(Library, ShowsWhatIsSetFromTheNextPictureOn) {
  made_.set("background", "colour:white");
  made_.process(in_.image, out_.image, {});
  made_.set("background", "colour:black");
  made_.process(in_.image, out_.image, std::chrono::milliseconds(33));
  EXPECT_EQ(out_.luma(0, 0), 16);
  made_.set("matte", "threshold=1");
  made_.set("effort", "high");
  made_.set("person", "opacity?value=0");
  made_.process(in_.image, out_.image, std::chrono::milliseconds(66));
  EXPECT_EQ(out_.luma(kPersonX, kPersonY), 16);
}

TEST_F(Library, ShowsPicturesThatAreGiven) {
  made_.give_picture("wall", Picture(20, 30, 200).image);
  made_.set("background", "image:wall?fit=stretch");
  made_.process(in_.image, out_.image, {});
  EXPECT_EQ(out_.luma(0, 0), 200);
  made_.give_picture("wall", Picture(9, 9, 50).image);
  made_.process(in_.image, out_.image, {});
  EXPECT_EQ(out_.luma(0, 0), 50);
}

TEST_F(Library, LaysAGivenPictureOverWithItsTransparency) {
  std::vector<std::uint8_t> half(8 * 8, 255);
  std::fill_n(half.begin(), 4 * 8, std::uint8_t{0});
  const scrim_plane alpha{half.data(), 8};
  made_.give_picture("logo", Picture(8, 8, 200).image, &alpha);
  made_.set("background", "colour:black");
  made_.set("picture", "overlay:logo?place=top-left&margin=0&height=0");
  made_.process(in_.image, out_.image, {});
  EXPECT_EQ(out_.luma(2, 1), 16);
  EXPECT_EQ(out_.luma(2, 6), 200);
}

TEST_F(Library, TakesNoMemoryAfterTheFirstPicture) {
  if (!scrim::kCountsAllocations) GTEST_SKIP() << "sanitizers bring their own operator new";
  made_.set("background", "scene,blur");
  made_.set("picture", "mirror");
  made_.process(in_.image, out_.image, {});
  const auto before = scrim::allocation_count();
  for (int frame = 1; frame < 40; ++frame)
    made_.process(in_.image, out_.image, std::chrono::milliseconds(33 * frame));
  EXPECT_EQ(scrim::allocation_count(), before);
}

TEST_F(Library, WhatFailsChangesNothing) {
  made_.set("background", "colour:white");
  EXPECT_THROW(made_.set("background", "colour:nonsense"), scrim::Error);
  EXPECT_THROW(made_.set("segmenter", "person?model=nobody"), scrim::Error);
  made_.process(in_.image, out_.image, {});
  EXPECT_EQ(out_.luma(0, 0), 235);
  EXPECT_EQ(out_.luma(kPersonX, kPersonY), 100);
}

TEST_F(Library, SaysWhatIsWrongWithAnOption) {
  scrim_handle* handle = scrim_create(kWidth, kHeight, nullptr, 0);
  fails(handle, scrim_set(handle, "backgroud", "blur"), "did you mean 'background'?");
  fails(handle, scrim_set(handle, "background", "colur:white"), "did you mean 'colour'?");
  fails(handle, scrim_set(handle, "background", "blur,,"), "background");
  fails(handle, scrim_set(handle, "person", "blur?radius=many"), "person: ");
  fails(handle, scrim_set(handle, "matte", "threshold=2"), "matte: ");
  fails(handle, scrim_set(handle, "effort", "hi"), "effort 'hi'");
  fails(handle, scrim_set(handle, "segmenter", "bodypixx"), "segmenter: ");
  fails(handle, scrim_set(handle, "background", "image:beach.jpg"), "scrim_give_picture");
  fails(handle, scrim_set(handle, "picture", "overlay:logo.png"), "scrim_give_picture");
  fails(handle, scrim_set(handle, "segmenter", "remote:http://[::1]:9000"),
        "no service is asked here");
  for (const char* kind : {"video:waves.mp4", "slides:folder", "upload:1"})
    fails(handle, scrim_set(handle, "background", kind), "no files are read here");
  fails(handle, scrim_set(handle, nullptr, "blur"), "option: no text");
  fails(handle, scrim_set(handle, "background", nullptr), "text: no text");
  EXPECT_EQ(scrim_set(handle, "background", ""), SCRIM_OK);
  EXPECT_STREQ(scrim_error(handle), "");
  scrim_destroy(handle);
}

TEST_F(Library, SaysWhatIsWrongWithAPicture) {
  scrim_handle* handle = scrim_create(kWidth, kHeight, nullptr, 0);
  ASSERT_EQ(scrim_set(handle, "segmenter", "oval"), SCRIM_OK);
  const auto process = [&](const auto& spoil) {
    scrim_image spoilt = in_.image;
    spoil(spoilt);
    return scrim_process(handle, &spoilt, &out_.image, 0);
  };
  fails(handle, process([](scrim_image& i) { i.y.data = nullptr; }), "in.y: no data");
  fails(handle, process([](scrim_image& i) { i.v.data = nullptr; }), "in.v: no data");
  fails(handle, process([](scrim_image& i) { i.u.stride = 0; }), "in.u: a stride of 0");
  fails(handle, process([](scrim_image& i) { i.y.stride = -64; }), "in.y: a stride of -64");
  fails(handle, process([](scrim_image& i) { i.height = 47; }), "the handle is for 64x48");
  fails(handle, process([](scrim_image& i) { i.width = -1; }), "in: a picture of -1x48");
  fails(handle, scrim_process(handle, nullptr, &out_.image, 0), "in: no picture");
  fails(handle, scrim_process(handle, &in_.image, nullptr, 0), "out: no picture");
  fails(handle, scrim_process(handle, &in_.image, &out_.image, -1), "time_ns: -1");
  fails(handle, scrim_matte(handle, &in_.image, nullptr, 0), "out: no plane");
  const scrim_plane narrow{out_.image.y.data, kWidth - 1};
  fails(handle, scrim_matte(handle, &in_.image, &narrow, 0), "out: a stride of 63");
  fails(handle, scrim_give_picture(handle, "a", nullptr, nullptr), "picture: no picture");
  fails(handle, scrim_give_picture(handle, nullptr, &in_.image, nullptr), "name: no text");
  fails(handle, scrim_give_picture(handle, "a", &in_.image, &narrow), "alpha: a stride of 63");
  EXPECT_EQ(out_.luma(0, 0), 0);
  EXPECT_EQ(scrim_process(handle, &in_.image, &out_.image, INT64_MAX), SCRIM_OK);
  EXPECT_EQ(scrim_process(handle, &in_.image, &out_.image, 0), SCRIM_OK);
  scrim_destroy(handle);
}

TEST_F(Library, WithoutAHandleEveryCallFails) {
  EXPECT_EQ(scrim_set(nullptr, "background", "blur"), SCRIM_WRONG);
  EXPECT_EQ(scrim_process(nullptr, &in_.image, &out_.image, 0), SCRIM_WRONG);
  EXPECT_EQ(scrim_forget(nullptr), SCRIM_WRONG);
  EXPECT_STREQ(scrim_error(nullptr), "no handle (a null pointer)");
  scrim_destroy(nullptr);
  EXPECT_EQ(scrim_create(20000, 48, nullptr, 0), nullptr);
  EXPECT_THROW(scrim::VirtualBackground(64, 0), scrim::Error);
}

TEST_F(Library, AMissingNetworkIsAFailureOfTheWorld) {
  ::setenv("SCRIM_MODELS", "/nowhere", 1);
  scrim::VirtualBackground made(kWidth, kHeight);
  try {
    made.process(in_.image, out_.image, {});
    FAIL() << "it did not fail";
  } catch (const scrim::Error& error) {
    EXPECT_EQ(error.result(), SCRIM_FAILED);
    EXPECT_NE(std::string_view(error.what()).find("/nowhere"), std::string_view::npos);
  }
  ::unsetenv("SCRIM_MODELS");
  EXPECT_EQ(out_.luma(0, 0), 0) << "the room is shown";
}

TEST_F(Library, HandlesInSeveralThreadsDoNotMindEachOther) {
  const auto work = [](const char* colour, std::uint8_t luma) {
    scrim::VirtualBackground made(96, 64);
    made.set("segmenter", "oval");
    const Picture in(96, 64);
    const Picture out(96, 64, 0);
    for (int frame = 0; frame < 50; ++frame) {
      if (frame % 10 == 0) made.set("background", colour);
      made.set("picture", frame % 20 < 10 ? "text:Ada" : "");
      made.process(in.image, out.image, std::chrono::milliseconds(33 * frame));
      ASSERT_EQ(out.luma(0, 0), luma);
    }
  };
  std::thread first(work, "colour:white", 235), second(work, "colour:black", 16);
  first.join();
  second.join();
}

}  // namespace
