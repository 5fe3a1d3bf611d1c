#include "media/file_pictures.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "image/convert.h"
#include "media/video_writer.h"

namespace scrim {
namespace {

/// A cut-out as scrim itself writes it: the left half red, the right half transparent.
std::string write_cut_out(const std::string& name) {
  const std::string path = testing::TempDir() + name;
  std::filesystem::remove(path);
  constexpr Size kSize{64, 32};
  Image picture(kSize);
  Matte matte(kSize);
  fill(picture.view(), rgb_to_internal({200, 30, 30}));
  fill(matte.view(), 0);
  fill(matte.view().crop({0, 0, 32, 32}), 255);
  auto writer = create_video(path, {.size = kSize, .fps = 10, .content = Content::kCutout});
  EXPECT_TRUE(writer) << writer.error().what;
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(
        (*writer)->write(std::as_const(picture).view(), std::as_const(matte).view(), i / 10.0));
  EXPECT_TRUE((*writer)->close());
  return path;
}

TEST(FilePictures, KeepTransparencyAtAnotherSize) {
  for (const char* name : {"cut.mkv", "cut.webm"}) {
    auto clip = FilePictures().open(write_cut_out(name), 16);
    ASSERT_TRUE(clip) << clip.error().what;
    ASSERT_EQ(clip->size(), 3U) << name;
    EXPECT_EQ((*clip)[0].picture.size(), (Size{32, 16})) << name;
    EXPECT_NEAR((*clip)[2].until, 0.3, 0.02) << name;
    const Yuv red = rgb_to_internal({200, 30, 30});
    EXPECT_GT((*clip)[0].alpha.view().row(8)[4], 250) << name;
    EXPECT_LT((*clip)[0].alpha.view().row(8)[28], 5) << name;
    EXPECT_NEAR((*clip)[0].picture.view().y.row(8)[4], red.y, 3) << name;
  }
}

TEST(FilePictures, SayWhatIsWrongInOneLine) {
  const std::string junk = testing::TempDir() + "junk.png";
  std::ofstream(junk) << "no picture at all";
  for (const std::string& path : {junk, std::string("/no/such/file.png")}) {
    auto clip = FilePictures().open(path, 16);
    ASSERT_FALSE(clip);
    EXPECT_EQ(clip.error().code, Errc::kRequest);
    EXPECT_NE(clip.error().what.find(path), std::string::npos);
    EXPECT_EQ(clip.error().what.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace scrim
