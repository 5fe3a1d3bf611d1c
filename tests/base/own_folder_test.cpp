#include "base/own_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/folder.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

TEST(OwnFolder, IsWhereTheVariableSaysOrAtHome) {
  ::setenv("HOME", "/home/somebody", 1);
  ::setenv("SCRIM_TEST_FOLDER", "/elsewhere", 1);
  EXPECT_EQ(own_folder("SCRIM_TEST_FOLDER", ".usual"), "/elsewhere/scrim");
  ::setenv("SCRIM_TEST_FOLDER", "not/in/full", 1);
  EXPECT_EQ(own_folder("SCRIM_TEST_FOLDER", ".usual"), "/home/somebody/.usual/scrim");
  ::unsetenv("HOME");
  EXPECT_EQ(own_folder("SCRIM_TEST_FOLDER", ".usual"), "");
}

TEST(OwnFolder, IsMadeForItsOwnerWithThoseAboveIt) {
  const TestFolder here;
  const std::string folder = here.path("a/b");
  ASSERT_TRUE(make_own_folder(folder));
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  fs::permissions(folder, fs::perms::group_read, fs::perm_options::add);
  EXPECT_TRUE(make_own_folder(folder));
  EXPECT_NE(fs::status(folder).permissions(), fs::perms::owner_all) << "one that is there stays";
}

TEST(OwnFolder, TellsWhichOneCannotBeMade) {
  const TestFolder here;
  here.write("file");
  const auto made = make_own_folder(here.path("file/folder"));
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().what,
              testing::HasSubstr(here.path("file/folder") + ": Not a directory"));
}

}  // namespace
}  // namespace scrim
