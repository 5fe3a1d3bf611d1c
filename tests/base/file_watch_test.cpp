#include "base/file_watch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "base/mailbox.h"
#include "support/media.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;
using Change = FileWatch::Change;

/// Watches a file in a folder of its own; every change waits in a mailbox until it is taken.
struct Watched {
  explicit Watched(const std::string& name = "a.txt") : file(folder / name) {
    write_bytes(folder / "a.txt", "old");
  }
  void start() {
    auto started = FileWatch::start(file, [this](Change change) { changes.put(change); });
    ASSERT_TRUE(started.has_value()) << started.error().what;
    watch = *std::move(started);
  }
  /// Hears changes until it is closed; false if that doesn't come.
  bool closed() {
    while (const auto change = changes.take_until(Clock::now() + std::chrono::seconds(20)))
      if (*change == Change::kClosed) return true;
    return false;
  }

  TestFolder folder;
  std::string file;
  Mailbox<Change> changes{Pacing::kLive};
  std::unique_ptr<FileWatch> watch;
};

TEST(FileWatch, HearsOfAFileWrittenOver) {
  Watched watched;
  watched.start();
  write_bytes(watched.file, "new");
  EXPECT_TRUE(watched.closed());
}

TEST(FileWatch, HearsWhenWritingBegins) {
  Watched watched;
  watched.start();
  std::ofstream writing(watched.file);
  writing << "half" << std::flush;
  EXPECT_EQ(watched.changes.take(), Change::kBegun);
  writing.close();
  EXPECT_TRUE(watched.closed());
}

TEST(FileWatch, HearsOfARenameOverItAndAgainAfterThat) {
  Watched watched;
  watched.start();
  for (int i = 0; i < 3; ++i) {
    write_bytes(watched.folder / "b.txt", "new");
    fs::rename(watched.folder / "b.txt", watched.file);
    EXPECT_TRUE(watched.closed());
  }
}

TEST(FileWatch, HearsOfAnEditorsSave) {
  Watched watched;
  watched.start();
  fs::rename(watched.file, watched.file + "~");  // the old one becomes the backup
  write_bytes(watched.file, "new");
  EXPECT_TRUE(watched.closed());
}

TEST(FileWatch, FollowsASymbolicLinkAndWhatItLeadsTo) {
  Watched watched("link");
  TestFolder elsewhere;
  write_bytes(elsewhere / "c.txt", "old");
  fs::create_symlink(watched.folder / "a.txt", watched.file);
  watched.start();
  write_bytes(watched.folder / "a.txt", "new");
  EXPECT_TRUE(watched.closed());
  fs::create_symlink(elsewhere / "c.txt", watched.folder / "other");
  fs::rename(watched.folder / "other", watched.file);
  EXPECT_TRUE(watched.closed());
  write_bytes(elsewhere / "c.txt", "new");
  EXPECT_TRUE(watched.closed());
}

TEST(FileWatch, DoesNotHearOfOtherFiles) {
  Watched watched;
  watched.start();
  write_bytes(watched.folder / "b.txt", "other");
  write_bytes(watched.file, "new");
  EXPECT_TRUE(watched.closed());
  EXPECT_FALSE(watched.changes.take_until(kStart).has_value());
}

TEST(FileWatch, WaitsForFoldersThatAreNotThereYet) {
  Watched watched("x/y/b.txt");
  watched.start();
  EXPECT_EQ(watched.folder.names(), std::vector<std::string>{"a.txt"}) << "it makes none";
  fs::create_directory(watched.folder / "x");
  fs::create_directory(watched.folder / "x/y");
  write_bytes(watched.file, "new");
  EXPECT_TRUE(watched.closed());
  write_bytes(watched.file, "newer");
  EXPECT_TRUE(watched.closed());
}

TEST(FileWatch, HearsOfAFolderThatGoesAndComesAgain) {
  Watched watched("x/b.txt");
  fs::create_directory(watched.folder / "x");
  watched.start();
  for (int i = 0; i < 3; ++i) {
    write_bytes(watched.file, "new");
    EXPECT_TRUE(watched.closed());
    fs::rename(watched.folder / "x", watched.folder / "gone");
    fs::remove_all(watched.folder / "gone");
    fs::create_directory(watched.folder / "x");
  }
}

TEST(FileWatch, HearsOfAFolderThatComesWithTheFileInIt) {
  Watched watched("x/b.txt");
  fs::create_directory(watched.folder / "z");
  write_bytes(watched.folder / "z/b.txt", "new");
  watched.start();
  fs::rename(watched.folder / "z", watched.folder / "x");
  EXPECT_TRUE(watched.closed());
}

}  // namespace
}  // namespace scrim
