// Who looks at a device, by what they hold of it. Tested by tests/devices/audience_test.cpp, and on
// real devices by tests/vm.
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "devices/audience.h"
#include "devices/holders.h"

namespace scrim {
namespace {

// Readers by read() are there for so long after a picture.
constexpr Clock::duration kReadLately = std::chrono::seconds(1);

class Onlookers : public Audience {
 public:
  Onlookers(UniqueFd changes, std::string node, std::string proc)
      : changes_(std::move(changes)), node_(std::move(node)), proc_(std::move(proc)) {}

  pollfd bell() const override { return {changes_.get(), POLLIN, 0}; }

  bool present(Clock::time_point now) override {
    take_changes(now);
    if (stale_) holders_ = find_holders(node_, proc_);
    stale_ = false;
    if (read_at_ && now - *read_at_ < kReadLately) return true;
    return std::ranges::any_of(holders_, [&](const Holder& holder) { return maps(holder); });
  }

 private:
  void take_changes(Clock::time_point now) {
    alignas(inotify_event) std::array<char, 4096> bytes;
    for (;;) {
      const ssize_t count = ::read(changes_.get(), bytes.data(), bytes.size());
      if (count <= 0) return;
      for (const char* at = bytes.data(); at < bytes.data() + count;) {
        const auto& event = *reinterpret_cast<const inotify_event*>(at);
        if (event.mask & IN_ACCESS) read_at_ = now;
        if (event.mask & ~IN_ACCESS) stale_ = true;
        at += sizeof(inotify_event) + event.len;
      }
    }
  }

  bool maps(const Holder& holder) const {
    std::ifstream maps(fmt::format("{}/{}/maps", proc_, holder.process));
    for (std::string line; std::getline(maps, line);)
      if (line.ends_with(node_)) return true;
    return false;
  }

  const UniqueFd changes_;
  const std::string node_, proc_;
  std::vector<Holder> holders_;
  std::optional<Clock::time_point> read_at_;
  bool stale_ = true;  // holders_ is not what it was
};

}  // namespace

std::unique_ptr<Audience> watch_onlookers(const std::string& path, const std::string& proc) {
  UniqueFd changes(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!changes) return nullptr;
  std::error_code failed;
  const std::string node = std::filesystem::canonical(path, failed);
  if (failed ||
      ::inotify_add_watch(changes.get(), node.c_str(), IN_OPEN | IN_CLOSE | IN_ACCESS) < 0)
    return nullptr;
  return std::make_unique<Onlookers>(std::move(changes), node, proc);
}

}  // namespace scrim
