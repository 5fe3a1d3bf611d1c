#include "media/upload_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace scrim {
namespace {

namespace fs = std::filesystem;

class UploadStore : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) / ("uploads-" + std::to_string(::getpid()));
    fs::create_directories(home_);
    ::setenv("XDG_DATA_HOME", home_.c_str(), 1);
  }
  void TearDown() override { fs::remove_all(home_); }

  static Upload add(const std::string& name, std::string_view file = kUploadPicture) {
    auto made = NewUpload::make();
    EXPECT_TRUE(made);
    for (const auto part : {file, kUploadThumbnail})
      std::ofstream(fs::path(made->folder()) / part) << "x";
    auto kept = made->keep(name);
    EXPECT_TRUE(kept);
    return *kept;
  }

  fs::path home_;
};

TEST_F(UploadStore, KeepsWhatIsAdded) {
  EXPECT_TRUE(list_uploads().empty());
  const Upload beach = add("../holiday/Beach.jpeg");
  EXPECT_EQ(beach.name, "Beach");
  EXPECT_FALSE(beach.moves);
  EXPECT_TRUE(find_upload(beach.id)->ends_with("/picture.png"));
  EXPECT_TRUE(find_upload_thumbnail(beach.id));
  const Upload waves = add("waves.mp4", kUploadVideo);
  EXPECT_TRUE(waves.moves);
  EXPECT_EQ(list_uploads().size(), 2);
  struct stat about {};
  ASSERT_EQ(::stat((home_ / "scrim/backgrounds").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
  EXPECT_TRUE(remove_upload(beach.id));
  EXPECT_FALSE(find_upload(beach.id));
  EXPECT_EQ(list_uploads().size(), 1);
}

TEST_F(UploadStore, WhatIsNotKeptGoes) {
  std::string folder;
  {
    const auto made = NewUpload::make();
    ASSERT_TRUE(made);
    folder = made->folder();
    EXPECT_TRUE(fs::exists(folder));
    EXPECT_TRUE(list_uploads().empty());
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST_F(UploadStore, IdsAreNoPaths) {
  const Upload kept = add("x.png");
  const std::vector<std::string> wrong{"",
                                       ".",
                                       "..",
                                       "../backgrounds/" + kept.id,
                                       "/etc/passwd",
                                       kept.id + "/",
                                       kept.id.substr(1),
                                       std::string(16, 'g')};
  for (const std::string& id : wrong) {
    EXPECT_FALSE(find_upload(id)) << id;
    EXPECT_FALSE(remove_upload(id)) << id;
  }
  EXPECT_TRUE(find_upload(kept.id));
}

TEST_F(UploadStore, IncomingFilesHaveNoName) {
  const auto file = open_incoming();
  ASSERT_TRUE(file);
  EXPECT_TRUE(fs::is_empty(home_ / "scrim/backgrounds"));
}

TEST(Presentable, NamesForPeople) {
  EXPECT_EQ(presentable("C:\\Pictures\\My beach.JPG"), "My beach.JPG");
  EXPECT_EQ(presentable("a\nb\x1b[2J.png"), "ab[2J.png");
  EXPECT_EQ(presentable(".png"), ".png");
  for (const char* nothing : {"", "/", "   ", "\n"}) EXPECT_EQ(presentable(nothing), "Background");
  EXPECT_EQ(presentable(std::string(500, 'a')), std::string(60, 'a'));
  EXPECT_LE(presentable(std::string(500, '\x80')).size(), 63);
  std::string umlauts;
  for (int i = 0; i < 50; ++i) umlauts += "ä";
  EXPECT_EQ(presentable(umlauts), umlauts.substr(0, 60));  // no half character
}

}  // namespace
}  // namespace scrim
