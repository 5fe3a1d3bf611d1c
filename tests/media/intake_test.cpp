#include "media/intake.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/unique_fd.h"
#include "media/picture.h"
#include "media/upload_store.h"
#include "media/video_reader.h"
#include "media/video_writer.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::HasSubstr;

class Intake : public testing::Test {
 protected:
  Expected<void> take(const std::string& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return take_in({.file = file.get(),
                    .name = "x.png",
                    .folder = made_.path(),
                    .progress = [this](double share) { share_ = share; }});
  }
  std::string made(std::string_view name) const { return made_ / std::string(name); }

  TestFolder given_, made_;
  double share_ = 0;
};

TEST_F(Intake, APictureComesOutAsItWentIn) {
  const Image picture = moving_picture({320, 180}, 3);
  ASSERT_TRUE(done(save_png(given_ / "a", picture.view())));
  ASSERT_TRUE(done(take(given_ / "a")));
  const auto kept = load_picture(made(kUploadPicture));
  ASSERT_TRUE(done(kept));
  EXPECT_GT(psnr(kept->view().y, picture.view().y), 45);
  EXPECT_EQ(load_picture(made(kUploadThumbnail))->size(), (Size{320, 180}));
}

TEST_F(Intake, AVideoIsMadeAnew) {
  auto writer = create_video(given_ / "a.mkv", {.size = {160, 90}, .fps = 25});
  for (int i = 0; i < 25; ++i)
    ASSERT_TRUE(done((*writer)->write(moving_picture({160, 90}, i).view(), {}, i / 25.0)));
  ASSERT_TRUE(done((*writer)->close()));
  ASSERT_TRUE(done(take(given_ / "a.mkv")));
  auto reader = VideoReader::open(made(kUploadVideo), {});
  ASSERT_TRUE(done(reader));
  EXPECT_EQ(reader->size(), (Size{160, 90}));
  EXPECT_NEAR(reader->info().seconds, 1, 0.1);
  EXPECT_GT(share_, 0.9);
}

TEST_F(Intake, LargePicturesAreMadeSmaller) {
  ASSERT_TRUE(done(save_png(given_ / "a", moving_picture({4000, 100}, 0).view())));
  ASSERT_TRUE(done(take(given_ / "a")));
  EXPECT_EQ(load_picture(made(kUploadPicture))->size(), (Size{kMostPictureSide, 96}));
}

/// Only its head says so: there are no such pixels to decode.
TEST_F(Intake, APictureOfTooManyPixelsIsRefusedByItsHead) {
  ASSERT_TRUE(done(save_png(given_ / "a", moving_picture({64, 64}, 0).view())));
  std::fstream file(given_ / "a", std::ios::in | std::ios::out | std::ios::binary);
  constexpr char kSide[] = "\0\0\x3e\x80\0\0\x3e\x80";  // 16000x16000
  file.seekp(16).write(kSide, sizeof kSide - 1);
  file.close();
  const auto taken = take(given_ / "a");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, Errc::kRequest);
  EXPECT_EQ(taken.error().what,
            "add x.png: a picture of 16000x16000 is too large; make it smaller (at most 16384 on a "
            "side, 67 million pixels)");
  EXPECT_TRUE(made_.names().empty());
}

TEST_F(Intake, WhatIsNoPictureIsRefusedAndLeavesNothing) {
  for (const char* text :
       {"", "x", "<svg xmlns='http://www.w3.org/2000/svg'/>", "#EXTM3U\n/etc/x\n"}) {
    std::ofstream(given_ / "a") << text;
    const auto taken = take(given_ / "a");
    ASSERT_FALSE(taken) << text;
    EXPECT_EQ(taken.error().code, Errc::kRequest);
    EXPECT_THAT(taken.error().what, HasSubstr("add x.png: "));
    EXPECT_TRUE(made_.names().empty());
  }
}

}  // namespace
}  // namespace scrim
