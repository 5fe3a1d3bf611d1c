// Folders are watched, not files: a file that is renamed over is another file. Tested by
// tests/base/file_watch_test.cpp.
#include "base/file_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <utility>

namespace scrim {
namespace {

// What is done about a change gives way to all else: frames do not wait for a large picture.
constexpr int kNice = 10;
constexpr std::uint32_t kBegins = IN_MODIFY;
constexpr std::uint32_t kEnds = IN_CLOSE_WRITE | IN_MOVED_TO;
// A file that only just got this name is not written yet, but a hard or symbolic link is whole.
constexpr std::uint32_t kAppears = IN_CREATE;
constexpr std::uint32_t kFolderGoes = IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t kFileEvents = kBegins | kEnds | kAppears | kFolderGoes;
constexpr std::uint32_t kFolderAppears = IN_CREATE | IN_MOVED_TO | kFolderGoes;

namespace fs = std::filesystem;

bool is_link(const std::string& path) {
  std::error_code ignored;
  return fs::is_symlink(path, ignored) || fs::hard_link_count(path, ignored) > 1;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// The file, or on the way to it the first folder that is not there.
fs::path next_on_the_way(const fs::path& file) {
  std::error_code ignored;
  fs::path next = file;
  while (next.has_relative_path() && !fs::is_directory(folder_of(next), ignored))
    next = folder_of(next);
  return next;
}

}  // namespace

Expected<std::unique_ptr<FileWatch>> FileWatch::start(const std::string& path,
                                                      std::function<void(Change)> changed) {
  UniqueFd events(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!events) return fail_errno("watch " + path);
  std::unique_ptr<FileWatch> made(new FileWatch(path, std::move(changed), std::move(events)));
  if (!made->end_) return fail_errno("watch " + path);
  if (auto ok = made->watch(); !ok) return std::unexpected(ok.error());
  made->thread_ = std::jthread([watch = made.get()] { watch->run(); });
  return made;
}

FileWatch::FileWatch(std::string path, std::function<void(Change)> changed, UniqueFd events)
    : path_(std::move(path)), changed_(std::move(changed)), events_(std::move(events)) {}

FileWatch::~FileWatch() {
  end_.ring();
}

FileWatch::Place FileWatch::add(const fs::path& file, std::uint32_t events) {
  return {::inotify_add_watch(events_.get(), folder_of(file).c_str(), events), file.filename()};
}

Expected<void> FileWatch::watch() {
  fs::path next;
  do {  // while it is added, what it waits for may come
    const Place old = own_;
    next = next_on_the_way(path_);
    waits_ = next != path_;
    own_ = add(next, waits_ ? kFolderAppears : kFileEvents);
    if (own_.folder < 0 && errno != ENOENT) return fail_errno("watch " + path_);
    const bool left = old.folder >= 0 && old.folder != own_.folder && old.folder != target_.folder;
    if (left) ::inotify_rm_watch(events_.get(), old.folder);
  } while (own_.folder < 0 || next != next_on_the_way(path_));
  std::error_code error;
  const fs::path target = fs::canonical(path_, error);
  if (error) return {};  // it is gone just now
  const Place old = std::exchange(target_, add(target, kFileEvents));
  const bool left = old.folder >= 0 && old.folder != own_.folder && old.folder != target_.folder;
  if (left) ::inotify_rm_watch(events_.get(), old.folder);
  return {};
}

void FileWatch::run() {
  ::setpriority(PRIO_PROCESS, 0, kNice);  // of this thread alone
  std::array<pollfd, 2> waits{pollfd{events_.get(), POLLIN, 0}, end_.to_poll()};
  for (;;) {
    if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return;
    if (waits[1].revents != 0) return;
    if (waits[0].revents != 0 && !read_events()) return;
  }
}

/// Tells of all events that wait, once of each kind. false: nothing can be heard any more.
bool FileWatch::read_events() {
  alignas(inotify_event) std::array<char, 4096> bytes;
  bool begun = false, closed = false, lost = false;
  ssize_t count;
  while ((count = ::read(events_.get(), bytes.data(), bytes.size())) > 0) {
    for (ssize_t at = 0; at < count;) {
      inotify_event event;
      std::memcpy(&event, bytes.data() + at, sizeof event);
      const Place place{event.wd, event.len > 0 ? bytes.data() + at + sizeof event : ""};
      at += static_cast<ssize_t>(sizeof event + event.len);
      if ((event.mask & kFolderGoes) != 0 && event.wd == own_.folder) lost = true;
      if (place != own_ && place != target_) continue;
      begun |= (event.mask & kBegins) != 0;
      closed |=
          (event.mask & kEnds) != 0 || ((event.mask & kAppears) != 0 && (waits_ || is_link(path_)));
    }
  }
  if (count < 0 && errno != EAGAIN && errno != EINTR) return false;
  if (begun) changed_(Change::kBegun);
  if (!closed && !lost) return true;
  const bool waited = waits_;
  const auto ok = watch();  // a link may lead elsewhere now
  if (std::error_code ignored; fs::exists(path_, ignored) || !(waited || lost))
    changed_(Change::kClosed);
  return ok.has_value();
}

}  // namespace scrim
